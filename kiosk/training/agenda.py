"""Lists of sittings: the day's, the sheets to enter, a session's own.

Each list is one statement, whatever the number of rows.
"""

import datetime
import uuid
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from kiosk.storage import session
from kiosk.training.counting import counted, seats_taken, standing
from kiosk.training.figures import counted_weight
from kiosk.training.models import (
    Attendance,
    Headcount,
    Mark,
    SessionState,
    Sitting,
    SittingState,
    TrainingSession,
)

_TAKES_PLACE = (SessionState.PLANNED, SessionState.RUNNING, SessionState.DONE)
_THERE = (Mark.PRESENT, Mark.LATE, Mark.PARTIAL)


@dataclass(frozen=True)
class SittingLine:
    """A sitting as lists show it: `number` of `total`, who has a seat, who came, `heads` without a name.

    `estimated` of the counts behind `heads` are estimates.
    """

    uid: uuid.UUID
    session_uid: uuid.UUID
    title: str
    place: str
    day: datetime.date
    starts: str
    minutes: int
    weight: int
    confirmed_weight: int | None
    state: str
    reason: str
    session_state: str
    closed_at: int | None
    number: int
    total: int
    seated: int
    present: int
    heads: int
    estimated: int

    @property
    def entered(self) -> bool:
        """Tell whether its sheet was entered."""
        return self.closed_at is not None

    @property
    def waits(self) -> bool:
        """Tell whether it still waits for its sheet."""
        return not self.entered and self.state != SittingState.CANCELLED

    @property
    def counted(self) -> int:
        """What it counts for one person, in hundredths of a day."""
        return counted_weight(self.state, self.weight, self.confirmed_weight)


def sittings_on(space_uid: uuid.UUID, day: datetime.date) -> list[SittingLine]:
    """Return the sittings of a day that take place, in the order of their hours."""
    query = _lines(space_uid).where(Sitting.day == day, TrainingSession.state.in_(_TAKES_PLACE))
    return _sittings(query.order_by(Sitting.starts, Sitting.uid))


def sheets_to_enter(
    space_uid: uuid.UUID, last: datetime.date, most: int = 30
) -> tuple[list[SittingLine], int]:
    """Return the oldest `most` sittings up to that day whose sheet waits, and how many wait in all."""
    query = _lines(space_uid).where(
        Sitting.day <= last, Sitting.closed_at.is_(None), TrainingSession.state.in_(_TAKES_PLACE)
    )
    counted_all = query.add_columns(func.count().over()).limit(most)
    rows = session().execute(counted_all.order_by(Sitting.day, Sitting.starts, Sitting.uid)).all()
    return [SittingLine(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


def sitting_line(sitting_uid: uuid.UUID) -> SittingLine | None:
    """Return one sitting as lists show it."""
    found = _sittings(_all_lines().where(Sitting.uid == sitting_uid))
    return found[0] if found else None


def sitting_lines(session_uid: uuid.UUID) -> list[SittingLine]:
    """Return every sitting of a session, cancelled ones included."""
    query = _all_lines().where(Sitting.session_uid == session_uid)
    return _sittings(query.order_by(Sitting.day, Sitting.starts, Sitting.uid))


def _sittings(query: Select) -> list[SittingLine]:
    return [SittingLine(*row) for row in session().execute(query)]


def _lines(space_uid: uuid.UUID) -> Select:
    return _all_lines().where(Sitting.space_uid == space_uid, Sitting.state != SittingState.CANCELLED)


def _all_lines() -> Select:
    here, other = Sitting, aliased(Sitting)
    same = and_(other.session_uid == here.session_uid, standing(other))
    before = or_(other.day < here.day, and_(other.day == here.day, other.starts <= here.starts))
    present = select(func.count()).where(Attendance.sitting_uid == here.uid, Attendance.mark.in_(_THERE))
    heads = select(func.sum(Headcount.count)).where(Headcount.sitting_uid == here.uid)
    rough = select(func.count()).where(
        Headcount.sitting_uid == here.uid, Headcount.about, Headcount.count > 0
    )
    session_columns = (TrainingSession.title, TrainingSession.place)
    return (
        select(here.uid, here.session_uid, *session_columns, here.day, here.starts, here.minutes)
        .add_columns(here.weight, here.confirmed_weight)
        .add_columns(here.state, here.reason, TrainingSession.state, here.closed_at)
        .add_columns(counted(select(func.count(other.uid)).where(same, before), here))
        .add_columns(counted(select(func.count(other.uid)).where(same), here))
        .add_columns(seats_taken(), counted(present, here), func.coalesce(counted(heads, here), 0))
        .add_columns(counted(rough, here))
        .join(TrainingSession, TrainingSession.uid == here.session_uid)
        .where(here.deleted_at.is_(None), TrainingSession.deleted_at.is_(None))
    )
