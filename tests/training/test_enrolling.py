"""Seats, the waiting line and the way up; the same place on every machine."""

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.members import services as members
from kiosk.storage import Refusal, new_uid, session, transaction
from kiosk.training import queries, services
from kiosk.training.enrolling import enrolment_uid
from kiosk.training.models import Enrolment, EnrolmentState
from tests.training.conftest import Course

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


def states(course: Course) -> list[str]:
    rows = session().scalars(select(Enrolment).where(Enrolment.session_uid == course.training.uid))
    return [str(row.state) for row in sorted(rows, key=lambda row: row.ticket)]


def line(course: Course) -> list[uuid.UUID]:
    _, waiting, _ = queries.places(course.training)
    return [place.person.uid for place in waiting]


def place(course: Course, member: uuid.UUID) -> Enrolment:
    return session().get_one(Enrolment, enrolment_uid(course.training.uid, member))


def withdraw(course: Course, member: uuid.UUID) -> list[uuid.UUID]:
    with transaction():
        return [one.member_uid for one in services.withdraw(place(course, member))]


def test_the_eleventh_of_ten_seats_waits_and_moves_up_when_someone_leaves(
    people: People, course: Courses
) -> None:
    everyone = people(11)
    excel = course(seats=10)
    entry = excel.enrol(*everyone)
    assert len(entry.enrolled) == 10
    assert [one.member_uid for one in entry.waiting] == [everyone[10]]
    assert withdraw(excel, everyone[3]) == [everyone[10]]
    assert place(excel, everyone[10]).promoted
    assert line(excel) == []


def test_the_line_keeps_its_order_and_a_rank_is_counted_not_kept(people: People, course: Courses) -> None:
    everyone = people(5)
    excel = course(seats=2)
    excel.enrol(*everyone)
    assert line(excel) == everyone[2:]
    withdraw(excel, everyone[2])
    _, waiting, left = queries.places(excel.training)
    assert [(one.person.uid, one.rank) for one in waiting] == [(everyone[3], 1), (everyone[4], 2)]
    assert [one.person.uid for one in left] == [everyone[2]]


def test_who_leaves_the_line_frees_no_seat(people: People, course: Courses) -> None:
    everyone = people(4)
    excel = course(seats=2)
    excel.enrol(*everyone)
    assert withdraw(excel, everyone[3]) == []
    assert line(excel) == [everyone[2]]


def test_who_comes_back_stands_at_the_end_of_the_line(people: People, course: Courses) -> None:
    everyone = people(4)
    excel = course(seats=1)
    excel.enrol(*everyone)
    withdraw(excel, everyone[1])
    excel.enrol(everyone[1])
    assert line(excel) == [everyone[2], everyone[3], everyone[1]]


def test_enrolling_someone_twice_says_so_and_changes_nothing(people: People, course: Courses) -> None:
    everyone = people(2)
    word = course()
    word.enrol(*everyone)
    entry = word.enrol(everyone[0], everyone[0])
    assert [one.member_uid for one in entry.already] == [everyone[0]]
    assert entry.new == []
    assert states(word) == ["enrolled", "enrolled"]


def test_more_seats_bring_up_the_line(people: People, course: Courses) -> None:
    everyone = people(4)
    excel = course(seats=1)
    excel.enrol(*everyone)
    with transaction():
        services.edit_session(excel.training, services.Plan(title="Excel", seats=3))
    assert line(excel) == [everyone[3]]


def test_taking_back_a_withdrawal_sends_the_promoted_one_back_to_her_place(
    people: People, course: Courses
) -> None:
    everyone = people(4)
    excel = course(seats=2)
    excel.enrol(*everyone)
    withdraw(excel, everyone[0])
    with transaction():
        services.take_back(place(excel, everyone[0]), [place(excel, everyone[2]).uid])
    assert line(excel) == everyone[2:]
    assert place(excel, everyone[0]).state == EnrolmentState.ENROLLED


def test_taking_back_a_withdrawal_never_overfills_the_room(people: People, course: Courses) -> None:
    everyone = people(3)
    excel = course(seats=1)
    excel.enrol(*everyone)
    withdraw(excel, everyone[0])
    with transaction():
        services.take_back(place(excel, everyone[0]))
    seated, waiting, _ = queries.places(excel.training)
    assert [one.person.uid for one in seated] == [everyone[1]]
    assert [one.person.uid for one in waiting] == [everyone[0], everyone[2]]


def test_a_batch_is_taken_back_by_its_tickets(people: People, course: Courses) -> None:
    everyone = people(5)
    word = course()
    word.enrol(*everyone[:2])
    new = word.enrol(*everyone[2:]).new
    with transaction():
        assert services.take_back_batch(word.training, new[0].ticket, new[-1].ticket) == 3
    assert states(word) == ["enrolled", "enrolled", "withdrawn", "withdrawn", "withdrawn"]


def test_someone_unknown_or_taken_out_of_the_register_is_refused(people: People, course: Courses) -> None:
    (awa,) = people(1)
    word = course()
    with pytest.raises(Refusal, match="registre"):
        word.enrol(new_uid())
    with transaction():
        members.take_out(awa)
    with pytest.raises(Refusal, match="registre"):
        word.enrol(awa)


def test_a_session_that_is_over_takes_nobody(people: People, course: Courses) -> None:
    (awa,) = people(1)
    word = course()
    with transaction():
        services.cancel(word.training, "Plus de formatrice")
    with pytest.raises(Refusal, match="terminée"):
        word.enrol(awa)


def test_two_machines_that_enrol_the_same_person_make_the_same_row(people: People, course: Courses) -> None:
    (awa,) = people(1)
    word = course()
    entry = word.enrol(awa)
    assert entry.enrolled[0].uid == enrolment_uid(word.training.uid, awa)
    assert enrolment_uid(word.training.uid, awa) != enrolment_uid(awa, word.training.uid)


def test_an_overfull_session_after_a_merge_promotes_nobody(people: People, course: Courses) -> None:
    everyone = people(5)
    word = course()
    word.enrol(*everyone[:4])
    with transaction():
        word.training.seats = 2
        word.training.title = "Word"
    word.enrol(everyone[4])
    assert line(word) == [everyone[4]]
    assert withdraw(word, everyone[0]) == []
    assert line(word) == [everyone[4]]
