"""A session moved to other days, and taken back: exactly the days, the state and the reason it had."""

import datetime
import uuid
from collections.abc import Callable

import pytest

from kiosk.storage import Refusal, transaction
from kiosk.training import queries, services
from tests.training.conftest import TUESDAY, Course

Courses = Callable[..., Course]
AUGUST = datetime.date(2027, 8, 1)


def test_moving_shifts_what_waits_and_says_the_day_first_announced(course: Courses) -> None:
    excel = course(days=3)
    excel.close(excel.sittings[0])
    later = TUESDAY + datetime.timedelta(days=8)
    with transaction():
        assert services.move_to(excel.training, later, "Pluie")[0] == 2
    assert [one.day.day for one in excel.sittings] == [24, 2, 3]
    assert [one.moved_from and one.moved_from.day for one in excel.sittings] == [None, 25, 26]
    days = [(one.day.day, one.moved_to and one.moved_to.day) for one in queries.programme(*around(excel))]
    assert days == [(24, None), (25, 2), (26, 3), (2, None), (3, None)]


def around(course: Course) -> tuple[uuid.UUID, datetime.date]:
    return course.training.space_uid, TUESDAY


def test_moving_there_and_back_leaves_no_trace_on_the_programme(course: Courses) -> None:
    excel = course(days=2)
    for day in (TUESDAY.replace(day=30), TUESDAY):
        with transaction():
            services.move_to(excel.training, day, "Pluie")
    assert [one.moved_from for one in excel.sittings] == [None, None]
    assert excel.training.reason == ""


def moved(course: Course, day: datetime.date, reason: str = "Panne") -> tuple[services.Stage, str]:
    with transaction():
        _, stood = services.move_to(course.training, day, reason)
    return stood, services.timetable(course.training)


def stands(course: Course) -> tuple[object, ...]:
    days = [(one.day, one.moved_from) for one in course.sittings]
    return days, course.training.state, course.training.reason, course.training.rough_month


@pytest.mark.parametrize("waits", [False, True])
def test_taking_back_a_move_restores_days_reason_and_wait(course: Courses, waits: bool) -> None:
    excel = course(days=3)
    excel.close(excel.sittings[0])
    moved(excel, TUESDAY + datetime.timedelta(days=4), "Pluie")
    if waits:
        with transaction():
            services.put_off(excel.training, "Coupure", AUGUST)
    before = stands(excel)
    stood, left = moved(excel, TUESDAY + datetime.timedelta(days=9))
    assert stands(excel) != before
    with transaction():
        services.move_back(excel.training, stood, left)
    assert stands(excel) == before


def test_a_move_is_not_taken_back_once_a_sheet_was_entered(course: Courses) -> None:
    excel = course(days=3)
    stood, left = moved(excel, TUESDAY + datetime.timedelta(days=7))
    excel.close(excel.sittings[0])
    before = stands(excel)
    with pytest.raises(Refusal, match="a changé depuis"), transaction():
        services.move_back(excel.training, stood, left)
    assert stands(excel) == before


def test_a_move_is_not_taken_back_twice_nor_after_another(course: Courses) -> None:
    excel = course(days=2)
    first = moved(excel, TUESDAY + datetime.timedelta(days=7))
    again = moved(excel, TUESDAY + datetime.timedelta(days=9))
    with pytest.raises(Refusal, match="a changé depuis"), transaction():
        services.move_back(excel.training, *first)
    with transaction():
        services.move_back(excel.training, *again)
    with pytest.raises(Refusal, match="a changé depuis"), transaction():
        services.move_back(excel.training, *again)
