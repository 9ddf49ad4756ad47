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
from kiosk.reports.figures import Person, Split, split
from kiosk.training import queries as training
from kiosk.training.catalogue import kinds, themes
from kiosk.training.catalogue.gatherings import Came, Spoken, Trait
from kiosk.training.catalogue.models import SessionKind
from kiosk.training.figures import Fact, Heads

Traits = Mapping[uuid.UUID, Trait]
People = Mapping[uuid.UUID, Person]


@dataclass(frozen=True)
class Named:
    """Distinct people under a name: of a domain, or of a campaign."""

    name: Message | str
    people: Split


@dataclass(frozen=True)
class Gathered:
    """Gatherings of one kind: how many were held, who came to them, about what."""

    name: Message | str
    held: int
    came: Came
    about: Sequence[tuple[Message | str, int]] = ()
    speaks: bool = False


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
    relays: Sequence[Named] = ()
    civic: Civic | None = None


@dataclass(frozen=True)
class Known:
    """All that sections are made of: answers said of persons, counts, sessions, people, names."""

    facts: Sequence[Fact]
    heads: Sequence[Heads]
    traits: Traits
    people: People
    names: Mapping[str, Message | str]
    followed: Collection[tuple[uuid.UUID, str]] = ()
    """Persons accompanied in the period, each with the key of a domain."""


def sections(known: Known) -> Sections:
    """Work every section out."""
    taught = [one for one in known.facts if known.traits[one.session_uid].trains and training.attended(one)]
    return Sections(
        _named(known, taught, lambda trait: trait.theme, lambda key: _theme(known, key)),
        _gatherings(known),
        _actors(known),
        _relays(known, taught),
        _civic(known, taught),
    )


def _theme(known: Known, key: str) -> Message | str:
    return known.names.get(key, key) if key else themes.UNSAID


def _named(
    known: Known, facts: Iterable[Fact], key: Callable[[Trait], str], name: Callable[[str], Message | str]
) -> list[Named]:
    inside: dict[str, set[uuid.UUID]] = defaultdict(set)
    for fact in facts:
        inside[key(known.traits[fact.session_uid])].add(fact.member_uid)
    found = [(not one, Named(name(one), _split(known, who))) for one, who in inside.items()]
    return [one for _, one in sorted(found, key=lambda it: (it[0], -it[1].people.total, str(it[1].name)))]


def _split(known: Known, who: Iterable[uuid.UUID]) -> Split:
    return split(known.people[uid] for uid in who)


def _relays(known: Known, taught: Iterable[Fact]) -> list[Named]:
    """People who came to a formation-action of a campaign carry it on."""
    of = [one for one in taught if known.traits[one.session_uid].kind == SessionKind.ACTION]
    return _named(known, [one for one in of if known.traits[one.session_uid].campaign], _campaign, str)


def _campaign(trait: Trait) -> str:
    return trait.campaign


def _civic(known: Known, taught: Iterable[Fact]) -> Civic | None:
    trained = {one.member_uid for one in taught if known.traits[one.session_uid].theme == themes.CIVIC}
    followed = {uid for uid, theme in known.followed if theme == themes.CIVIC}
    if not trained and not followed:
        return None
    return Civic(_split(known, trained), _split(known, followed), _split(known, trained | followed))


def _gatherings(known: Known) -> list[Gathered]:
    found = _came(known, lambda trait: not trait.trains)
    by_kind: dict[str, dict[uuid.UUID, Came]] = defaultdict(dict)
    for uid, one in found.items():
        by_kind[known.traits[uid].kind][uid] = one
    ordered = sorted(by_kind, key=lambda kind: [*kinds.KINDS, kind].index(kind))
    return [_gathered(known, kinds.several(kind), by_kind[kind]) for kind in ordered]


def _actors(known: Known) -> Gathered | None:
    found = _came(known, lambda trait: trait.national_actor)
    return _gathered(known, "", found) if found else None


def _came(known: Known, which: Callable[[Trait], bool]) -> dict[uuid.UUID, Came]:
    """Return who came, by session of the kinds asked for; one where nobody came was not held."""
    facts: dict[uuid.UUID, list[Fact]] = defaultdict(list)
    heads: dict[uuid.UUID, list[Heads]] = defaultdict(list)
    for fact in known.facts:
        facts[fact.session_uid].append(fact)
    for head in known.heads:
        heads[head.session_uid].append(head)
    people = {uid: (one.sex, one.birth_year) for uid, one in known.people.items()}
    found = {
        uid: training.came(facts[uid], heads[uid], people, known.traits[uid].spoke)
        for uid in [*dict.fromkeys([*facts, *heads])]
        if which(known.traits[uid])
    }
    return {uid: one for uid, one in found.items() if one.total}


def _gathered(known: Known, name: Message | str, found: Mapping[uuid.UUID, Came]) -> Gathered:
    about: dict[str, int] = defaultdict(int)
    for uid in found:
        about[known.traits[uid].theme] += 1
    lines = [(_theme(known, key), count) for key, count in about.items()]
    total = _sum(found.values())
    return Gathered(name, len(found), total, sorted(lines, key=lambda it: -it[1]), total.spoke != Spoken())


def _sum(parts: Iterable[Came]) -> Came:
    all_of = list(parts)
    spoke = Spoken(*(_known_sum(all_of, name) for name in ("all", "women", "youth")))
    women, men, unsaid, youth = (
        sum(getattr(one, name) for one in all_of) for name in ("women", "men", "unsaid", "youth")
    )
    return Came(women, men, unsaid, youth, spoke)


def _known_sum(parts: Iterable[Came], name: str) -> int | None:
    counted = [value for one in parts if (value := getattr(one.spoke, name)) is not None]
    return sum(counted) if counted else None
