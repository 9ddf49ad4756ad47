"""What merges and totals rest on: rows named by their keys, counts replaced, people erased."""

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.members import queries as members
from kiosk.storage import Refusal, session, transaction
from kiosk.training import queries, services
from kiosk.training.marking import attendance_uid
from kiosk.training.models import Attendance
from tests.training.conftest import TUESDAY, Course

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


def test_two_machines_that_mark_the_same_person_make_the_same_row(people: People, course: Courses) -> None:
    (awa,) = people(1)
    word = course()
    word.enrol(awa)
    (sitting,) = word.sittings
    word.mark(sitting, late=[awa])
    row = session().scalars(select(Attendance)).one()
    assert row.uid == attendance_uid(sitting.uid, awa)
    with transaction():
        services.change_sitting(sitting, services.HalfDay(TUESDAY.replace(day=30), "08:00", 120), 50)
    word.mark(sitting, present=[awa])
    assert session().scalars(select(Attendance)).one().uid == row.uid


def test_counts_of_people_without_a_name_are_replaced_not_added(course: Courses) -> None:
    talk = course()
    (sitting,) = talk.sittings
    for count in (4, 7, 0):
        with transaction():
            services.count_heads(sitting, {("F", "15-19"): count, ("M", "20-24"): 0})
        assert queries.crowds_of(sitting)[""].total == count
    with pytest.raises(Refusal), transaction():
        services.count_heads(sitting, {("F", "15-19"): 501})


def test_a_member_erased_from_the_register_leaves_the_totals_right(people: People, course: Courses) -> None:
    (awa,) = people(1)
    word = course()
    word.enrol(awa)
    word.mark(word.sittings[0], present=[awa])
    with transaction():
        members.by_uids([awa])[awa].deleted_at = 1
    facts = queries.attendance_facts(None, None, None)
    assert (queries.person_days(facts), queries.trained(facts)) == (50, {awa})
