"""Someone who came unannounced: a seat beyond the limit, a mark, and exactly the way back."""

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.storage import Refusal, session, transaction
from kiosk.training import queries, services
from kiosk.training.models import Enrolment, Mark, Sitting
from tests.support.pages import Client
from tests.training.conftest import Course, fresh, undo_of

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


def said(course: Course) -> dict[uuid.UUID, str]:
    return {row.person.uid: row.mark for row in queries.sheet(course.sittings[0])}


def line(course: Course) -> dict[uuid.UUID, tuple[str, int, bool, bool]]:
    rows = session().scalars(select(Enrolment).where(Enrolment.session_uid == course.training.uid))
    return {row.member_uid: (row.state, row.ticket, row.promoted, row.walk_in) for row in rows}


def welcome(sitting: Sitting, person: uuid.UUID) -> services.Stood:
    with transaction():
        return services.welcome(sitting, person)[1]


def unwelcome(sitting: Sitting, person: uuid.UUID, stood: services.Stood) -> None:
    with transaction():
        services.unwelcome(sitting, person, stood)


def test_someone_unannounced_sits_down_even_in_a_full_room(people: People, course: Courses) -> None:
    awa, sekou = people(2)
    word = course(seats=1)
    word.enrol(awa)
    (sitting,) = word.sittings
    stood = welcome(sitting, sekou)
    assert line(word)[sekou] == ("enrolled", 2, False, True)
    assert said(word) == {awa: "", sekou: "present"}
    unwelcome(sitting, sekou, stood)
    assert said(word) == {awa: ""}


def test_who_waited_and_came_by_mistake_waits_again_at_her_rank(people: People, course: Courses) -> None:
    awa, sekou, nana, hawa = people(4)
    word = course(seats=1)
    word.enrol(awa, sekou, nana, hawa)
    before = line(word)
    stood = welcome(word.sittings[0], nana)
    assert line(word)[nana] == ("enrolled", 3, True, False)
    unwelcome(word.sittings[0], nana, stood)
    assert (line(word), said(word)) == (before, {awa: ""})


def test_who_had_left_and_came_by_mistake_has_left_again(people: People, course: Courses) -> None:
    awa, sekou = people(2)
    word = course()
    entry = word.enrol(awa, sekou)
    with transaction():
        services.withdraw(entry.enrolled[0])
    before = line(word)
    unwelcome(word.sittings[0], awa, welcome(word.sittings[0], awa))
    assert line(word) == before


def test_who_sat_there_already_keeps_her_seat_and_her_answer(people: People, course: Courses) -> None:
    awa, sekou = people(2)
    word = course(days=2)
    word.enrol(awa)
    first, second = word.sittings
    welcome(first, sekou)
    word.mark(second, absent=[sekou])
    before = line(word)
    unwelcome(second, sekou, welcome(second, sekou))
    assert line(word) == before
    assert {row.person.uid: row.mark for row in queries.sheet(second)} == {awa: "", sekou: "absent"}


def test_a_seat_that_came_free_meanwhile_goes_to_the_first_in_line(people: People, course: Courses) -> None:
    awa, sekou, nana = people(3)
    word = course(seats=1)
    entry = word.enrol(awa, sekou, nana)
    stood = welcome(word.sittings[0], nana)
    with transaction():
        assert services.withdraw(entry.enrolled[0]) == []
    unwelcome(word.sittings[0], nana, stood)
    assert (line(word)[sekou][0], line(word)[nana][0]) == ("enrolled", "waiting")


def test_an_answer_given_since_is_not_thrown_away(people: People, course: Courses) -> None:
    awa, sekou = people(2)
    word = course(seats=1)
    word.enrol(awa, sekou)
    stood = welcome(word.sittings[0], sekou)
    word.mark(word.sittings[0], late=[sekou])
    with pytest.raises(Refusal, match="a changé depuis"):
        unwelcome(word.sittings[0], sekou, stood)
    assert said(word)[sekou] == Mark.LATE


def test_the_button_on_the_next_page_takes_the_arrival_back(trainer: Client, full: Course) -> None:
    before, sitting = line(full), full.sittings[1]
    waiting = next(uid for uid, stands in before.items() if stands[0] == "waiting")
    page = f"/seances/{sitting.uid}/presences"
    trainer.send(page.replace("presences", "arrivee"), member=waiting.hex)
    fresh()
    assert line(full)[waiting][0] == "enrolled"
    undo = undo_of(trainer, page)
    refused = trainer.send(undo.replace("avant=", "avant=x"), form_at=page)
    assert refused.status_code == 409
    assert "Revenir à la page" in refused.text
    assert trainer.send(undo, form_at=page).status_code == 303
    fresh()
    assert line(full) == before
