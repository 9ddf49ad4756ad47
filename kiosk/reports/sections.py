"""What a donor asks beside training as a whole: domains, debates, national actors, campaigns.

Each section says whom it counts. People are distinct inside a line; a person in
two domains stands in both and once in the total. Participants of gatherings are
added from one gathering to the next: they are said to be participants, not people.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.language import Message
from kiosk.members.fields.words import Book
from kiosk.members.figured import Person
from kiosk.reports.categories import Present, by_role, by_trade, crowds, present
from kiosk.reports.figures import Named, Split, first_days, split
from kiosk.training import queries as training
from kiosk.training.catalogue import kinds, themes
from kiosk.training.catalogue.gatherings import Came, Spoken, Trait
from kiosk.training.catalogue.models import SessionKind
from kiosk.training.figures import Fact, Heads

Traits = Mapping[uuid.UUID, Trait]
People = Mapping[uuid.UUID, Person]
Attended = Mapping[uuid.UUID, set[uuid.UUID]]
"""Who was there at least once, by session."""


@dataclass(frozen=True)
class Relay(Named):
    """People who carry a campaign on; `posts` publications made while they learnt (None: not counted)."""

    posts: int | None = None


@dataclass(frozen=True)
class Gathered:
    """Gatherings of one kind: how many were held, who came to them, about what, from which trades."""

    name: Message | str
    held: int
    came: Came
    about: Sequence[tuple[Message | str, int]] = ()
    speaks: bool = False
    present: Sequence[Present] = ()


@dataclass(frozen=True)
class Civic:
    """Citizen participation: people trained, people accompanied, and both, each counted once."""

    trained: Split
    accompanied: Split
    either: Split


@dataclass(frozen=True)
class Sections:
    """The sections of a report; an empty one is not shown. `actors` met national actors."""

    domains: Sequence[Named] = ()
    gatherings: Sequence[Gathered] = ()
    actors: Gathered | None = None
    relays: Sequence[Relay] = ()
    civic: Civic | None = None
    trades: Sequence[Named] = ()
    roles: Sequence[Named] = ()


@dataclass(frozen=True)
class Known:
    """All that sections are made of: answers said of persons, counts, sessions, people, names."""

    facts: Sequence[Fact]
    heads: Sequence[Heads]
    traits: Traits
    people: People
    followed: Collection[tuple[uuid.UUID, str]]
    """Persons accompanied in the period, each with the key of a domain."""


@dataclass(frozen=True)
class Names:
    """What things are called: domains by key, and the words of trades and roles."""

    domains: Mapping[str, Message | str]
    book: Book

    def domain(self, key: str) -> Message | str:
        """Return the name of a domain, and what stands for none."""
        return self.domains.get(key, key) if key else themes.UNSAID


def sections(known: Known, names: Names) -> Sections:
    """Work every section out."""
    teach = {uid for uid, trait in known.traits.items() if trait.trains}
    taught = [
        one for one in known.facts if one.weight > 0 and training.there(one) and one.session_uid in teach
    ]
    counted = [one for one in known.heads if one.weight and one.session_uid in teach]
    first = [(known.people[uid], day) for uid, day in first_days(taught).items()]
    there = _by_session(taught)
    return Sections(
        _named(known, there, lambda trait: trait.theme, names.domain),
        _gatherings(known, names),
        _actors(known, names),
        _relays(known, there),
        _civic(known, there),
        by_trade((person for person, _ in first), crowds(counted), names.book),
        by_role(first, names.book),
    )


def _by_session(facts: Iterable[Fact]) -> Attended:
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for fact in facts:
        found[fact.session_uid].add(fact.member_uid)
    return found


def _named(
    known: Known, there: Attended, key: Callable[[Trait], str], name: Callable[[str], Message | str]
) -> list[Named]:
    inside: dict[str, set[uuid.UUID]] = defaultdict(set)
    for uid, people in there.items():
        inside[key(known.traits[uid])] |= people
    found = [(not one, Named(name(one), _split(known, who))) for one, who in inside.items()]
    return [one for _, one in sorted(found, key=lambda it: (it[0], -it[1].people.total, str(it[1].name)))]


def _split(known: Known, who: Iterable[uuid.UUID]) -> Split:
    return split(known.people[uid] for uid in who)


def _relays(known: Known, there: Attended) -> list[Relay]:
    """People who came to a formation-action of a campaign carry it on."""
    posts: dict[str, int] = {}
    for trait in filter(_carries, known.traits.values()):
        if trait.posts is not None:
            posts[trait.campaign] = posts.get(trait.campaign, 0) + trait.posts
    of = {uid: people for uid, people in there.items() if _carries(known.traits[uid])}
    found = _named(known, of, _campaign, str)
    return [Relay(one.name, one.people, posts=posts.get(str(one.name))) for one in found]


def _carries(trait: Trait) -> bool:
    return trait.kind == SessionKind.ACTION and bool(trait.campaign)


def _campaign(trait: Trait) -> str:
    return trait.campaign


def _civic(known: Known, there: Attended) -> Civic | None:
    of = [people for uid, people in there.items() if known.traits[uid].theme == themes.CIVIC]
    trained = set[uuid.UUID]().union(*of)
    followed = {uid for uid, theme in known.followed if theme == themes.CIVIC}
    if not trained and not followed:
        return None
    return Civic(_split(known, trained), _split(known, followed), _split(known, trained | followed))


def _gatherings(known: Known, names: Names) -> list[Gathered]:
    found = _came(known, lambda trait: not trait.trains)
    by_kind: dict[str, dict[uuid.UUID, Came]] = defaultdict(dict)
    for uid, one in found.items():
        by_kind[known.traits[uid].kind][uid] = one
    ordered = sorted(by_kind, key=lambda kind: [*kinds.KINDS, kind].index(kind))
    return [_gathered(known, names, kinds.several(kind), by_kind[kind]) for kind in ordered]


def _actors(known: Known, names: Names) -> Gathered | None:
    found = _came(known, lambda trait: trait.national_actor)
    return _gathered(known, names, "", found) if found else None


def _came(known: Known, which: Callable[[Trait], bool]) -> dict[uuid.UUID, Came]:
    """Return who came, by session of the kinds asked for; one where nobody came was not held."""
    asked = {uid for uid, trait in known.traits.items() if which(trait)}
    facts: dict[uuid.UUID, list[Fact]] = {uid: [] for uid in asked}
    heads: dict[uuid.UUID, list[Heads]] = {uid: [] for uid in asked}
    for fact in known.facts if asked else ():
        if fact.session_uid in asked:
            facts[fact.session_uid].append(fact)
    for head in known.heads if asked else ():
        if head.session_uid in asked:
            heads[head.session_uid].append(head)
    found = {
        uid: training.came(facts[uid], heads[uid], known.people, trait.spoke)
        for uid, trait in known.traits.items()
        if uid in asked
    }
    return {uid: one for uid, one in found.items() if one.total}


def _gathered(known: Known, names: Names, name: Message | str, found: Mapping[uuid.UUID, Came]) -> Gathered:
    about: dict[str, int] = defaultdict(int)
    for uid in found:
        about[known.traits[uid].theme] += 1
    lines = sorted(((names.domain(key), count) for key, count in about.items()), key=lambda it: -it[1])
    total = _sum(found.values())
    return Gathered(name, len(found), total, lines, total.spoke != Spoken(), _present(known, names, found))


def _present(known: Known, names: Names, found: Collection[uuid.UUID]) -> Sequence[Present]:
    facts = [one for one in known.facts if one.session_uid in found and training.there(one)]
    first = {(one.session_uid, one.member_uid): one.day for one in reversed(facts)}
    came = ((known.people[member], day) for (_, member), day in first.items())
    return present(came, crowds(one for one in known.heads if one.session_uid in found), names.book)


def _sum(parts: Iterable[Came]) -> Came:
    all_of = list(parts)
    spoke = Spoken(*(_known_sum(all_of, name) for name in ("all", "women", "youth")))
    women, men, unsaid, youth = (
        sum(getattr(one, name) for one in all_of) for name in ("women", "men", "unsaid", "youth")
    )
    return Came(women, men, unsaid, youth, spoke, any(one.about for one in all_of))


def _known_sum(parts: Iterable[Came], name: str) -> int | None:
    counted = [value for one in parts if (value := getattr(one.spoke, name)) is not None]
    return sum(counted) if counted else None
