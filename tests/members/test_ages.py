"""Ages at the date of the event, bands from one table, and totals that add up."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.members.ages import (
    BANDS,
    UNKNOWN,
    age_at,
    band_at,
    bands_from,
    is_woman_or_youth,
    is_youth,
)
from kiosk.members.queries import Traits, tally_of
from kiosk.members.vocabulary import Sex

DAY = datetime.date(2026, 11, 22)
YEARS = st.none() | st.integers(1850, 2060)


@pytest.mark.parametrize(
    ("age", "label"),
    [
        (0, "moins de 15 ans"), (14, "moins de 15 ans"), (15, "15 à 19 ans"), (19, "15 à 19 ans"),
        (20, "20 à 24 ans"), (25, "25 à 29 ans"), (30, "30 à 35 ans"), (35, "30 à 35 ans"),
        (36, "36 ans et plus"), (99, "36 ans et plus"),
    ],
)  # fmt: skip
def test_a_band_says_the_ages_it_holds(age: int, label: str) -> None:
    assert str(band_at(DAY.year - age, DAY).label) == label


@pytest.mark.parametrize("year", [None, 2027, 1850])
def test_an_age_that_makes_no_sense_is_unknown(year: int | None) -> None:
    assert age_at(year, DAY) is None
    assert band_at(year, DAY) is UNKNOWN


def test_a_girl_who_turns_twenty_counts_in_her_band_at_each_date() -> None:
    assert band_at(2007, datetime.date(2026, 12, 31)).key == "15-19"
    assert band_at(2007, datetime.date(2027, 1, 1)).key == "20-24"


def test_a_project_may_have_its_own_bands() -> None:
    swedd = bands_from([15, 20])
    assert [str(band.label) for band in swedd] == [
        "moins de 15 ans",
        "15 à 19 ans",
        "20 ans et plus",
        "âge inconnu",
    ]
    assert band_at(2008, DAY, swedd).key == "15-19"


@pytest.mark.parametrize("ages", [[], [0], [20, 15], [15, 15]])
def test_bands_must_grow(ages: list[int]) -> None:
    with pytest.raises(ValueError):
        bands_from(ages)


@given(YEARS, st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 1, 1)))
def test_everybody_is_in_exactly_one_band(year: int | None, day: datetime.date) -> None:
    age = age_at(year, day)
    holding = [band for band in BANDS if band is not UNKNOWN and age is not None and band.holds(age)]
    assert holding == ([] if age is None else [band_at(year, day)])


@given(st.lists(st.tuples(st.sampled_from([*Sex, "x"]), YEARS), max_size=40))
def test_categories_and_unknown_always_sum_to_the_total(people: list[tuple[Sex, int | None]]) -> None:
    told = tally_of(((Traits(sex, year), 1) for sex, year in people), DAY)
    assert told.total == len(people) == told.women + told.men + told.unsaid
    assert sum(sum(counts.values()) for counts in told.by_band.values()) == told.total
    assert told.women <= told.women_or_youth <= told.total


def test_women_or_youth_counts_a_woman_of_forty_a_man_of_twenty_and_nobody_twice() -> None:
    born = {"woman of 40": (Sex.WOMAN, 1986), "man of 20": (Sex.MAN, 2006), "man of 40": (Sex.MAN, 1986)}
    assert [is_woman_or_youth(*who, DAY) for who in born.values()] == [True, True, False]
    assert tally_of([(Traits(Sex.WOMAN, 2006), 1)], DAY).women_or_youth == 1


def test_an_unknown_age_is_not_young() -> None:
    assert not is_youth(None, DAY)
    assert is_youth(DAY.year - 35, DAY) and not is_youth(DAY.year - 36, DAY)
