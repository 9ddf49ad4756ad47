"""Reading the figures: for a period, a space or all, a project or all."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from kiosk.desk import queries as desk
from kiosk.language import msg
from kiosk.members import queries as members
from kiosk.members.ages import BANDS, Band, bands_from
from kiosk.members.links import queries as links
from kiosk.members.links.persons import Persons
from kiosk.partners import queries as partners
from kiosk.places import queries as places
from kiosk.reports import where
from kiosk.reports.apart import Apart, apart
from kiosk.reports.figures import Indicators, Person, indicators
from kiosk.reports.periods import Period
from kiosk.reports.residence import Residence, by_commune
from kiosk.reports.sections import Known, Sections, sections
from kiosk.reports.sharing import Sharing, sharing
from kiosk.training import queries as training
from kiosk.training.figures import Fact, Heads

Row = TypeVar("Row", Fact, Heads)


@dataclass(frozen=True)
class Place:
    """A space as a report needs it; `phone` and `contact` say whom to call, where known."""

    uid: uuid.UUID
    name: str
    phone: str | None = None
    contact: str | None = None


@dataclass(frozen=True)
class SpaceFigures:
    """The figures of one space."""

    space: Place
    figures: Indicators


@dataclass(frozen=True)
class Asked:
    """What a report is about: None lets every space, every project, every commune through.

    `group_uid` keeps the people who live in communes that act together: who was counted
    without a name, and visits, live nowhere that is known.
    """

    period: Period
    space_uid: uuid.UUID | None = None
    project_uid: uuid.UUID | None = None
    group_uid: uuid.UUID | None = None

    @property
    def named(self) -> bool:
        """Tell whether only people known by name can be in it."""
        return self.group_uid is not None


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
    """Read everything once, then work out each space's figures and the total's.

    Visits belong to no project: the report of a project counts none.
    """
    period = asked.period
    scope = training.Scope(asked.space_uid, period.first, period.last)
    told = where.living(_of(asked, training.facts_in(scope)), asked.group_uid)
    counts = [] if asked.named else _of(asked, training.heads_in(scope))
    traits = training.traits({one.session_uid for one in chain[Fact | Heads](told, counts)})
    facts, heads = _taught(told, traits), _taught(counts, traits)
    visits = (
        desk.count_visits(period.first, period.last) if asked.project_uid is None and not asked.named else {}
    )
    project, bands = _project(asked.project_uid)
    seen = {one.space_uid for one in facts} | {one.space_uid for one in heads} | set(visits)
    spaces, who = _spaces(asked.space_uid, seen), _who(asked)
    there = {one.uid: who.within(one.uid).merged(_at(one.uid, facts)) for one in spaces}
    everyone, gathered, followed = who.merged(facts), who.merged(told), _followed(asked, who)
    people = _people(chain(gathered, *there.values()), followed)
    lines = []
    for space in spaces:
        mine, counted = there[space.uid], _at(space.uid, heads)
        lines.append(SpaceFigures(space, indicators(mine, counted, people, visits.get(space.uid, 0), bands)))
    came = sum(line.figures.visits for line in lines)
    total = indicators(everyone, heads, people, came, bands)
    trained = {one.member_uid for one in everyone if training.attended(one)}
    homes = by_commune(trained, people)
    names = training.theme_names(asked.space_uid)
    beside = sections(Known(gathered, counts, traits, people, names, followed))
    ledgers = Apart() if asked.project_uid or asked.group_uid else apart(asked.space_uid, period, who)
    shared = sharing(asked.space_uid, (period.first, period.last), asked.project_uid)
    return Report(period, lines, total, _in_several(everyone), project, bands, homes, beside, ledgers, shared)


def _taught(rows: list[Row], traits: Mapping[uuid.UUID, training.Trait]) -> list[Row]:
    """Keep what counts as training; the rest is counted beside it."""
    return [row for row in rows if traits[row.session_uid].trains]


def _followed(asked: Asked, who: Persons) -> set[tuple[uuid.UUID, str]]:
    """Return the persons accompanied, by domain. Follow-ups belong to no project."""
    period = asked.period
    met = training.followed(asked.space_uid, period.first, period.last) if not asked.project_uid else []
    homes = where.those_living((uid for uid, _ in met), asked.group_uid)
    return {(who.of(uid), theme) for uid, theme in met if uid in homes}


def _who(asked: Asked) -> Persons:
    """Return who is one person: the report of one space counts as that space does."""
    who = links.persons()
    return who if asked.space_uid is None else who.within(asked.space_uid)


def _of(asked: Asked, rows: list[Row]) -> list[Row]:
    wanted = asked.project_uid
    return rows if wanted is None else [row for row in rows if row.project_uid == wanted]


def _at(space_uid: uuid.UUID, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.space_uid == space_uid]


def _spaces(wanted: uuid.UUID | None, seen: set[uuid.UUID]) -> list[Place]:
    """Return the spaces to show: the active ones, and closed ones that the period still counts."""
    active = places.spaces()
    closed = (places.space(uid) for uid in sorted(seen - {one.uid for one in active}))
    known = [*active, *(one for one in closed if one)]
    return [Place(one.uid, one.name, one.phone, one.contact) for one in known if wanted in (None, one.uid)]


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


def _people(facts: Iterable[Fact], followed: Iterable[tuple[uuid.UUID, str]]) -> Mapping[uuid.UUID, Person]:
    """Return what figures need of each person; one this machine never received counts as unknown."""
    wanted = {fact.member_uid for fact in facts} | {uid for uid, _ in followed}
    known = members.sexes_and_years(wanted)
    return {uid: Person(*known.get(uid, ("unsaid", None))) for uid in wanted}
