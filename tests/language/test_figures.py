"""Figures are French in every language, written and read."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from kiosk.language import fmt, languages, use

FIGURES: list[tuple[Callable[[], str], str]] = [
    (lambda: fmt.number(1234567), "1\u202f234\u202f567"),
    (lambda: fmt.number(1234.5), "1\u202f234,5"),
    (lambda: fmt.number(12.0), "12"),
    (lambda: fmt.number(-7), "-7"),
    (lambda: fmt.percent(0.634), "63\u00a0%"),
    (lambda: fmt.percent(0.634, digits=1), "63,4\u00a0%"),
    (lambda: fmt.share(1, 3), "33\u00a0%"),
    (lambda: fmt.share(0, 0), "–"),
    (lambda: fmt.money(12500), "12\u202f500\u00a0F\u202fCFA"),
    (lambda: fmt.size(820), "820\u00a0o"),
    (lambda: fmt.size(310_400), "310\u00a0ko"),
    (lambda: fmt.size(2_400_000), "2,4\u00a0Mo"),
    (lambda: fmt.size(14_200_000), "14\u00a0Mo"),
    (lambda: fmt.size(3_100_000_000), "3,1\u00a0Go"),
    (lambda: fmt.duration(45), "45\u00a0s"),
    (lambda: fmt.duration(380), "6\u00a0min\u00a020"),
    (lambda: fmt.duration(360), "6\u00a0min"),
    (lambda: fmt.duration(9000), "2\u00a0h\u00a030"),
]


@pytest.mark.parametrize("code", [language.code for language in languages()])
@pytest.mark.parametrize(("figure", "written"), FIGURES)
def test_a_figure_is_the_same_in_every_language(figure: Callable[[], str], written: str, code: str) -> None:
    with use(code):
        assert figure() == written


@pytest.mark.parametrize("code", ["fr", "bm"])
@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("12 500", "12500"),
        ("12\u202f500", "12500"),
        ("12.500", "12500"),
        ("1.234.567", "1234567"),
        ("0.500", "0.500"),
        ("12.500,5", "12500.5"),
        ("-3", "-3"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, value: str, code: str) -> None:
    with use(code):
        assert fmt.parse_number(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "abc", "1,234,567", "1.2.3", "١٢", "1e9", "nan", "--1", "9" * 99])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        fmt.parse_number(typed)


@pytest.mark.parametrize("typed", ["12 500 F CFA", "12500F", "12.500 FCFA", "12 500 francs", "12500"])
def test_an_amount_is_read_with_or_without_its_unit(typed: str) -> None:
    assert fmt.parse_amount(typed) == 12500


def test_an_amount_has_no_centimes() -> None:
    with pytest.raises(ValueError):
        fmt.parse_amount("12,5 F")


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_every_whole_number_written_is_read_back(value: int) -> None:
    assert fmt.parse_number(fmt.number(value)) == value
    assert fmt.parse_amount(fmt.money(value)) == value


_AMOUNTS = (
    st.integers(-(10**15), 10**15)
    | st.decimals(-(10**9), 10**9, places=4)
    | st.floats(-1e9, 1e9, allow_nan=False)
)


@given(_AMOUNTS, st.integers(0, 3))
def test_a_number_is_written_as_babel_writes_it(value: int | Decimal | float, digits: int) -> None:
    pattern = "#,##0." + "#" * digits if digits else "#,##0"
    assert fmt.number(value, digits) == format_decimal(value, format=pattern, locale="fr")


@given(st.text())
def test_reading_garbage_only_ever_raises_value_error(text: str) -> None:
    for read in (fmt.parse_number, fmt.parse_amount, fmt.parse_date):
        try:
            read(text)
        except ValueError:
            continue
