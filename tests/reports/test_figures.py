"""The donors' figures, over facts made by hand."""

import datetime
import uuid

from hypothesis import given
from hypothesis import strategies as st

from kiosk.language import fmt
from kiosk.members.ages import bands_from
from kiosk.reports.figures import Person, indicators
from kiosk.training.figures import Fact, Heads

SPACE, OTHER_SPACE = uuid.uuid4(), uuid.uuid4()
AWA, BINTA, CHEICK, DEMBA = (uuid.uuid4() for _ in range(4))
PEOPLE = {
    AWA: Person("F", 1986),
    BINTA: Person("F", 2006),
    CHEICK: Person("M", 2006),
    DEMBA: Person("M", 1986),
}
MONDAY, TUESDAY = datetime.date(2026, 3, 2), datetime.date(2026, 3, 3)


def fact(who: uuid.UUID, day: datetime.date = MONDAY, mark: str = "present", **more: object) -> Fact:
    """One answer at a half-day sitting of its own."""
    values = {"weight": 50, "minutes": 240, "sitting_uid": uuid.uuid4(), "session_uid": uuid.uuid4()}
    values |= {"project_uid": None, "space_uid": SPACE} | more
    return Fact(who, day, mark=mark, **values)  # type: ignore[arg-type]


def test_a_person_who_comes_ten_times_is_one_person_trained() -> None:
    """Distinct people and participations are two figures."""
    days = [MONDAY + datetime.timedelta(days=step) for step in range(10)]
    found = indicators([fact(AWA, day) for day in days], [], PEOPLE)
    assert (found.people.total, found.participations, found.days) == (1, 10, 500)


def test_women_men_and_unsaid_always_sum_to_the_total() -> None:
    """Whoever said neither stands in a line of its own, never among men."""
    unknown = uuid.uuid4()
    people = {**PEOPLE, unknown: Person("unsaid", None)}
    found = indicators([fact(uid) for uid in people], [], people)
    assert (found.people.women, found.people.men, found.people.unsaid) == (2, 2, 1)
    assert found.people.total == 5
    assert sum(one.people.total for one in found.bands) == 5


def test_women_or_youth_is_a_union_of_people() -> None:
    """A woman of 40 and a man of 20 count, a man of 40 does not, a woman of 20 counts once."""
    assert indicators([fact(uid) for uid in PEOPLE], [], PEOPLE).women_or_youth == 3


def test_the_age_is_the_one_at_the_date_of_the_training() -> None:
    """A report on 2020 does not age with the reader."""
    then = datetime.date(2020, 5, 4)
    found = indicators([fact(BINTA, then)], [], PEOPLE)
    assert [one.band.key for one in found.bands if one.people.total] == ["0-14"]


def test_somebody_absent_is_not_trained() -> None:
    """An absence is an answer, not a presence."""
    found = indicators([fact(AWA, mark="absent"), fact(BINTA, mark="excused")], [], PEOPLE)
    assert (found.people.total, found.participations, found.days, found.sittings) == (0, 0, 0, 0)


def test_people_without_a_name_give_days_and_never_people() -> None:
    """A headcount feeds person-days only."""
    heads = Heads("F", "20-24", 8, MONDAY, 50, 240, uuid.uuid4(), uuid.uuid4(), None, SPACE)
    found = indicators([], [heads], PEOPLE)
    assert (found.people.total, found.days, found.unnamed_days, found.sittings) == (0, 400, 400, 1)


def test_an_empty_period_has_no_share_of_women() -> None:
    """Nothing is divided by nought."""
    found = indicators([], [], {})
    assert (found.people.total, found.days) == (0, 0)
    assert fmt.share(found.people.women, found.people.total) == "–"


def test_new_people_are_counted_in_the_month_of_their_first_presence() -> None:
    """Coming again in April does not make a second newcomer."""
    april = datetime.date(2026, 4, 6)
    found = indicators([fact(AWA), fact(AWA, april), fact(CHEICK, april)], [], PEOPLE)
    months = {month.month: (split.women, split.men) for month, split in found.months.items()}
    assert months == {3: (1, 0), 4: (0, 1)}


def test_a_girl_who_turns_twenty_counts_in_the_right_band_at_each_date() -> None:
    """Distinct people stand in one band; participations each at their own age."""
    girl = uuid.uuid4()
    december, january = datetime.date(2025, 12, 29), datetime.date(2026, 1, 5)
    found = indicators([fact(girl, december), fact(girl, january)], [], {girl: Person("F", 2006)})
    people = {one.band.key: one.people.total for one in found.bands if one.people.total}
    times = {one.band.key: one.participations for one in found.bands if one.participations}
    assert people == {"15-19": 1}
    assert times == {"15-19": 1, "20-24": 1}


def test_bands_asked_for_by_a_project_hold_everybody_too() -> None:
    """A donor's own bands: nobody falls between two, nobody is counted twice."""
    people = {uuid.uuid4(): Person("F", year) for year in (None, 1906, 1960, 1990, 2007, 2011, 2020)}
    bands = bands_from([15, 20])
    found = indicators([fact(uid) for uid in people], [], people, bands=bands)
    assert [one.band.key for one in found.bands] == ["0-14", "15-19", "20-", "unknown"]
    assert sum(one.people.total for one in found.bands) == found.people.total == len(people)
    assert sum(one.participations for one in found.bands) == found.participations


def test_two_marks_at_one_sitting_are_one_participation() -> None:
    """Someone known under two numbers was there once."""
    sitting = uuid.uuid4()
    found = indicators([fact(AWA, sitting_uid=sitting), fact(AWA, sitting_uid=sitting)], [], PEOPLE)
    assert (found.participations, found.days) == (1, 50)


def test_a_month_in_which_nobody_came_is_not_a_month_without_newcomers() -> None:
    """April had a lesson and no new face; May had nothing at all."""
    april = datetime.date(2026, 4, 6)
    june = datetime.date(2026, 6, 1)
    found = indicators([fact(AWA), fact(AWA, april), fact(BINTA, june)], [], PEOPLE)
    assert {month.month: split.total for month, split in found.months.items()} == {3: 1, 4: 0, 6: 1}


def test_a_headcount_at_a_sitting_that_counts_for_nothing_holds_no_sitting() -> None:
    """Cut short before it began."""
    heads = Heads("F", "20-24", 8, MONDAY, 0, 240, uuid.uuid4(), uuid.uuid4(), None, SPACE)
    found = indicators([], [heads], PEOPLE)
    assert (found.sittings, found.sessions, found.days) == (0, 0, 0)


@given(
    people=st.lists(
        st.tuples(st.sampled_from(["F", "M", "unsaid", "?"]), st.none() | st.integers(1890, 2030)),
        max_size=30,
    ),
    marks=st.sampled_from(["present", "late", "partial", "absent"]),
)
def test_categories_and_unknown_always_sum_to_the_total(
    people: list[tuple[str, int | None]], marks: str
) -> None:
    """Whatever the register holds, newer answers and impossible years included."""
    known = {uuid.uuid4(): Person(*one) for one in people}
    found = indicators([fact(uid, mark=marks) for uid in known], [], known)
    assert found.people.women + found.people.men + found.people.unsaid == found.people.total
    assert sum(one.people.total for one in found.bands) == found.people.total
    assert sum(one.participations for one in found.bands) == found.participations
    assert sum(split.total for split in found.months.values()) == found.people.total
    assert found.youth <= found.women_or_youth <= found.people.total
    assert found.people.women <= found.women_or_youth
