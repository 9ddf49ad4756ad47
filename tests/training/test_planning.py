"""Sessions planned, moved, put off, cancelled, deleted, and found again."""

import datetime
import uuid
from collections.abc import Callable

import pytest

from kiosk.storage import NotFound, Refusal, new_uid, session, transaction
from kiosk.training import queries, services
from kiosk.training.models import Course as CourseRow
from kiosk.training.models import SessionState
from tests.training.conftest import TUESDAY, Course

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]
AUGUST = datetime.date(2027, 8, 1)


def plan(space: uuid.UUID, *halves: services.HalfDay, draft: bool = False, **more: object) -> Course:
    with transaction():
        wanted = services.Plan(**{"title": "Excel", **more})  # type: ignore[arg-type]
        return Course(services.plan_session(space, wanted, halves, draft))


def listed(space: uuid.UUID, over: bool = False, words: str = "") -> list[queries.SessionLine]:
    return queries.session_lines(session().execute(queries.listing(space, over, words)))


def test_a_kiosk_starts_with_its_courses_and_seeding_again_adds_none(space: uuid.UUID) -> None:
    with transaction():
        services.seed_courses(space)
    titles = {course.title for course in queries.courses(space)}
    assert {"Word", "Excel", "Access", "Internet"} <= titles
    with transaction():
        assert services.seed_courses(space) == 0


def test_a_seeded_course_that_was_put_away_does_not_come_back(space: uuid.UUID) -> None:
    with transaction():
        services.seed_courses(space)
        gone = session().get_one(CourseRow, queries.courses(space)[0].uid)
        gone.deleted_at = 1
    with transaction():
        services.seed_courses(space)
    assert gone.uid not in {course.uid for course in queries.courses(space)}


def test_days_follow_each_other_by_day_by_working_day_or_by_week() -> None:
    friday = datetime.date(2026, 11, 27)
    daily = services.days_from(friday, 3, services.Rhythm.DAILY)
    assert [day.day for day in daily] == [27, 28, 29]
    assert [day.day for day in services.days_from(friday, 3, services.Rhythm.WORKDAYS)] == [27, 30, 1]
    assert [day.day for day in services.days_from(friday, 3, services.Rhythm.WEEKLY)] == [27, 4, 11]


def test_a_session_with_a_month_only_is_listed_under_it_and_takes_no_attendance(space: uuid.UUID) -> None:
    rough = plan(space, rough_month=datetime.date(2027, 8, 17))
    (line,) = listed(space)
    assert (line.month, line.first, line.sittings) == (AUGUST, None, 0)
    assert rough.sittings == []
    assert [offer.uid for offer in queries.without_date(space)] == [rough.training.uid]
    assert queries.programme(space, TUESDAY) == []
    with transaction():
        services.add_sittings(rough.training, [services.HalfDay(AUGUST.replace(day=3), "09:00", 180)])
    assert rough.training.rough_month is None
    assert len(queries.programme(space, TUESDAY)) == 1
    assert queries.without_date(space) == []


def test_a_session_without_day_or_month_can_only_be_a_draft(space: uuid.UUID) -> None:
    with pytest.raises(Refusal, match="mois"):
        plan(space)
    draft = plan(space, draft=True)
    assert draft.training.state == SessionState.DRAFT
    with pytest.raises(Refusal, match="mois"), transaction():
        services.publish(draft.training)


def test_a_draft_is_on_no_programme_until_it_is_published(space: uuid.UUID) -> None:
    draft = plan(space, services.HalfDay(TUESDAY, "09:00", 120), draft=True)
    assert queries.programme(space, TUESDAY) == []
    with pytest.raises(NotFound):
        queries.offer(draft.training.uid)
    with transaction():
        services.publish(draft.training)
    assert len(queries.programme(space, TUESDAY)) == 1


@pytest.mark.parametrize("day", [datetime.date(1970, 1, 1), datetime.date(2999, 1, 1)])
def test_an_impossible_year_is_refused(space: uuid.UUID, day: datetime.date) -> None:
    with pytest.raises(Refusal, match="année"):
        plan(space, services.HalfDay(day, "09:00", 120))
    with pytest.raises(Refusal, match="année"):
        plan(space, rough_month=day)


@pytest.mark.parametrize("minutes", [0, -5, 721])
def test_an_impossible_length_is_refused(space: uuid.UUID, minutes: int) -> None:
    with pytest.raises(Refusal, match="dure"):
        plan(space, services.HalfDay(TUESDAY, "09:00", minutes))


def test_nothing_is_written_of_a_session_with_too_many_sittings(space: uuid.UUID) -> None:
    days = services.days_from(TUESDAY, 61, services.Rhythm.DAILY)
    with pytest.raises(Refusal, match="60"):
        plan(space, *(services.HalfDay(day, "09:00", 60) for day in days))
    assert listed(space) == []


def test_putting_off_without_a_date_keeps_people_and_waits(people: People, course: Courses) -> None:
    everyone = people(2)
    excel = course(days=2)
    excel.enrol(*everyone)
    with transaction():
        services.put_off(excel.training, "Coupure de courant", AUGUST)
    space = excel.training.space_uid
    assert excel.training.state == SessionState.POSTPONED
    assert [offer.reason for offer in queries.without_date(space)] == ["Coupure de courant"]
    assert queries.sheets_to_enter(space, AUGUST) == ([], 0)
    assert len(queries.places(excel.training)[0]) == 2


def test_a_reason_is_asked_for_whenever_people_would_come_for_nothing(course: Courses) -> None:
    excel = course()
    for act in (services.cancel, services.put_off):
        with pytest.raises(Refusal, match="pourquoi"), transaction():
            act(excel.training, "")
    with pytest.raises(Refusal, match="pourquoi"), transaction():
        services.cancel_sitting(excel.sittings[0], "")
    assert excel.training.state == SessionState.PLANNED


def test_taking_back_a_cancellation_puts_the_session_where_its_sheets_say(course: Courses) -> None:
    excel = course(days=2)
    excel.close(excel.sittings[0])
    with transaction():
        services.cancel(excel.training, "Plus de salle")
    with transaction():
        services.resume(excel.training)
    assert (excel.training.state, excel.training.reason) == (SessionState.RUNNING, "")


def test_a_session_with_attendance_is_never_deleted_and_nothing_of_it_goes(
    people: People, course: Courses
) -> None:
    (awa,) = people(1)
    excel = course()
    excel.enrol(awa)
    excel.mark(excel.sittings[0], absent=[awa])
    with pytest.raises(Refusal, match="présences"), transaction():
        services.delete_session(excel.training)
    with pytest.raises(Refusal, match="présences"), transaction():
        services.remove_sitting(excel.sittings[0])
    assert len(queries.sheet(excel.sittings[0])) == 1


def test_a_session_that_left_no_trace_is_deleted_and_brought_back(course: Courses) -> None:
    excel = course()
    with transaction():
        services.delete_session(excel.training)
    with pytest.raises(NotFound):
        services.find_session(excel.training.uid)
    assert listed(excel.training.space_uid) == []
    with transaction():
        services.restore_session(excel.training.uid)
    assert len(listed(excel.training.space_uid)) == 1
    with pytest.raises(NotFound), transaction():
        services.restore_session(new_uid())


def test_a_session_is_found_by_half_a_word_without_accents_and_by_its_number(course: Courses) -> None:
    excel = course(title="Sécurité du téléphone")
    space = excel.training.space_uid
    for words in ("securi tele", excel.training.code, excel.training.code.lower()):
        assert [line.uid for line in listed(space, words=words)] == [excel.training.uid]
    assert listed(space, words="word") == []


def test_the_list_counts_people_requests_and_sheets_in_one_statement(
    people: People, course: Courses, statements: Callable[..., object]
) -> None:
    everyone = people(5)
    for _ in range(3):
        excel = course(days=2, seats=2)
        excel.enrol(*everyone)
        excel.close(excel.sittings[0])
    space = excel.training.space_uid
    with statements(1):  # type: ignore[attr-defined]
        lines = listed(space)
    assert [(one.sittings, one.entered, one.seated, one.waiting) for one in lines] == [(2, 1, 2, 3)] * 3


def test_sheets_wait_from_the_day_of_the_sitting_on(course: Courses) -> None:
    excel = course(days=3)
    space = excel.training.space_uid
    assert queries.sheets_to_enter(space, TUESDAY - datetime.timedelta(days=1)) == ([], 0)
    second = TUESDAY + datetime.timedelta(days=1)
    assert [(one.number, one.total) for one in queries.sheets_to_enter(space, second)[0]] == [(1, 3), (2, 3)]
    oldest, waiting = queries.sheets_to_enter(space, second, most=1)
    assert ([one.number for one in oldest], waiting) == ([1], 2)
    excel.close(excel.sittings[0])
    assert [one.number for one in queries.sheets_to_enter(space, second)[0]] == [2]
    assert [one.number for one in queries.sittings_on(space, second)] == [2]


def test_the_next_sessions_with_seats_come_once_each_and_full_ones_not(
    people: People, course: Courses
) -> None:
    full, free = course(seats=1), course(days=3, title="Word")
    full.enrol(*people(1))
    found = queries.next_with_seats(full.training.space_uid, TUESDAY)
    assert [one.offer.title for one in found] == ["Word"]
    assert free.training.uid == found[0].offer.uid


def test_counts_leave_out_who_left_and_answers_taken_back(people: People, course: Courses) -> None:
    awa, sekou = people(2)
    excel = course()
    entry = excel.enrol(awa, sekou)
    excel.mark(excel.sittings[0], present=[awa, sekou])
    with transaction():
        services.undo_sheet(excel.sittings[0], services.last_save(excel.sittings[0]))
        services.withdraw(entry.enrolled[0])
    assert queries.counts() == queries.Counts(sessions=1, enrolments=1, attendance=0)
    assert queries.counts(new_uid()) == queries.Counts(0, 0, 0)
