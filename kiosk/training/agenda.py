"""Lists of sittings and sessions: the day's, the sheets to enter, the programme, the staff's list.

Each list is one statement, whatever the number of rows.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from kiosk.storage import search, session
from kiosk.training.enrolling import SEATED
from kiosk.training.figures import counted_weight
from kiosk.training.models import (
    Attendance,
    Enrolment,
    EnrolmentState,
    Mark,
    RequestState,
    SeatRequest,
    SessionState,
    Sitting,
    SittingState,
    TrainingSession,
)

OPEN = (SessionState.DRAFT, SessionState.PLANNED, SessionState.RUNNING, SessionState.POSTPONED)
OVER = (SessionState.DONE, SessionState.CANCELLED)
_TAKES_PLACE = (SessionState.PLANNED, SessionState.RUNNING, SessionState.DONE)
_THERE = (Mark.PRESENT, Mark.LATE, Mark.PARTIAL)


@dataclass(frozen=True)
class SittingLine:
    """A sitting as lists show it: `number` of `total`, people with a seat, people who came."""

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

    @property
    def entered(self) -> bool:
        """Tell whether its sheet was entered."""
        return self.closed_at is not None

    @property
    def counted(self) -> int:
        """What it counts for one person, in hundredths of a day."""
        return counted_weight(self.state, self.weight, self.confirmed_weight)


@dataclass(frozen=True)
class SessionLine:
    """A session as lists show it. `first` and `last` are None while no day is firm."""

    uid: uuid.UUID
    code: str
    title: str
    state: str
    place: str
    trainer_name: str
    seats: int | None
    rough_month: datetime.date | None
    first: datetime.date | None
    last: datetime.date | None
    sittings: int
    entered: int
    seated: int
    waiting: int
    requests: int

    @property
    def month(self) -> datetime.date | None:
        """The month it is listed under."""
        return self.rough_month or (self.first.replace(day=1) if self.first else None)

    @property
    def free(self) -> int | None:
        """How many seats are free, never under nought; None without a limit."""
        return None if self.seats is None else max(self.seats - self.seated, 0)


def sittings_on(space_uid: uuid.UUID, day: datetime.date) -> list[SittingLine]:
    """Return the sittings of a day that take place, in the order of their hours."""
    query = _lines(space_uid).where(Sitting.day == day, TrainingSession.state.in_(_TAKES_PLACE))
    return _sittings(query.order_by(Sitting.starts, Sitting.uid))


def sheets_to_enter(space_uid: uuid.UUID, today: datetime.date) -> list[SittingLine]:
    """Return the sittings of that day or before whose sheet is not entered yet, oldest first."""
    query = _lines(space_uid).where(
        Sitting.day <= today, Sitting.closed_at.is_(None), TrainingSession.state.in_(_TAKES_PLACE)
    )
    return _sittings(query.order_by(Sitting.day, Sitting.starts, Sitting.uid))


def sitting_line(sitting_uid: uuid.UUID) -> SittingLine | None:
    """Return one sitting as lists show it."""
    found = _sittings(_all_lines().where(Sitting.uid == sitting_uid))
    return found[0] if found else None


def sitting_lines(session_uid: uuid.UUID) -> list[SittingLine]:
    """Return every sitting of a session, cancelled ones included."""
    query = _all_lines().where(Sitting.session_uid == session_uid)
    return _sittings(query.order_by(Sitting.day, Sitting.starts, Sitting.uid))


def listing(space_uid: uuid.UUID | None, over: bool, words: str = "") -> Select:
    """Return the sessions to come and under way, or those that are over, for `paginate`."""
    first, month = _first_day(), _month()
    query = _session_lines().where(TrainingSession.state.in_(OVER if over else OPEN))
    if space_uid is not None:
        query = query.where(TrainingSession.space_uid == space_uid)
    if words.strip():
        query = query.where(search.matching(TrainingSession, words))
    order = [month.desc(), first.desc()] if over else [month, first.is_(None), first]
    return query.order_by(*order, TrainingSession.title, TrainingSession.uid)


def session_lines(rows: Iterable[Any]) -> list[SessionLine]:
    """Return rows of `listing` as lines."""
    return [SessionLine(*values) for values in rows]


def next_public(space_uid: uuid.UUID, today: datetime.date) -> SessionLine | None:
    """Return the next session a passer-by may come to; its `first` is the next day it takes place."""
    sitting = aliased(Sitting)
    due = (sitting.session_uid == TrainingSession.uid, standing(sitting), sitting.day >= today)
    day = _count(select(func.min(sitting.day)).where(*due), TrainingSession)
    open_states = (SessionState.PLANNED, SessionState.RUNNING)
    query = _session_lines().add_columns(day.label("due"))
    query = query.where(TrainingSession.space_uid == space_uid, TrainingSession.state.in_(open_states))
    row = session().execute(query.where(day.is_not(None)).order_by(day, TrainingSession.uid)).first()
    return None if row is None else replace(SessionLine(*row[:-1]), first=row.due)


def sessions_of(member_uid: uuid.UUID) -> list[tuple[SessionLine, str]]:
    """Return the sessions a member is or was in, newest first, with the state of her enrolment."""
    query = _session_lines().add_columns(Enrolment.state).where(Enrolment.member_uid == member_uid)
    query = query.join(Enrolment, Enrolment.session_uid == TrainingSession.uid)
    rows = session().execute(query.order_by(_month().desc(), _first_day().desc()).limit(50))
    return [(SessionLine(*row[:-1]), row[-1]) for row in rows]


def waiting_requests(space_uid: uuid.UUID) -> int:
    """Return how many seats asked for from phones wait for an answer."""
    waiting = select(func.count()).where(
        SeatRequest.space_uid == space_uid,
        SeatRequest.state == RequestState.WAITING,
        SeatRequest.deleted_at.is_(None),
    )
    return session().scalar(waiting) or 0


def _sittings(query: Select) -> list[SittingLine]:
    return [SittingLine(*row) for row in session().execute(query)]


def _lines(space_uid: uuid.UUID) -> Select:
    return _all_lines().where(Sitting.space_uid == space_uid, Sitting.state != SittingState.CANCELLED)


def _all_lines() -> Select:
    here, other = Sitting, aliased(Sitting)
    same = and_(other.session_uid == here.session_uid, standing(other))
    before = or_(other.day < here.day, and_(other.day == here.day, other.starts <= here.starts))
    present = select(func.count()).where(Attendance.sitting_uid == here.uid, Attendance.mark.in_(_THERE))
    session_columns = (TrainingSession.title, TrainingSession.place)
    return (
        select(here.uid, here.session_uid, *session_columns, here.day, here.starts, here.minutes)
        .add_columns(here.weight, here.confirmed_weight)
        .add_columns(here.state, here.reason, TrainingSession.state, here.closed_at)
        .add_columns(_count(select(func.count(other.uid)).where(same, before), here))
        .add_columns(_count(select(func.count(other.uid)).where(same), here))
        .add_columns(seats_taken(), _count(present, here))
        .join(TrainingSession, TrainingSession.uid == here.session_uid)
        .where(here.deleted_at.is_(None), TrainingSession.deleted_at.is_(None))
    )


def _session_lines() -> Select:
    one, sitting = TrainingSession, aliased(Sitting)
    mine = and_(sitting.session_uid == one.uid, standing(sitting))
    requests = select(func.count()).where(
        SeatRequest.session_uid == one.uid, SeatRequest.state == RequestState.WAITING
    )
    return (
        select(one.uid, one.code, one.title, one.state, one.place, one.trainer_name, one.seats)
        .add_columns(one.rough_month, _first_day(), _count(select(func.max(sitting.day)).where(mine), one))
        .add_columns(_count(select(func.count(sitting.uid)).where(mine), one))
        .add_columns(_count(select(func.count(sitting.closed_at)).where(mine), one))
        .add_columns(seats_taken(), in_line(), _count(requests, one))
        .where(one.deleted_at.is_(None))
    )


def standing(sitting: Any) -> ColumnElement[bool]:
    """Return the condition that a sitting is neither removed nor cancelled."""
    return and_(sitting.deleted_at.is_(None), sitting.state != SittingState.CANCELLED)


def _count(query: Select, outer: Any) -> ScalarSelect:
    return query.correlate(outer, TrainingSession).scalar_subquery()


def _first_day() -> ScalarSelect:
    sitting = aliased(Sitting)
    first = select(func.min(sitting.day)).where(sitting.session_uid == TrainingSession.uid, standing(sitting))
    return _count(first, TrainingSession)


def _month() -> ColumnElement[Any]:
    return func.coalesce(TrainingSession.rough_month, _first_day())


def seats_taken() -> ScalarSelect:
    """Return the column of people with a seat in the session."""
    return _enrolled(Enrolment.state.in_(SEATED))


def in_line() -> ScalarSelect:
    """Return the column of people on the session's waiting list."""
    return _enrolled(Enrolment.state == EnrolmentState.WAITING)


def _enrolled(which: ColumnElement[bool]) -> ScalarSelect:
    rows = select(func.count()).select_from(Enrolment)
    return _count(rows.where(Enrolment.session_uid == TrainingSession.uid, which), TrainingSession)
