"""The sheet of a sitting: answers, blanks, closing, correcting, taking back."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.storage import Refusal, session, transaction
from kiosk.storage.log import sync_log
from kiosk.training import queries, services
from kiosk.training.marking import attendance_uid
from kiosk.training.models import Mark, SessionState, SittingState
from tests.training.conftest import TUESDAY, Course

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


def said(course: Course, at: int = 0) -> dict[uuid.UUID, str]:
    return {row.person.uid: row.mark for row in queries.sheet(course.sittings[at])}


def test_everybody_is_here_fills_the_blanks_and_leaves_the_answers(people: People, course: Courses) -> None:
    awa, sekou, nana = people(3)
    word = course()
    word.enrol(awa, sekou, nana)
    (sitting,) = word.sittings
    word.mark(sitting, excused=[sekou])
    with transaction():
        assert services.all_present(sitting, {nana: services.Answer(Mark.LATE)}) == 2
    assert said(word) == {awa: "present", sekou: "excused", nana: "late"}


def test_a_sheet_with_nobody_present_closes(people: People, course: Courses) -> None:
    everyone = people(3)
    word = course()
    word.enrol(*everyone)
    (sitting,) = word.sittings
    assert word.close(sitting) == 3
    assert sitting.closed_at
    assert set(said(word).values()) == {"absent"}
    assert word.training.state == SessionState.DONE


def test_a_sheet_of_an_empty_session_closes(course: Courses) -> None:
    word = course()
    assert word.close(word.sittings[0]) == 0
    assert word.training.state == SessionState.DONE


def test_closing_sheets_moves_the_session_and_reopening_moves_it_back(course: Courses) -> None:
    word = course(days=2)
    first, second = word.sittings
    word.close(first)
    assert word.training.state == SessionState.RUNNING
    word.close(second)
    assert word.training.state == SessionState.DONE
    with transaction():
        services.reopen_sheet(second)
    assert (word.training.state, second.state) == (SessionState.RUNNING, SittingState.PLANNED)


def test_the_last_save_of_a_sheet_can_be_taken_back_once(people: People, course: Courses) -> None:
    awa, sekou = people(2)
    word = course()
    word.enrol(awa, sekou)
    (sitting,) = word.sittings
    word.mark(sitting, present=[awa, sekou])
    with transaction():
        services.mark(sitting, {awa: services.Answer(Mark.NONE)})
    assert said(word) == {awa: "", sekou: "present"}
    with transaction():
        assert services.undo_sheet(sitting, services.last_save(sitting)) == 1
    assert said(word) == {awa: "present", sekou: "present"}
    with pytest.raises(Refusal, match="plus rien"), transaction():
        services.undo_sheet(sitting, services.last_save(sitting))


def test_taking_back_a_closing_opens_the_sheet_and_empties_its_blanks(
    people: People, course: Courses
) -> None:
    awa, sekou = people(2)
    word = course()
    word.enrol(awa, sekou)
    (sitting,) = word.sittings
    word.mark(sitting, present=[awa])
    word.close(sitting, TUESDAY + datetime.timedelta(days=1))
    assert (sitting.day, sitting.moved_from) == (TUESDAY + datetime.timedelta(days=1), TUESDAY)
    with transaction():
        services.undo_sheet(sitting, services.last_save(sitting))
    assert said(word) == {awa: "present", sekou: ""}
    assert (sitting.day, sitting.moved_from, sitting.closed_at) == (TUESDAY, None, None)
    assert word.training.state == SessionState.PLANNED


def test_a_correction_leaves_its_trace_in_the_log(people: People, course: Courses) -> None:
    (awa,) = people(1)
    word = course()
    word.enrol(awa)
    (sitting,) = word.sittings
    word.mark(sitting, present=[awa])
    word.close(sitting)
    word.mark(sitting, absent=[awa])
    uid = attendance_uid(sitting.uid, awa)
    bodies = session().scalars(
        select(sync_log.c.body).where(sync_log.c.row_uid == uid).order_by(sync_log.c.seq)
    )
    assert [("present" in body, "absent" in body) for body in bodies] == [(True, False), (False, True)]


def test_saving_the_same_answers_writes_nothing(people: People, course: Courses) -> None:
    (awa,) = people(1)
    word = course()
    word.enrol(awa)
    (sitting,) = word.sittings
    word.mark(sitting, present=[awa])
    before = session().scalars(select(sync_log.c.seq)).all()
    word.mark(sitting, present=[awa])
    assert session().scalars(select(sync_log.c.seq)).all() == before


def test_who_left_keeps_the_marks_she_has(people: People, course: Courses) -> None:
    (awa,) = people(1)
    word = course(days=2)
    entry = word.enrol(awa)
    word.mark(word.sittings[0], present=[awa])
    with transaction():
        services.withdraw(entry.enrolled[0])
    assert said(word, 0) == {awa: "present"}
    assert said(word, 1) == {}


def test_a_person_who_is_not_on_the_sheet_is_refused(people: People, course: Courses) -> None:
    awa, sekou = people(2)
    word = course()
    word.enrol(awa)
    with pytest.raises(Refusal, match="inscrite"):
        word.mark(word.sittings[0], present=[sekou])
    assert said(word) == {awa: ""}


def test_nobody_stays_longer_than_the_sitting(people: People, course: Courses) -> None:
    (awa,) = people(1)
    word = course()
    word.enrol(awa)
    for minutes in (-1, 181):
        with pytest.raises(Refusal, match="longtemps"), transaction():
            services.mark(word.sittings[0], {awa: services.Answer(Mark.PARTIAL, minutes)})


def test_a_cancelled_sitting_or_a_session_that_does_not_take_place_takes_no_attendance(
    people: People, course: Courses
) -> None:
    (awa,) = people(1)
    word = course(days=2)
    word.enrol(awa)
    with transaction():
        services.cancel_sitting(word.sittings[0], "Panne")
    with pytest.raises(Refusal, match="annulée"):
        word.mark(word.sittings[0], present=[awa])
    with transaction():
        services.put_off(word.training, "Pluie")
    with pytest.raises(Refusal, match="n’a pas lieu"):
        word.mark(word.sittings[1], present=[awa])


def test_an_interrupted_sitting_stays_so_when_its_sheet_closes(people: People, course: Courses) -> None:
    (awa,) = people(1)
    word = course(minutes=300)
    word.enrol(awa)
    (sitting,) = word.sittings
    word.mark(sitting, present=[awa])
    with transaction():
        services.interrupt(sitting, 50)
    word.close(sitting)
    assert sitting.state == SittingState.INTERRUPTED
    assert queries.person_days(queries.attendance_facts(None, None, None)) == 50
    with transaction():
        services.complete(sitting)
    assert sitting.state == SittingState.HELD
    assert queries.person_days(queries.attendance_facts(None, None, None)) == 100


def test_an_interrupted_sitting_never_counts_more_than_whole(course: Courses) -> None:
    (sitting,) = course().sittings
    with pytest.raises(Refusal, match="coupée"), transaction():
        services.interrupt(sitting, 75)


def test_the_clock_jumping_by_years_changes_no_state(
    people: People, course: Courses, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.storage import clock

    (awa,) = people(1)
    word = course(days=2)
    word.enrol(awa)
    word.close(word.sittings[0])
    before = (word.training.state, [one.state for one in word.sittings], said(word))
    for moment in (0, 4_102_444_800_000):
        monkeypatch.setattr(clock, "now_ms", lambda moment=moment: moment)
        queries.programme(word.training.space_uid, clock.today())
        queries.sheets_to_enter(word.training.space_uid, clock.today())
        assert (word.training.state, [one.state for one in word.sittings], said(word)) == before
