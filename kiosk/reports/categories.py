"""Who people are, by trade and by role: health workers, media, influencers, young women elected.

Everybody has one trade, or did not say: the lines of trades sum to all the people.
Roles are as many as somebody has: a creator who is an influencer stands in both
lines, and once in the last one, that of whoever has a role at all.
"""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.language import Message, msg
from kiosk.members.ages import is_youth
from kiosk.members.fields.words import Book
from kiosk.members.figured import CIVIL, Person
from kiosk.members.vocabulary import Sex
from kiosk.reports.figures import Named, split
from kiosk.training import queries as training
from kiosk.training.figures import Heads

UNSAID = msg("Métier pas dit")
EITHER = msg("Au moins un de ces rôles")
_WORDS: Mapping[str, Message] = {
    "mandate": msg("Mandat électif"),
    "young": msg("Jeunes élues"),
    "civil": CIVIL,
}
Key = tuple[str, str]
"""A list of the register and a code of it; a word of `_WORDS` and "" for what is in no list."""


@dataclass(frozen=True)
class Crowd:
    """People counted without a name: how many, and whether somebody estimated it."""

    count: int = 0
    about: bool = False


@dataclass(frozen=True)
class Present:
    """How many participants of a category came, a person once a gathering; `about`: estimated."""

    name: Message | str
    count: int
    about: bool = False


def crowds(heads: Iterable[Heads]) -> dict[str, Crowd]:
    """Return people without a name by trade: of each session, as its fullest sitting saw them."""
    by_session: dict[uuid.UUID, list[Heads]] = defaultdict(list)
    for head in heads:
        by_session[head.session_uid].append(head)
    counts: Counter[str] = Counter()
    for counted in by_session.values():
        for (_, _, trade), count in training.fullest_of(counted).items():
            counts[trade] += count
    rough = {head.profession for one in by_session.values() for head in one if head.about}
    return {trade: Crowd(count, trade in rough) for trade, count in counts.items()}


def by_trade(people: Iterable[Person], unnamed: Mapping[str, Crowd], book: Book) -> Sequence[Named]:
    """Return distinct people by trade, the most first, beside who was counted without a name.

    Whoever did not say stands last; without any trade known there is nothing to show.
    """
    inside: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        inside[person.profession].append(person)
    trades = {*inside, *unnamed}
    if not any(trades):
        return ()
    found = {trade: _trade(trade, inside[trade], unnamed.get(trade, Crowd()), book) for trade in trades}
    return sorted(found.values(), key=lambda one: (one is found.get(""), *_most(one)))


def _trade(code: str, people: Iterable[Person], crowd: Crowd, book: Book) -> Named:
    name = book.word("profession", code) if code else UNSAID
    return Named(name, split(people), crowd.count, crowd.about)


def _most(one: Named) -> tuple[int, str]:
    return -one.people.total - one.unnamed, str(one.name)


def by_role(first: Iterable[tuple[Person, datetime.date]], book: Book) -> Sequence[Named]:
    """Return distinct people by role, and whoever has one; `first` says on which day they are so."""
    inside: dict[Key, list[Person]] = defaultdict(list)
    some = []
    for person, day in first:
        keys = _roles(person, day)
        some += [person] if keys else []
        for key in keys:
            inside[key].append(person)
    found = [Named(_word(key, book), split(there)) for key, there in inside.items()]
    return [*sorted(found, key=_most), Named(EITHER, split(some))] if some else ()


def _roles(person: Person, day: datetime.date) -> list[Key]:
    held: list[Key] = [("digital_roles", role) for role in dict.fromkeys(person.roles)]
    if person.civil_society:
        held.append(("civil", ""))
    if person.mandate:
        young = person.sex == Sex.WOMAN and is_youth(person.birth_year, day)
        held += [("mandate", ""), ("young", "")] if young else [("mandate", "")]
    return held


def _word(key: Key, book: Book) -> Message | str:
    return _WORDS.get(key[0]) or book.word(*key)


def present(
    came: Iterable[tuple[Person, datetime.date]], unnamed: Mapping[str, Crowd], book: Book
) -> Sequence[Present]:
    """Return who came to gatherings, by trade and role; `came` has a person once for each gathering."""
    counts: Counter[Key] = Counter()
    for person, day in came:
        counts.update(_roles(person, day))
        counts.update([("profession", person.profession)] if person.profession else [])
    for trade, crowd in unnamed.items():
        counts[("profession", trade)] += crowd.count if trade else 0
    rough = {("profession", trade) for trade, crowd in unnamed.items() if crowd.about}
    found = [Present(_word(key, book), count, key in rough) for key, count in counts.items() if count]
    return sorted(found, key=lambda one: (-one.count, str(one.name)))
