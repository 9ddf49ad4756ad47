"""Dates: the reader's day and month names, French order, one time zone."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.language import fmt, tr, use

TUESDAY = date(2027, 1, 5)
NOON = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp() * 1000)
MINUTE = 60_000


def test_a_long_date_speaks_the_language() -> None:
    assert fmt.date_long(TUESDAY) == "mardi 5 janvier 2027"
    with use("bm"):
        assert fmt.date_long(TUESDAY) == "tarata 5 zanwuye 2027"
        assert fmt.day_month(TUESDAY) == "5 zanwuye"


def test_the_first_of_a_month_is_the_first_in_french() -> None:
    first = date(2026, 1, 1)
    assert fmt.day_month(first) == "1er janvier"
    assert fmt.date_medium(date(2026, 8, 1)) == "1er août 2026"
    assert fmt.date_long(first) == "jeudi 1er janvier 2026"
    assert (fmt.date_medium(date(2026, 1, 11)), fmt.month_year(first)) == ("11 janvier 2026", "janvier 2026")
    with use("bm"):
        assert fmt.day_month(first) == "1 zanwuye"


def test_a_short_date_is_the_same_everywhere() -> None:
    for code in ("fr", "bm"):
        with use(code):
            assert fmt.date_short(TUESDAY) == "05/01/2027"
            assert fmt.iso(TUESDAY) == "2027-01-05"


def test_only_french_names_are_shortened() -> None:
    assert (fmt.weekday(TUESDAY, short=True), fmt.month(TUESDAY, short=True)) == ("mar.", "janv.")
    with use("bm"):
        assert fmt.weekday(TUESDAY, short=True) == "tarata"
        assert fmt.month(TUESDAY, short=True) == "zanwuye"


def test_bambara_names_stay_as_they_were_printed() -> None:
    """A Babel upgrade must not silently change an attestation."""
    with use("bm"):
        assert fmt.day_names() == ["ntɛnɛ", "tarata", "araba", "alamisa", "juma", "sibiri", "kari"]
        months = [fmt.month(date(2027, number, 1)) for number in range(1, 13)]
    assert (
        months
        == (
            "zanwuye feburuye marisi awirili mɛ zuwɛn zuluye uti sɛtanburu ɔkutɔburu nowanburu desanburu"
        ).split()
    )


def test_a_moment_is_shown_in_the_time_of_bamako() -> None:
    assert fmt.clock_time(NOON) == "12:00"
    assert fmt.date_long(NOON) == "dimanche 22 novembre 2026"


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        (0, "à l’instant"),
        (MINUTE, "il y a 1 minute"),
        (5 * MINUTE, "il y a 5 minutes"),
        (60 * MINUTE, "il y a 1 heure"),
        (3 * 60 * MINUTE, "il y a 3 heures"),
        (26 * 60 * MINUTE, "hier"),
        (3 * 24 * 60 * MINUTE, "il y a 3 jours"),
        (20 * 24 * 60 * MINUTE, "le 2 novembre 2026"),
        (-5 * MINUTE, "le 22 novembre 2026"),
    ],
)
def test_the_age_of_news_is_said_in_words(earlier: int, said: str) -> None:
    assert str(fmt.ago(NOON - earlier, now=NOON)) == said


def test_an_untranslated_age_is_marked_as_french_on_a_bambara_page() -> None:
    with use("bm"):
        assert tr(fmt.ago(NOON - 5 * MINUTE, now=NOON)) == ('<span lang="fr">il y a 5 minutes</span>')


def test_lists_join_by_a_word_only_where_one_is_known() -> None:
    assert fmt.join(["Awa", "Sira", "Moussa"]) == "Awa, Sira et Moussa"
    assert fmt.join([]) == ""
    with use("bm"):
        assert fmt.join(["Awa", "Sira", "Moussa"]) == "Awa, Sira, Moussa"


@pytest.mark.parametrize("code", ["fr", "bm"])
@pytest.mark.parametrize(
    "typed",
    [
        "05/01/2027", "5/1/27", "5-1-2027", "5.1.2027", "05 01 2027", " 05 / 01 / 2027 ",
        "2027-01-05", "2027-01-05 00:00:00", "2027-01-05T08:30", "5 janvier 2027",
        "mardi 5 janvier 2027", "5 janv. 2027", "5 JANVIER 2027", "5 zanwuye 2027",
        "tarata 5 zanwuye 2027",
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(typed: str, code: str) -> None:
    with use(code):
        assert fmt.parse_date(typed) == TUESDAY


def test_two_digit_years_fall_in_the_likely_century() -> None:
    assert fmt.parse_date("1/1/39").year == 2039
    assert fmt.parse_date("1/1/40").year == 1940
    assert fmt.parse_date("1er août 98") == date(1998, 8, 1)


@pytest.mark.parametrize(
    "typed", ["", "31/02/2026", "13/13/2026", "01/01/1899", "01/01/2101", "12/2026", "5 brumaire 2027"]
)
def test_an_impossible_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        fmt.parse_date(typed)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_date_written_is_read_back(day: date) -> None:
    for code in ("fr", "bm"):
        with use(code):
            assert fmt.parse_date(fmt.date_short(day)) == day
            assert fmt.parse_date(fmt.date_medium(day)) == day
            assert fmt.parse_date(fmt.date_long(day)) == day
