"""Reading the figures: for a period, a space or all, a project or all."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from kiosk.desk import queries as desk
from kiosk.members import queries as members
from kiosk.places import queries as places
from kiosk.places.models import Space
from kiosk.reports.figures import Indicators, Person, indicators
from kiosk.reports.periods import Period
from kiosk.training import facts as training
from kiosk.training.figures import Fact, Heads

Row = TypeVar("Row", Fact, Heads)


@dataclass(frozen=True)
class SpaceFigures:
    """The figures of one space."""

    space: Space
    figures: Indicators


@dataclass(frozen=True)
class Report:
    """The figures of every space and of all together.

    `spaces` may sum to more people than `total`: someone trained in two spaces
    counts once in the total.
    """

    period: Period
    spaces: Sequence[SpaceFigures]
    total: Indicators

    @property
    def seen_twice(self) -> int:
        """How many more people the spaces count together than the total does."""
        return sum(one.figures.people.total for one in self.spaces) - self.total.people.total


def report(
    period: Period, space_uid: uuid.UUID | None = None, project_uid: uuid.UUID | None = None
) -> Report:
    """Read everything once, then work out each space's figures and the total's."""
    facts = _of(project_uid, training.attendance_facts(space_uid, period.first, period.last))
    heads = _of(project_uid, training.headcounts(space_uid, period.first, period.last))
    people = _people(facts)
    visits = desk.count_visits(period.first, period.last) if project_uid is None else {}
    lines = []
    for space in places.spaces():
        if space_uid in (None, space.uid):
            mine = [one for one in facts if one.space_uid == space.uid]
            counted = [one for one in heads if one.space_uid == space.uid]
            lines.append(SpaceFigures(space, indicators(mine, counted, people, visits.get(space.uid, 0))))
    came = sum(line.figures.visits for line in lines)
    return Report(period, lines, indicators(facts, heads, people, came))


def _of(project_uid: uuid.UUID | None, rows: list[Row]) -> list[Row]:
    return rows if project_uid is None else [row for row in rows if row.project_uid == project_uid]


def _people(facts: Sequence[Fact]) -> dict[uuid.UUID, Person]:
    """Return what figures need of each member; one this machine never received counts as unknown."""
    wanted = {fact.member_uid for fact in facts}
    known = members.sexes_and_years(wanted)
    return {uid: Person(*known.get(uid, ("unsaid", None))) for uid in wanted}
