"""Opening hours as people write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.places import hours
from kiosk.storage import Refusal

MONDAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8h-12h 15h-18h", ["08:00-12:00", "15:00-18:00"]),
        ("8h30 - 12h00, 15h à 18h30", ["08:30-12:00", "15:00-18:30"]),
        ("08:00-12:00;15:00-18:00", ["08:00-12:00", "15:00-18:00"]),
        ("08:00 – 12:00, 15:00 – 18:00", ["08:00-12:00", "15:00-18:00"]),
        ("15h-18h et 8h-12h", ["08:00-12:00", "15:00-18:00"]),
        ("8-12", ["08:00-12:00"]),
        ("8h-12h 15-18", ["08:00-12:00", "15:00-18:00"]),
        ("8 h 30 – 12 h 15, 15 h – 18 h", ["08:30-12:15", "15:00-18:00"]),
        ("9.15-17.45", ["09:15-17:45"]),
        ("0h-24h", ["00:00-24:00"]),
        ("", []),
        ("fermé", []),
        ("Fermée", []),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, read: list[str]) -> None:
    assert hours.parse(typed) == read


@pytest.mark.parametrize(
    "typed", ["midi", "8h", "25h-26h", "8h-12h 11h-13h", "12h-8h", "8h-8h", "8h75-9h", "8h-9h x", "x" * 60]
)
def test_what_cannot_be_read_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refusal, match="8h-12h 15h-18h"):
        hours.parse(typed, "day_1")


def test_what_is_shown_is_read_back() -> None:
    spans = ["08:00-12:00", "15:00-18:30"]
    assert hours.parse(hours.shown(spans)) == spans
    assert hours.written(spans) == "8h-12h 15h-18h30"
    assert hours.parse(hours.written(spans)) == spans


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(typed: str) -> None:
    try:
        spans = hours.parse(typed)
    except Refusal:
        return
    assert spans == sorted(spans)
    assert hours.parse(hours.shown(spans)) == hours.parse(hours.written(spans)) == spans


def test_an_exception_replaces_the_hours_of_its_days() -> None:
    week = {"1": ["08:00-12:00"]}
    closed = [{"from": "2026-11-23", "to": "2026-11-24", "spans": [], "why": "Fête"}]
    assert hours.on(MONDAY, week, closed) == hours.Opening((), "Fête")
    assert hours.on(MONDAY + datetime.timedelta(days=7), week, closed).spans == ("08:00-12:00",)


def test_a_day_without_hours_is_closed() -> None:
    assert hours.on(MONDAY, None, None).spans == ()
    assert str(hours.on(MONDAY, {}, []).words) == "fermé"


def test_open_until_the_closing_minute() -> None:
    opening = hours.Opening(("08:00-12:00",))
    assert opening.covers(datetime.time(8, 0))
    assert opening.covers(datetime.time(11, 59))
    assert not opening.covers(datetime.time(12, 0))
