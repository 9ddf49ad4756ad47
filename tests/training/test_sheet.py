"""The sheet on screen: by tapping, by one button, corrected, taken back; and what stands beside it."""

import datetime
import re
import uuid
from collections.abc import Callable

import pytest

from kiosk.members import queries as register
from kiosk.storage import new_uid, transaction
from kiosk.training import queries, services
from kiosk.training.models import Mark, SessionState, SittingState
from tests.support.pages import Client
from tests.training.conftest import TUESDAY, Course, fresh, text, undo_of

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


@pytest.fixture
def word(people: People, course: Courses) -> Course:
    """A session of two sittings with three people: Awa, Mahamadou and Kadiatou."""
    made = course(days=2)
    made.enrol(*people(3))
    return made


def sheet(course: Course, at: int = 0) -> dict[uuid.UUID, tuple[str, int | None]]:
    fresh()
    return {row.person.uid: (row.mark, row.minutes) for row in queries.sheet(course.sittings[at])}


def order(course: Course) -> list[uuid.UUID]:
    return list(sheet(course))


def path(course: Course, at: int = 0) -> str:
    return f"/seances/{course.sittings[at].uid}/presences"


def test_four_answers_stand_under_each_name_agreed_with_the_person(trainer: Client, word: Course) -> None:
    shown = text(trainer, path(word))
    assert shown.count("Présente") == 2 and shown.count("Absent ") == 1
    assert "0 réponse sur 3" in shown and "Tout le monde est là" in shown
    assert "NIO-" in shown


def test_one_tap_is_saved_alone_and_an_empty_one_erases(trainer: Client, word: Course) -> None:
    awa, *_ = order(word)
    token = trainer.token(path(word))
    for value, kept in (("late", "late"), ("", "")):
        answer = trainer.post(
            path(word),
            data={"csrf_token": token, f"p-{awa.hex}": value},
            headers={"X-Requested-With": "tap"},
        )
        assert (answer.status_code, answer.data) == (204, b"")
        assert sheet(word)[awa][0] == kept


def test_everybody_is_here_then_the_exceptions_then_the_sheet_is_entered(
    trainer: Client, word: Course
) -> None:
    awa, second, third = order(word)
    trainer.send(path(word), act="all")
    assert {mark for mark, _ in sheet(word).values()} == {"present"}
    answers = {f"p-{awa.hex}": "present", f"p-{second.hex}": "excused", f"p-{third.hex}": "late"}
    trainer.send(path(word), act="close", day="23/11/2026", **answers)
    assert [mark for mark, _ in sheet(word).values()] == ["present", "excused", "late"]
    first = word.sittings[0]
    assert (first.day, first.moved_from) == (TUESDAY - datetime.timedelta(days=1), TUESDAY)
    assert first.state == SittingState.HELD
    assert "Feuille saisie" in text(trainer, path(word))


def test_a_sheet_where_nobody_came_is_entered_in_one_touch_and_taken_back(
    trainer: Client, word: Course
) -> None:
    trainer.send(path(word), act="close", day="")
    back = undo_of(trainer, path(word))
    assert {mark for mark, _ in sheet(word).values()} == {"absent"}
    trainer.send(back, form_at=path(word))
    assert {mark for mark, _ in sheet(word).values()} == {""}
    assert word.training.state == SessionState.PLANNED


def test_an_attendance_deleted_by_mistake_comes_back_by_annuler(trainer: Client, word: Course) -> None:
    awa, *_ = order(word)
    trainer.send(path(word), act="save", **{f"p-{awa.hex}": "present"})
    trainer.send(f"{path(word)}/{awa}", mark="", minutes="")
    assert sheet(word)[awa][0] == ""
    trainer.send(undo_of(trainer, path(word)), form_at=path(word))
    assert sheet(word)[awa][0] == "present"


def test_somebody_who_stayed_an_hour_is_there_in_part_and_a_later_save_keeps_the_hour(
    trainer: Client, word: Course
) -> None:
    awa, *_ = order(word)
    assert trainer.send(f"{path(word)}/{awa}", mark="partial", minutes="60").status_code == 303
    assert "En partie" in text(trainer, path(word))
    trainer.send(path(word), act="save", **{f"p-{awa.hex}": "partial"})
    assert sheet(word)[awa] == ("partial", 60)
    assert trainer.send(f"{path(word)}/{awa}", mark="partial", minutes="600").status_code == 422
    assert trainer.send(f"{path(word)}/{awa}", mark="partial", minutes="").status_code == 303
    assert sheet(word)[awa] == ("partial", None)


def test_two_phones_on_one_sheet_keep_each_other_s_answers(
    trainer: Client, manager: Client, word: Course
) -> None:
    awa, second, third = order(word)
    trainer.send(path(word), act="save", **{f"p-{awa.hex}": "present"})
    # Moussa's page shows Awa present; meanwhile Kadidia corrects her.
    html = trainer.get(path(word)).get_data(as_text=True)
    seen = dict(re.findall(r'name="(w-[0-9a-f]{32})" value="(\w+)"', html))
    assert seen == {f"w-{awa.hex}": "present"}
    manager.send(path(word), act="save", **{f"p-{awa.hex}": "late", f"p-{third.hex}": "excused"})
    typed = {f"p-{awa.hex}": "present", f"p-{second.hex}": "absent"}
    trainer.send(path(word), act="save", **seen, **typed)
    assert [mark for mark, _ in sheet(word).values()] == ["late", "absent", "excused"]


def test_annuler_never_takes_back_what_another_phone_wrote_since(
    trainer: Client, manager: Client, word: Course
) -> None:
    awa, second, _ = order(word)
    trainer.send(path(word), act="save", **{f"p-{awa.hex}": "present"})
    back = undo_of(trainer, path(word))
    manager.send(path(word), act="save", **{f"p-{second.hex}": "late"})
    assert trainer.send(back, form_at=path(word)).status_code == 409
    assert [mark for mark, _ in sheet(word).values()] == ["present", "late", ""]


def test_a_closed_sheet_is_corrected_and_reopened(trainer: Client, word: Course) -> None:
    awa, *_ = order(word)
    trainer.send(path(word), act="close", day="24/11/2026")
    trainer.send(path(word), act="save", **{f"p-{awa.hex}": "present"})
    assert sheet(word)[awa][0] == "present"
    assert word.sittings[0].closed_at
    trainer.send(path(word).replace("/presences", "/rouvrir"), form_at=path(word))
    fresh()
    assert word.sittings[0].closed_at is None


def test_somebody_who_came_unannounced_is_added_and_taken_off(
    trainer: Client, word: Course, people: People
) -> None:
    newcomer = people(4)[3]
    page = path(word).replace("/presences", "/arrivee")
    assert "Bakary Traoré" in text(trainer, f"{page}?q=bak")
    trainer.send(page, member=newcomer.hex)
    back = undo_of(trainer, path(word))
    assert sheet(word)[newcomer][0] == "present"
    trainer.send(back, form_at=path(word))
    assert newcomer not in sheet(word)


def test_people_without_a_name_are_counted_by_sex_and_age(trainer: Client, word: Course) -> None:
    page = path(word).replace("/presences", "/sans-nom")
    key = "n-F-15-19"
    assert trainer.send(page, **{key: "4", "n-M-unknown": " 2 "}).status_code == 303
    assert "6 personnes sans nom" in text(trainer, path(word))
    assert re.search(rf'name="{key}" value="4"', trainer.get(page).get_data(as_text=True))
    for wrong in ("-1", "1.5", "mille", "99999", "501"):
        assert trainer.send(page, **{key: wrong}).status_code == 422
    assert "6 personnes sans nom" in text(trainer, path(word))


def test_a_sheet_that_cannot_be_taken_says_why(trainer: Client, word: Course) -> None:
    with transaction():
        services.cancel(word.training, "Panne")
    assert "n’a pas lieu" in text(trainer, path(word))
    awa, *_ = order(word)
    answer = trainer.send(path(word), form_at="/formations", **{f"p-{awa.hex}": "present"})
    assert answer.status_code in (409, 422)
    assert sheet(word)[awa][0] == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"p-xyz": "present"},
        {f"p-{new_uid().hex}": "presque"},
        {f"p-{new_uid().hex}": "present"},
        {"day": "99/99/9999"},
        {"day": "01/01/1970", "act": "close"},
    ],
)
def test_a_hostile_sheet_writes_nothing(trainer: Client, word: Course, fields: dict[str, str]) -> None:
    answer = trainer.send(path(word), **fields)
    assert answer.status_code in (400, 409, 422)
    assert {mark for mark, _ in sheet(word).values()} == {""}
    assert word.sittings[0].day == TUESDAY


def test_a_sheet_whose_taps_were_all_saved_says_so(trainer: Client, word: Course) -> None:
    people = order(word)
    for one in people:
        trainer.send(path(word), act="save", **{f"p-{one.hex}": "present"})
    text(trainer, path(word))
    trainer.send(path(word), act="save", **{f"p-{one.hex}": "present" for one in people})
    assert "Tout est déjà enregistré." in text(trainer, path(word))
    trainer.send(path(word), act="all")
    assert "Tout le monde a déjà une réponse." in text(trainer, path(word))


def test_a_refused_sheet_keeps_what_was_tapped(trainer: Client, word: Course) -> None:
    awa, *_ = order(word)
    answer = trainer.send(path(word), act="close", day="31/02/2027", **{f"p-{awa.hex}": "late"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.search(rf'name="p-{awa.hex}" value="late" checked', html) and "31/02/2027" in html


def test_somebody_erased_keeps_what_she_came_to_and_gives_up_her_seat(trainer: Client, word: Course) -> None:
    awa, mahamadou, kadiatou = order(word)
    with transaction():
        word.training.seats = 3
        services.mark(word.sittings[0], {awa: services.Answer(Mark.PRESENT)})
        for member in register.by_uids([awa, mahamadou]).values():
            member.given_name = member.family_name = ""
    assert "Personne effacée" in text(trainer, path(word))
    assert sheet(word) == {awa: ("present", None), kadiatou: ("", None)}
    shown, _ = queries.offer(word.training.uid)
    assert (shown.seated, shown.free) == (1, 2)
    assert "Personne effacée" not in text(trainer, f"/formations/{word.training.uid}")
    with transaction():
        assert services.all_present(word.sittings[0], {}) == 1
        word.training.state = SessionState.DONE
    assert queries.offer(word.training.uid)[0].seated == 3
    assert "Personne effacée" in text(trainer, f"/formations/{word.training.uid}")
    assert trainer.get(f"/formations/{word.training.uid}/feuille").status_code == 200


def test_a_sheet_of_nowhere_is_not_found(trainer: Client, word: Course) -> None:
    for page in ("presences", "arrivee", "sans-nom", "modifier"):
        assert trainer.get(f"/seances/{new_uid()}/{page}").status_code == 404
    assert trainer.get(f"{path(word)}/{new_uid()}").status_code == 404
