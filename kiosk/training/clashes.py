"""What stands in the way of sittings: the same room or the same trainer twice, a day the space is closed.

Only told, never forbidden: the manager knows whether two groups fit.
"""

import datetime
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from kiosk.language import fold
from kiosk.places import queries as places
from kiosk.places.hours import Opening
from kiosk.storage import session
from kiosk.training.beside.models import SessionTrainer
from kiosk.training.models import Mode, SessionState, Sitting, SittingState, TrainingSession
from kiosk.training.planning import HalfDay

_TAKES_PLACE = (SessionState.PLANNED, SessionState.RUNNING, SessionState.DONE)


class Over(StrEnum):
    """What two sittings both want."""

    ROOM = "room"
    TRAINER = "trainer"


@dataclass(frozen=True)
class Wanted:
    """What a session takes: `room` folded (« » for none), the uids of who holds it; `away` from the space."""

    room: str
    trainers: frozenset[uuid.UUID]
    away: bool = False


@dataclass(frozen=True)
class Clash:
    """A sitting of another session at the same time, and over what."""

    day: datetime.date
    starts: str
    over: Over
    session_uid: uuid.UUID
    title: str


def wanted(place: str, outreach: bool, mode: str, trainers: Iterable[uuid.UUID | None]) -> Wanted:
    """Return what a session takes; no room of the space when it is held elsewhere or at a distance."""
    away = outreach or mode == Mode.REMOTE
    return Wanted("" if away else fold(place), frozenset(uid for uid in trainers if uid), away)


def clashes(
    space_uid: uuid.UUID, halves: Sequence[HalfDay], mine: Wanted, but: uuid.UUID | None = None
) -> list[Clash]:
    """Return the sittings of other sessions of a space (not of `but`) that want the same at the same time.

    An hour that is not known may be any: such sittings of one day clash.
    """
    others = _others(space_uid, {half.day for half in halves}, but)
    teams = _teams({training.uid for _, training in others})
    found: list[Clash] = []
    for sitting, training in others:
        theirs = wanted(
            training.place,
            training.outreach,
            training.mode,
            (training.trainer_uid, *teams.get(training.uid, ())),
        )
        if any(_meet(half, sitting) for half in halves):
            told = (sitting.day, sitting.starts)
            found += [Clash(*told, over, training.uid, training.title) for over in _over(mine, theirs)]
    return found


def _over(mine: Wanted, theirs: Wanted) -> Iterable[Over]:
    if mine.room and mine.room == theirs.room:
        yield Over.ROOM
    if mine.trainers & theirs.trainers:
        yield Over.TRAINER


def _others(
    space_uid: uuid.UUID, days: Collection[datetime.date], but: uuid.UUID | None
) -> list[tuple[Sitting, TrainingSession]]:
    query = (
        select(Sitting, TrainingSession)
        .join(TrainingSession, TrainingSession.uid == Sitting.session_uid)
        .where(Sitting.space_uid == space_uid, Sitting.day.in_(days), Sitting.deleted_at.is_(None))
        .where(TrainingSession.deleted_at.is_(None), TrainingSession.state.in_(_TAKES_PLACE))
        .where(Sitting.state != SittingState.CANCELLED, TrainingSession.uid != (but or uuid.UUID(int=0)))
    )
    rows = session().execute(query.order_by(Sitting.day, Sitting.starts, Sitting.uid))
    return [(sitting, training) for sitting, training in rows]


def _teams(sessions: Collection[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    one = SessionTrainer
    if not sessions:
        return {}
    query = select(one.session_uid, one.staff_uid).where(one.session_uid.in_(sessions), one.active)
    teams: dict[uuid.UUID, list[uuid.UUID]] = {}
    for row in session().execute(query.where(one.deleted_at.is_(None))):
        teams.setdefault(row.session_uid, []).append(row.staff_uid)
    return teams


def _meet(half: HalfDay, sitting: Sitting) -> bool:
    if half.day != sitting.day:
        return False
    if not half.starts or not sitting.starts:
        return True
    mine, theirs = _minute(half.starts), _minute(sitting.starts)
    return mine < theirs + sitting.minutes and theirs < mine + half.minutes


def _minute(hour: str) -> int:
    hours, _, minutes = hour.partition(":")
    return int(hours) * 60 + int(minutes or 0)


def closed_days(
    space_uid: uuid.UUID, days: Iterable[datetime.date], away: bool = False
) -> dict[datetime.date, Opening]:
    """Return which of these days the space is closed, and why; `away` from it only feasts and exceptions."""
    here = places.space(space_uid)
    found = places.closings(here, sorted(set(days))) if here else {}
    return {day: held for day, held in found.items() if held.why or not away}
