"""Laying out the sittings of a form: their days, what was skipped, what stands in the way; shown first."""

import datetime
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import request

from kiosk.language import msg
from kiosk.storage import Refusal
from kiosk.training.agenda import SittingLine
from kiosk.training.beside import reading as beside
from kiosk.training.clashes import Clash, Wanted, clashes, closed_days, wanted
from kiosk.training.forms import DateFields
from kiosk.training.models import SittingState, TrainingSession
from kiosk.training.pattern import lay
from kiosk.training.planning import HalfDay

MANY = 4


@dataclass(frozen=True)
class Layout:
    """The sittings of a form, with all that a manager should see before she saves them."""

    halves: list[HalfDay] = field(default_factory=list)
    skipped: list[tuple[datetime.date, str]] = field(default_factory=list)
    closed: list[tuple[datetime.date, str]] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name these very sittings: another pattern has another name."""
        told = repr(([*self.halves], self.skipped, self.closed, self.clashes))
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    @property
    def by_day(self) -> dict[datetime.date, list[HalfDay]]:
        """The sittings under their days, in order."""
        found: dict[datetime.date, list[HalfDay]] = {}
        for half in self.halves:
            found.setdefault(half.day, []).append(half)
        return found

    @property
    def speaks(self) -> bool:
        """Tell whether there is something to see: many sittings, a closed day, a clash."""
        return len(self.halves) > MANY or bool(self.skipped or self.closed or self.clashes)


def laid(form: DateFields, space_uid: uuid.UUID, mine: Wanted, but: uuid.UUID | None = None) -> Layout:
    """Return the sittings of a form; none without a first day. Raises Refusal where no day is left."""
    pattern = form.pattern()
    if pattern is None:
        return Layout()

    def why_closed(day: datetime.date) -> str | None:
        held = closed_days(space_uid, [day], mine.away).get(day)
        return held.why if held else None

    found = lay(pattern, why_closed) if form.skip.data else lay(pattern)
    if not found.days:
        raise Refusal(msg("Aucun jour ne convient. Changez le rythme."), field="only")
    halves = form.halves(found.days)
    closed = [(day, held.why) for day, held in closed_days(space_uid, found.days, mine.away).items()]
    return Layout(halves, found.skipped, closed, clashes(space_uid, halves, mine, but))


def demanded(layout: Layout) -> list[HalfDay]:
    """Return the sittings, or raise: there must be a first day."""
    if not layout.halves:
        raise Refusal(msg("Donnez le premier jour."), field="first_day")
    return layout.halves


def to_be_seen(layout: Layout) -> bool:
    """Tell whether a form must show its sittings first: asked for, or something to see that was not yet."""
    if request.form.get("act") == "see":
        return bool(layout.halves)
    return layout.speaks and request.form.get("seen") != layout.name and request.form.get("act") != "draft"


def taken_by(training: TrainingSession) -> Wanted:
    """Return the room and the people a session takes."""
    team = [one.uid for one in beside.team(training)]
    return wanted(training.place, training.outreach, training.mode, team)


def in_the_way(training: TrainingSession, sittings: Iterable[SittingLine]) -> Layout:
    """Return what stands in the way of the sittings of a session that still wait for their sheet.

    A usual day off was the manager's own word; a feast may have come since.
    """
    waiting = [one for one in sittings if not one.entered and one.state != SittingState.CANCELLED]
    halves = [HalfDay(one.day, one.starts, one.minutes) for one in waiting]
    mine = taken_by(training)
    closed = closed_days(training.space_uid, (half.day for half in halves), away=True)
    told = [(day, held.why) for day, held in closed.items()]
    return Layout(halves, [], told, clashes(training.space_uid, halves, mine, training.uid))
