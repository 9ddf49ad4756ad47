"""Figures: person-days, person-hours, distinct people; each wrong figure of others is a test here."""

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.storage import new_uid, transaction
from kiosk.training import queries, services
from kiosk.training.figures import counted_weight, stayed
from kiosk.training.models import Mark, SittingState
from tests.training.conftest import TUESDAY, Course

SITTING, SESSION, SPACE = new_uid(), new_uid(), new_uid()


def fact(
    member: uuid.UUID, mark: str = "present", weight: int = 50, day: datetime.date = TUESDAY, **more: object
) -> queries.Fact:
    sitting = more.get("sitting", new_uid())
    return queries.Fact(member, day, weight, mark, 180, sitting, SESSION, None, SPACE)  # type: ignore[arg-type]


def test_twelve_people_over_two_full_days_less_half_a_day_give_twenty_three_and_a_half(
    people: Callable[..., list[uuid.UUID]], course: Callable[..., Course]
) -> None:
    everyone = people(12)
    seminar = course(days=2, halves=2)
    seminar.enrol(*everyone)
    for at, sitting in enumerate(seminar.sittings):
        away = everyone[:1] if at == 0 else []
        seminar.mark(sitting, present=everyone[len(away) :], absent=away)
        seminar.close(sitting)
    facts = queries.attendance_facts(None, TUESDAY, TUESDAY + datetime.timedelta(days=1))
    assert queries.person_days(facts) == 2350
    assert queries.as_days(queries.person_days(facts)) == Decimal("23.5")
    assert queries.trained(facts) == set(everyone)


def test_one_sitting_of_six_hours_counts_as_a_day_and_one_of_four_as_half() -> None:
    assert [queries.default_weight(minutes) for minutes in (60, 240, 241, 360)] == [50, 50, 100, 100]


@pytest.mark.parametrize(
    ("mark", "worth"),
    [("present", 50), ("late", 50), ("partial", 25), ("absent", 0), ("excused", 0), ("", 0), ("later", 0)],
)
def test_what_each_answer_counts_of_a_half_day(mark: str, worth: int) -> None:
    assert queries.person_days([fact(new_uid(), mark)]) == worth


def test_nobody_makes_more_than_a_day_in_a_day() -> None:
    awa = new_uid()
    assert queries.person_days([fact(awa, weight=50) for _ in range(3)]) == 100


def test_a_person_known_under_two_numbers_counts_once_at_a_sitting() -> None:
    awa = new_uid()
    facts = [fact(awa, sitting=SITTING), fact(awa, "partial", sitting=SITTING)]
    assert queries.person_days(facts) == 50
    assert queries.person_minutes(facts) == 180
    assert queries.trained(facts) == {awa}


def test_an_interrupted_sitting_counts_what_the_trainer_confirms_and_nothing_before() -> None:
    assert counted_weight(SittingState.INTERRUPTED, 100, None) == 0
    assert counted_weight(SittingState.INTERRUPTED, 100, 50) == 50
    assert counted_weight(SittingState.CANCELLED, 100, 50) == 0


def test_hours_follow_what_was_written_else_the_sitting() -> None:
    assert stayed("present", None, 180, (50, 50)) == 180
    assert stayed("present", 100, 180, (50, 50)) == 100
    assert stayed("partial", None, 180, (50, 50)) == 90
    assert stayed("absent", 100, 180, (50, 50)) == 0
    assert stayed("present", None, 360, (50, 100)) == 180
    assert stayed("present", None, 180, (0, 0)) == 0


def test_people_without_a_name_make_days_but_never_distinct_people(
    people: Callable[..., list[uuid.UUID]], course: Callable[..., Course]
) -> None:
    (awa,) = people(1)
    talk = course(halves=2)
    talk.enrol(awa)
    for sitting in talk.sittings:
        talk.mark(sitting, present=[awa])
        with transaction():
            services.count_heads(sitting, {("F", "15-19"): 4, ("M", "unknown"): 2})
    facts = queries.attendance_facts(None, None, None)
    heads = queries.headcounts(None, None, None)
    assert queries.person_days(facts) == 100
    assert queries.headcount_days(heads) == 600
    assert queries.person_days(facts, heads) == 700
    assert len(queries.trained(facts)) == 1
    assert sum(head.count for head in heads if head.sex == "F") == 8


def test_people_without_a_name_never_make_more_than_a_day_in_a_day() -> None:
    one = queries.Heads("F", "15-19", 5, TUESDAY, 100, 300, new_uid(), SESSION, None, SPACE)
    two = queries.Heads("F", "15-19", 3, TUESDAY, 100, 300, new_uid(), SESSION, None, SPACE)
    assert queries.headcount_days([one, two]) == 500


def test_a_cancelled_sitting_leaves_the_figures_and_its_marks_stay_readable(
    people: Callable[..., list[uuid.UUID]], course: Callable[..., Course]
) -> None:
    (awa,) = people(1)
    talk = course(days=2)
    talk.enrol(awa)
    first, second = talk.sittings
    talk.mark(first, present=[awa])
    talk.mark(second, present=[awa])
    with transaction():
        services.cancel_sitting(second, "Panne de courant")
    assert queries.person_days(queries.attendance_facts(None, None, None)) == 50
    assert [row.mark for row in queries.sheet(second)] == ["present"]
    with transaction():
        services.restore_sitting(second)
    assert queries.person_days(queries.attendance_facts(None, None, None)) == 100


def test_cancelling_a_session_does_not_move_the_person_days_of_the_month(
    people: Callable[..., list[uuid.UUID]], course: Callable[..., Course]
) -> None:
    (awa,) = people(1)
    talk = course(days=3)
    talk.enrol(awa)
    talk.mark(talk.sittings[0], present=[awa])
    with transaction():
        services.cancel(talk.training, "Le formateur est malade.")
    assert queries.person_days(queries.attendance_facts(None, None, None)) == 50


def test_saving_a_sheet_again_changes_no_figure(
    people: Callable[..., list[uuid.UUID]], course: Callable[..., Course]
) -> None:
    (awa,) = people(1)
    talk = course()
    talk.enrol(awa)
    (sitting,) = talk.sittings
    for _ in range(3):
        talk.mark(sitting, present=[awa])
        talk.close(sitting)
    assert queries.person_days(queries.attendance_facts(None, None, None)) == 50


def test_a_period_holds_both_its_ends_and_nothing_else(
    people: Callable[..., list[uuid.UUID]], course: Callable[..., Course]
) -> None:
    (awa,) = people(1)
    talk = course(days=4)
    talk.enrol(awa)
    for sitting in talk.sittings:
        talk.mark(sitting, present=[awa])
    end = TUESDAY + datetime.timedelta(days=2)
    found = queries.attendance_facts(None, TUESDAY + datetime.timedelta(days=1), end)
    assert [one.day.day for one in found] == [25, 26]
    assert queries.attendance_facts(new_uid(), None, None) == []


MARKS = st.sampled_from([mark.value for mark in Mark])
PEOPLE = st.sampled_from([new_uid() for _ in range(3)])
SITTINGS = st.sampled_from(
    [
        (new_uid(), TUESDAY + datetime.timedelta(days=at // 2), weight)
        for at, weight in enumerate((50, 75, 25, 100))
    ]
)


@st.composite
def facts(draw: st.DrawFn) -> queries.Fact:
    """An answer at one of four sittings over two days."""
    uid, day, weight = draw(SITTINGS)
    minutes = draw(st.integers(0, 400))
    return queries.Fact(draw(PEOPLE), day, weight, draw(MARKS), minutes, uid, SESSION, None, SPACE)


@given(st.lists(facts(), max_size=30))
def test_days_never_pass_one_a_person_and_date_and_their_order_is_nothing(found: list[queries.Fact]) -> None:
    days = queries.person_days(found)
    assert 0 <= days <= 100 * len({(one.member_uid, one.day) for one in found})
    assert days == queries.person_days(found[::-1])
    assert days == sum(queries.days_by_person(found).values())
    assert set(queries.days_by_person(found)) == queries.trained(found)
