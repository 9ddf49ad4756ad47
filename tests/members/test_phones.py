"""Phones as people write them."""

import pytest

from kiosk.members import phones


@pytest.mark.parametrize(
    "text",
    ["76123456", "76 12 34 56", "76.12.34.56", "76-12-34-56", "+223 76 12 34 56", "00223 76123456",
     "22376123456", "(+223) 76/12/34/56", "\u00a076\u202f12 34 56 "],
)  # fmt: skip
def test_one_number_has_one_form(text: str) -> None:
    assert phones.normalise(text) == "+22376123456"
    assert phones.shown(phones.normalise(text)) == "76\u00a012\u00a034\u00a056"


@pytest.mark.parametrize(
    ("text", "kept"),
    [("+33 6 12 34 56 78", "+33612345678"), ("0033612345678", "+33612345678"), ("76 12 34", "76 12 34"),
     ("12345678", "12345678"), ("+223 12", "+223 12"), ("voir le tuteur", "voir le tuteur"), ("", "")],
)  # fmt: skip
def test_what_is_not_malian_is_kept_as_it_is_written(text: str, kept: str) -> None:
    assert phones.normalise(text) == kept
    assert not phones.is_malian(kept)


def test_a_number_abroad_can_be_called_and_half_a_number_cannot() -> None:
    assert phones.is_whole("+33612345678") and phones.is_whole("+22376123456")
    assert not phones.is_whole("76 12 34") and not phones.is_whole(None) and not phones.is_whole("+22312")


@pytest.mark.parametrize(
    ("text", "lacking"), [("76 12 34", 2), ("76 12 34 567", -1), ("+223 76 12 34", 2), ("12345678", 0)]
)
def test_how_many_digits_lack(text: str, lacking: int) -> None:
    assert phones.missing(text) == lacking


def test_a_cell_may_hold_two_numbers() -> None:
    assert phones.several("76 12 34 56 / 66 11 22 33") == ["76 12 34 56", "66 11 22 33"]
    assert phones.several("76123456 ou 66112233") == ["76123456", "66112233"]
