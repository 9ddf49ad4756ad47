"""Clusters of cards: pure rules, whatever the order words arrive in."""

import random
import uuid
from dataclasses import dataclass
from itertools import permutations

import pytest

from kiosk.members.links.models import LinkState
from kiosk.members.links.persons import Persons, Word, standing

A, B, C, D = (uuid.UUID(int=n) for n in (1, 2, 3, 4))
NIORO, KAYES = uuid.UUID(int=100), uuid.UUID(int=200)
YES, NO, OPEN = LinkState.CONFIRMED, LinkState.REFUSED, LinkState.PROPOSED


def word(a: uuid.UUID, b: uuid.UUID, state: str, turn: int = 1, space: uuid.UUID | None = NIORO) -> Word:
    return Word(a, b, state, turn, space, uuid.uuid4())


def test_nobody_said_anything_everybody_is_one() -> None:
    who = Persons.by([])
    assert who.of(A) == A and who.cards_of(A) == [A] and who.groups() == []


def test_a_chain_is_one_person_who_bears_the_smallest_uid() -> None:
    who = Persons.by([word(B, C, YES), word(C, D, YES), word(A, B, YES)])
    assert {who.of(one) for one in (A, B, C, D)} == {A}
    assert who.cards_of(C) == [A, B, C, D]


def test_parting_a_link_splits_the_chain_in_two() -> None:
    chain = [word(A, B, YES), word(B, C, YES), word(C, D, YES)]
    who = Persons.by([*chain, word(B, C, NO, 2)])
    assert [who.of(one) for one in (A, B, C, D)] == [A, A, C, C]


def test_a_chain_may_hold_a_refused_pair_and_its_links_still_tie() -> None:
    who = Persons.by([word(A, B, YES), word(B, C, YES), word(A, C, NO)])
    assert who.of(C) == A


def test_proposed_and_refused_tie_nothing() -> None:
    assert not Persons.by([word(A, B, NO), word(C, D, OPEN)]).cards


def test_the_last_turn_stands_whatever_the_order_of_arrival() -> None:
    said = [word(A, B, YES, 1), word(A, B, NO, 2), word(A, B, OPEN, 3), word(A, B, YES, 4)]
    for order in permutations(said):
        assert standing(order)[A, B].turn == 4
        assert Persons.by(order).of(B) == A


def test_of_a_yes_and_a_no_said_at_once_the_no_stands() -> None:
    both = [word(A, B, YES, 2), word(A, B, NO, 2)]
    for order in (both, both[::-1]):
        assert standing(order)[A, B].state == NO


def test_a_word_of_a_newer_release_weighs_less_than_any_we_know() -> None:
    said = [word(A, B, YES, 2), word(A, B, "perhaps", 2)]
    assert Persons.by(said).of(B) == A


def test_a_pair_is_the_same_from_either_side() -> None:
    assert Persons.by([word(B, A, YES, 1), word(A, B, NO, 2)]).of(B) == B


def test_a_card_with_itself_is_harmless() -> None:
    assert Persons.by([word(A, A, YES), word(A, B, YES)]).of(B) == A


def test_a_space_knows_its_own_links_only() -> None:
    who = Persons.by([word(A, B, YES, 1, NIORO), word(B, C, YES, 1, None), word(C, D, YES, 1, KAYES)])
    assert {who.of(one) for one in (A, B, C, D)} == {A}
    nioro, kayes = who.within(NIORO), who.within(KAYES)
    assert (nioro.of(B), nioro.of(C)) == (A, C)
    assert (kayes.of(B), kayes.of(D)) == (B, C)


@dataclass(frozen=True)
class Mark:
    member_uid: uuid.UUID
    day: int = 1


def test_records_are_said_of_the_person() -> None:
    who = Persons.by([word(A, B, YES)])
    assert who.merged([Mark(B), Mark(C, 2), Mark(A)]) == [Mark(A), Mark(C, 2), Mark(A)]


@pytest.mark.parametrize("seed", range(20))
def test_clusters_are_the_connected_parts(seed: int) -> None:
    rng = random.Random(seed)
    uids = [uuid.UUID(int=n) for n in range(30)]
    pairs = [tuple(rng.sample(uids, 2)) for _ in range(rng.randrange(40))]
    who = Persons.by([word(a, b, YES) for a, b in pairs])
    parts = [{uid} for uid in uids]
    for a, b in pairs:
        one = next(part for part in parts if a in part)
        other = next(part for part in parts if b in part)
        if one is not other:
            one |= other
            parts.remove(other)
    for part in parts:
        assert {who.of(uid) for uid in part} == {min(part)}
