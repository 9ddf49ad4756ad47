"""Folding meets every spelling people use; sorting follows one alphabet."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.language import fold, loose, sort_key

ORDERED = (
    "abarika aw ba Baara bɛɛ cɛ dɔgɔkun élan été ɛntɛrinɛti fa gafe kalan kora kɔrɔ "
    "na nata nɔgɔn nyɛ ɲɛfɔli ɲini ŋɔmi oui ɔridinatɛri papiye Sata zuluye"
).split()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("nyogondeme", "Ɲɔgɔndɛmɛ"),
        ("ɲɔgɔndɛmɛ", "ƝƆGƆNDƐMƐ"),
        ("nyefoli", "ɲɛfɔli"),
        ("nyèfòli", "ɲɛfɔli"),
        ("koro", "Kɔ̀rɔ́"),
        ("traore", "Traoré"),
        ("keita", "Keïta"),
        ("oeuvre", "Œuvre"),
        ("election", "ÉLECTION"),
        ("k'an ben", "K’an  bɛn"),
        ("ngomi", "ŋɔmi"),
        ("oridinateri", "ɔridinatɛri"),
    ],
)
def test_a_word_is_found_however_it_is_typed(typed: str, stored: str) -> None:
    assert fold(typed) == fold(stored)


def test_the_loose_spelling_catches_what_folding_misses() -> None:
    assert loose("nefoli") == loose("ɲɛfɔli")
    assert loose("nomi") == loose("ŋɔmi")
    assert loose("be") == loose("bɛɛ")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_text_has_no_case_and_no_stray_space(text: str) -> None:
    assert fold(text) == fold(text).strip()
    assert "  " not in fold(text)


def test_words_follow_the_common_alphabet() -> None:
    shuffled = random.Random(2).sample(ORDERED, len(ORDERED))
    assert sorted(shuffled, key=sort_key) == ORDERED


def test_the_bambara_letters_stand_after_their_neighbours() -> None:
    assert sorted("ŋa ɲz na nz ɲa oz ɔa ez ɛa fa pa".split(), key=sort_key) == (
        "ez ɛa fa na nz ɲa ɲz ŋa oz ɔa pa".split()
    )


def test_an_accent_only_decides_between_equal_words() -> None:
    assert sorted(["cotés", "côte", "cote", "coté"], key=sort_key)[0] == "cote"
    assert sort_key("Ete") < sort_key("été") < sort_key("etf")


@given(st.text(), st.text())
def test_two_different_words_never_share_a_key(one: str, two: str) -> None:
    assert (sort_key(one) == sort_key(two)) == (one.casefold() == two.casefold())
