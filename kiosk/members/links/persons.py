"""Who is one person: clusters of cards, the one place where distinct people are counted from.

The word of the highest turn stands for a pair; of two words said at once, a
refusal outweighs a yes: two people are never made one against somebody's word.
Cards tied by confirmed links, one after another, are one person; her smallest
uid stands for her, with its sex and birth year.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from kiosk.members.links.models import LinkState

Pair = tuple[uuid.UUID, uuid.UUID]
_WEIGHT = {LinkState.PROPOSED: 0, LinkState.CONFIRMED: 1, LinkState.REFUSED: 2}


class Word(NamedTuple):
    """One entry about a pair; `space_uid` None where its cards are of two spaces."""

    a: uuid.UUID
    b: uuid.UUID
    state: str
    turn: int
    space_uid: uuid.UUID | None = None
    uid: uuid.UUID = uuid.UUID(int=0)

    @property
    def rank(self) -> tuple[int, int, uuid.UUID]:
        """Order of words about one pair: the highest stands. An unknown state weighs nothing."""
        return (self.turn, _WEIGHT.get(self.state, -1), self.uid)  # type: ignore[call-overload]


def standing(words: Iterable[Word]) -> dict[Pair, Word]:
    """Return the word that stands for each pair, whatever the order they came in."""
    found: dict[Pair, Word] = {}
    for word in words:
        pair = (min(word.a, word.b), max(word.a, word.b))
        if pair not in found or word.rank > found[pair].rank:
            found[pair] = word
    return found


def clusters(pairs: Iterable[Pair]) -> dict[uuid.UUID, uuid.UUID]:
    """Return, for each card that is tied to another, the smallest uid of its person."""
    first: dict[uuid.UUID, uuid.UUID] = {}

    def root(uid: uuid.UUID) -> uuid.UUID:
        while (above := first.setdefault(uid, uid)) != uid:
            first[uid] = first[above]
            uid = above
        return uid

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        first[high] = low
    return {uid: root(uid) for uid in list(first)}


Record = TypeVar("Record", bound=Any)


@dataclass(frozen=True)
class Persons:
    """Which cards are one person, by the links that stand."""

    words: Sequence[Word] = ()
    cards: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)

    @classmethod
    def by(cls, words: Iterable[Word]) -> "Persons":
        """Work the clusters out of the words that stand."""
        stands = standing(words).values()
        confirmed = [word for word in stands if word.state == LinkState.CONFIRMED]
        return cls(confirmed, clusters((word.a, word.b) for word in confirmed))

    def of(self, uid: uuid.UUID) -> uuid.UUID:
        """Return the uid that stands for the person of a card."""
        return self.cards.get(uid, uid)

    def cards_of(self, uid: uuid.UUID) -> list[uuid.UUID]:
        """Return all the cards of the person of a card, the one that stands for her first."""
        mine = self.of(uid)
        return [mine, *sorted(card for card, person in self.cards.items() if person == mine != card)]

    def groups(self) -> list[list[uuid.UUID]]:
        """Return the cards of each person who has several."""
        found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
        for card in sorted(self.cards):
            found[self.cards[card]].append(card)
        return list(found.values())

    def doubles(self, space_uid: uuid.UUID | None = None) -> int:
        """Return how many cards there are beyond one a person, as one space knows them, or all."""
        who = self if space_uid is None else self.within(space_uid)
        return len(who.cards) - len(who.groups())

    def within(self, space_uid: uuid.UUID) -> "Persons":
        """Return the persons as that space knows them: links between two spaces never reach it."""
        words = [word for word in self.words if word.space_uid == space_uid]
        return self if len(words) == len(self.words) else Persons.by(words)

    def merged(self, records: Iterable[Record]) -> list[Record]:
        """Return the records, each said of the person instead of the card."""
        if not self.cards:
            return list(records)
        return [
            replace(one, member_uid=self.cards[one.member_uid]) if one.member_uid in self.cards else one
            for one in records
        ]
