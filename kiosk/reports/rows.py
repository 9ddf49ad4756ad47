"""The rows a report is made of, read once: for a period, a space or all, a project or all."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kiosk.desk import queries as desk
from kiosk.reports import where
from kiosk.reports.periods import Period
from kiosk.training import queries as training
from kiosk.training.figures import Fact, Heads
from kiosk.training.following import reading as following
from kiosk.training.following.reading import Met

Row = TypeVar("Row", Fact, Heads)


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
    def days(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day, both inclusive."""
        return self.period.first, self.period.last

    @property
    def is_part(self) -> bool:
        """Tell whether it leaves out what belongs to no project and what lives nowhere known."""
        return self.project_uid is not None or self.group_uid is not None

    def counts(self, held: training.Held) -> bool:
        """Tell whether a sitting is of the project."""
        return self.project_uid in (None, held.project_uid)

    @property
    def named(self) -> bool:
        """Tell whether only people known by name can be in it."""
        return self.group_uid is not None


@dataclass(frozen=True)
class Rows:
    """Answers, counts, what sessions are, follow-ups, visits by space: said of cards, not yet of people."""

    told: Sequence[Fact]
    counts: Sequence[Heads]
    traits: Mapping[uuid.UUID, training.Trait]
    met: Sequence[Met]
    visits: Mapping[uuid.UUID, int]

    def teaching(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Keep what counts as training; the rest is counted beside it."""
        others = {uid for uid, trait in self.traits.items() if not trait.trains}
        return [row for row in rows if row.session_uid not in others] if others else rows


def read(asked: Asked) -> Rows:
    """Read the rows of a period, for one space or all, for one project or all.

    Visits and follow-ups belong to no project. Where people must live in a group of communes,
    whoever has no name is left out, and so is what sittings counted of everybody.
    """
    scope = training.Scope(asked.space_uid, *asked.days)
    held = {uid: one for uid, one in training.held_in(scope).items() if asked.counts(one)}
    told = where.living(training.facts_in(scope, held), asked.group_uid)
    counts = [] if asked.named else training.heads_in(scope, held)
    traits = training.traits(held.values())
    if asked.named:
        traits = {uid: replace(one, spoke=training.Spoken(), posts=None) for uid, one in traits.items()}
    met = [] if asked.project_uid else following.met(asked.space_uid, *asked.days)
    visits = {} if asked.is_part else desk.count_visits(*asked.days)
    return Rows(told, counts, traits, where.met(met, asked.group_uid), visits)
