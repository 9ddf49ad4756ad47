"""Any period: what may be asked for, and what is said of what may not."""

import datetime

import pytest

from kiosk.reports import periods
from kiosk.reports.periods import Period
from kiosk.storage import Refusal
from tests.reports.conftest import YEAR

TODAY = datetime.date(2026, 11, 21)


def test_nothing_asked_is_the_year_so_far() -> None:
    assert periods.asked("", " ", TODAY) == YEAR


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-03-02", "2026-03-31"), ("02/03/2026", "31/03/2026"), ("2 mars 2026", "31 mars 2026")],
)
def test_a_period_is_read_as_people_write_dates(first: str, last: str) -> None:
    march = Period(datetime.date(2026, 3, 2), datetime.date(2026, 3, 31))
    assert periods.asked(first, last, TODAY) == march


def test_dates_the_wrong_way_round_are_refused_in_words() -> None:
    with pytest.raises(Refusal) as refusal:
        periods.asked("2026-05-01", "2026-04-01", TODAY)
    assert str(refusal.value) == "La fin est avant le début. Corrigez une des deux dates."


@pytest.mark.parametrize("text", ["hier", "31/02/2026", "2026-13-01", "0001-01-01", "99999999", "' OR 1=1"])
def test_a_date_that_is_none_is_refused_on_its_field(text: str) -> None:
    for asked, field in ((("" + text, ""), "du"), (("", text), "au")):
        with pytest.raises(Refusal) as refusal:
            periods.asked(*asked, TODAY)
        assert refusal.value.field == field
        assert "Écrivez par exemple 21/11/2026." in str(refusal.value)


def test_a_period_says_itself() -> None:
    assert YEAR.words == "Du 1er janvier au 21 novembre 2026"
    assert Period(TODAY, TODAY).words == "Le 21 novembre 2026"
    winter = Period(datetime.date(2025, 12, 2), datetime.date(2026, 2, 1))
    assert winter.words.startswith("Du 2 décembre 2025 au ")


def test_months_are_all_those_the_period_touches_unless_too_many_to_draw() -> None:
    winter = Period(datetime.date(2025, 12, 31), datetime.date(2026, 2, 1))
    assert [month.isoformat() for month in winter.months()] == ["2025-12-01", "2026-01-01", "2026-02-01"]
    assert len(Period(datetime.date(2025, 1, 1), datetime.date(2026, 12, 31)).months()) == 24
    assert Period(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)).months() == []


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [("2026-11-21", "2026-07-01", "2026-09-30"), ("2026-02-28", "2025-10-01", "2025-12-31")],
)
def test_the_quarter_before_is_whole(today: str, first: str, last: str) -> None:
    before = periods.quarter(datetime.date.fromisoformat(today), 1)
    assert (before.first.isoformat(), before.last.isoformat()) == (first, last)


def test_usual_periods_are_right_on_any_day_of_a_year() -> None:
    day = datetime.date(2024, 1, 1)
    while day.year < 2025:
        for _, one in periods.usual(day):
            assert one.first <= one.last
        day += datetime.timedelta(days=1)
