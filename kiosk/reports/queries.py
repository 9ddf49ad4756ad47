"""Reading the figures: for a period, a space or all, a project or all."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.language import msg
from kiosk.members import figured
from kiosk.members.ages import BANDS, Band, bands_from
from kiosk.members.fields import words
from kiosk.members.fields.words import Book
from kiosk.members.importer.pace import undisturbed
from kiosk.members.links import queries as links
from kiosk.members.links.persons import Persons
from kiosk.partners import queries as partners
from kiosk.places import queries as places
from kiosk.reports import rows
from kiosk.reports.apart import Apart, apart
from kiosk.reports.figures import Indicators, indicators
from kiosk.reports.periods import Period
from kiosk.reports.residence import Residence, by_commune
from kiosk.reports.rows import Asked, Row, Rows
from kiosk.reports.sections import Known, Names, Sections, sections
from kiosk.reports.sharing import Sharing, sharing
from kiosk.training import queries as training
from kiosk.training.figures import Fact

__all__ = ["Asked", "Place", "Report", "SpaceFigures", "report"]


@dataclass(frozen=True)
class Place:
    """A space as a report needs it; `phone` and `contact` say whom to call, where known.

    `travels`: a point without a machine.
    """

    uid: uuid.UUID
    name: str
    phone: str | None = None
    contact: str | None = None
    travels: bool = False

    def knows(self, who: Persons) -> Persons:
        """Return the persons by its own links; a point without a machine has none, so every link counts."""
        return who if self.travels else who.within(self.uid)


@dataclass(frozen=True)
class SpaceFigures:
    """The figures of one space."""

    space: Place
    figures: Indicators


@dataclass(frozen=True)
class Report:
    """The figures of every space and of all together; people, not cards.

    A space counts by its own links, so that its kiosk and the centre say the same;
    the total by all links. `spaces` may sum to more people than `total`: the
    `in_several` people trained in more than one space count once in the total.
    `project` is its name, "" for all. `residence` says where the total's people live,
    `sections` what is counted beside training as a whole. Only training makes `total`;
    `apart` holds the ledgers that are added to nothing.
    """

    period: Period
    spaces: Sequence[SpaceFigures]
    total: Indicators
    in_several: int = 0
    project: str = ""
    bands: Sequence[Band] = field(default=BANDS)
    residence: Sequence[Residence] = ()
    sections: Sections = field(default_factory=Sections)
    apart: Apart = field(default_factory=Apart)
    sharing: Sharing = field(default_factory=Sharing)

    @property
    def columns(self) -> list[tuple[str, Indicators]]:
        """The columns of a table: each space, then the total where there are several."""
        each = [(one.space.name, one.figures) for one in self.spaces]
        return [*each, (str(msg("Total")), self.total)] if len(each) != 1 else each


def report(asked: Asked) -> Report:
    """Read everything once, then work out each space's figures and the total's."""
    with undisturbed():
        return _report(asked)


def _report(asked: Asked) -> Report:
    read = rows.read(asked)
    heads = read.teaching(read.counts)
    mine, counted = _by_space(asked, read.teaching(read.told)), _by_space(asked, heads)
    spaces = _spaces(asked.space_uid, {*mine, *counted, *read.visits})
    project, bands = _project(asked.project_uid)
    who = _who(asked, spaces)
    gathered = who.merged(read.told)
    everyone = read.teaching(gathered)
    there = {one.uid: one.knows(who).merged(mine.get(one.uid, ())) for one in spaces}
    followed = {(who.of(one.member_uid), one.theme) for one in read.met}
    people = _people([gathered, *there.values()], followed)
    names = _names(asked, read, people.values())
    lines = []
    for one in spaces:
        came = read.visits.get(one.uid, 0)
        figures = indicators(there[one.uid], counted.get(one.uid, ()), people, came, bands)
        lines.append(SpaceFigures(one, figures))
    visits = sum(one.figures.visits for one in lines)
    alone = asked.space_uid is not None and len(lines) == 1
    return Report(
        asked.period,
        lines,
        lines[0].figures if alone else indicators(everyone, heads, people, visits, bands),
        0 if alone else _in_several(everyone),
        project,
        bands,
        by_commune(people[uid] for uid in training.trained(everyone)),
        sections(Known(gathered, read.counts, read.traits, people, followed), names),
        Apart() if asked.is_part else apart(asked.space_uid, asked.period, who, read.met),
        sharing(asked.space_uid, asked.days, asked.project_uid),
    )


def _names(asked: Asked, read: Rows, people: Iterable[figured.Person]) -> Names:
    """Return the words of domains, trades and roles as the space says them; what nobody has is not asked."""
    domains = any(trait.theme for trait in read.traits.values())
    said = any(one.profession or one.roles for one in people) or any(one.profession for one in read.counts)
    return Names(
        training.theme_names(asked.space_uid) if domains else {},
        words.of(asked.space_uid) if said else Book(),
    )


def _who(asked: Asked, spaces: Sequence[Place]) -> Persons:
    """Return who is one person: the report of one space counts as that space does."""
    who = links.persons()
    return who if asked.space_uid is None or not spaces else spaces[0].knows(who)


def _by_space(asked: Asked, told: Sequence[Row]) -> Mapping[uuid.UUID, Sequence[Row]]:
    if asked.space_uid is not None:
        return {asked.space_uid: told}
    found: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for row in told:
        found[row.space_uid].append(row)
    return found


def _spaces(wanted: uuid.UUID | None, seen: set[uuid.UUID]) -> list[Place]:
    """Return the spaces to show: the active ones, and closed ones that the period still counts.

    A point without a machine is shown where it is asked for: its people are those of the spaces
    that held sessions there, and stand in their columns already.
    """
    active = [one for one in places.spaces() if not one.travels or one.uid in {wanted, *seen}]
    closed = (places.space(uid) for uid in sorted(seen - {one.uid for one in active}))
    known = [*active, *(one for one in closed if one)]
    return [
        Place(one.uid, one.name, one.phone, one.contact, one.travels)
        for one in known
        if wanted in (None, one.uid)
    ]


def _project(uid: uuid.UUID | None) -> tuple[str, Sequence[Band]]:
    """Return the name of a project and the age bands its donor asked for."""
    found = partners.project(uid) if uid else None
    if found is None:
        return "", BANDS
    first_ages = getattr(found, "first_ages", None)
    return found.name, bands_from(first_ages) if first_ages else BANDS


def _in_several(facts: Iterable[Fact]) -> int:
    """Return how many people were trained in more than one space; `facts` are said of persons."""
    spaces: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for fact in facts:
        if training.attended(fact):
            spaces[fact.member_uid].add(fact.space_uid)
    return sum(len(seen) > 1 for seen in spaces.values())


def _people(
    told: Iterable[Iterable[Fact]], followed: Iterable[tuple[uuid.UUID, str]]
) -> Mapping[uuid.UUID, figured.Person]:
    """Return what figures need of each person; one this machine never received counts as unknown."""
    wanted = {uid for uid, _ in followed}
    for facts in told:
        wanted.update(fact.member_uid for fact in facts)
    return figured.people(wanted)
