"""How likely two cards are one person's: what counts, and what never does."""

import uuid
from typing import Any

import pytest

from kiosk.members.links.scoring import LEAST, LIKELY, VERY_LIKELY, Reason, Sketch, compare, sketch
from kiosk.members.models import Member

NIORO = uuid.UUID(int=1)
AWA = {
    "given_name": "Goundo",
    "family_name": "Niangado",
    "sex": "F",
    "birth_year": 2004,
    "birth_year_about": False,
    "phone": None,
    "village": None,
}


def card(**said: Any) -> Sketch:
    return sketch(Member(uid=uuid.uuid4(), space_uid=NIORO, **{**AWA, **said}))


def value(**said: Any) -> int:
    found = compare(card(), card(**said))
    return found.value if found else 0


def test_same_name_year_and_sex_is_likely_and_a_phone_or_village_more_so() -> None:
    assert LIKELY <= value() < VERY_LIKELY
    both = {"phone": "+22376123456", "village": "Diakha"}
    near = compare(card(**both), card(**both))
    assert near and near.value >= VERY_LIKELY
    assert near.reasons == (Reason.NAME, Reason.YEAR, Reason.PHONE, Reason.VILLAGE)


def test_another_spelling_and_another_order_of_names_are_the_same_names() -> None:
    found = compare(card(), card(given_name="Ɲangado", family_name="Gundo"))
    assert found and found.reasons[0] == Reason.SOUND


@pytest.mark.parametrize(("year", "found"), [(2003, True), (2005, True), (2006, False), (1990, False)])
def test_a_year_more_or_less_may_be_the_same_two_are_not(year: int, found: bool) -> None:
    assert bool(value(birth_year=year)) == found


def test_two_years_apart_may_be_the_same_where_one_is_a_guess() -> None:
    assert value(birth_year=2006, birth_year_about=True) >= LEAST
    assert not value(birth_year=2007, birth_year_about=True)


def test_a_woman_and_a_man_are_never_one_person() -> None:
    same = {"phone": "+22376123456", "village": "Diakha"}
    assert compare(card(**same), card(sex="M", **same)) is None


def test_who_did_not_say_her_sex_may_be_anybody_of_her_name() -> None:
    assert value(sex="unsaid")


def test_a_phone_alone_is_a_family_not_a_person() -> None:
    phone = {"phone": "+22376123456"}
    sister = card(given_name="Penda", **phone)
    assert compare(card(**phone), sister) is None
    assert compare(card(**phone), card(given_name="Penda", family_name="Traoré", **phone)) is None


def test_a_married_woman_keeps_her_phone_and_her_given_name() -> None:
    phone = {"phone": "+22376123456"}
    found = compare(card(**phone), card(family_name="Traoré", **phone))
    assert found and Reason.GIVEN in found.reasons and Reason.PHONE in found.reasons
    assert compare(card(), card(family_name="Traoré")) is None


def test_a_phone_that_is_not_whole_is_no_phone() -> None:
    phone = {"phone": "7612"}
    assert compare(card(**phone), card(family_name="Traoré", **phone)) is None


def test_a_name_many_people_bear_says_less() -> None:
    common = {"given_name": "Fatoumata", "family_name": "Traoré"}
    found = compare(card(**common), card(**common))
    assert found and found.value < LIKELY


def test_a_name_alone_is_not_enough() -> None:
    assert compare(card(birth_year=None), card(birth_year=None)) is None
    village = {"birth_year": None, "village": "Diakha"}
    assert compare(card(**village), card(**village))


def test_a_longer_name_holds_the_shorter_one() -> None:
    found = compare(card(), card(given_name="Goundo Bintou"))
    assert found and found.reasons[0] == Reason.PART


def test_it_does_not_matter_who_comes_first() -> None:
    one, other = card(phone="+22376123456"), card(family_name="Traoré", phone="+22376123456")
    assert compare(one, other) == compare(other, one)


def test_whoever_scores_is_met_under_a_key() -> None:
    phone = {"phone": "+22376123456"}
    for one, other in (
        (card(), card(birth_year=2005)),
        (card(**phone), card(family_name="Traoré", **phone)),
        (card(village="Diakha", birth_year=None), card(village="Diakha")),
        (card(), card(given_name="Goundo Bintou Mariam")),
    ):
        assert compare(one, other)
        assert one.probes() & other.held_keys() and other.probes() & one.held_keys()
