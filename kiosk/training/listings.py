"""Lists of sessions: the staff's by month, a member's own, the next one for a passer-by.

Each list is one statement, whatever the number of rows.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from kiosk.storage import search, session
from kiosk.training.catalogue.seeds import theme_of
from kiosk.training.counting import counted, in_line, seats_taken, standing, told
from kiosk.training.models import (
    Course,
    Enrolment,
    RequestState,
    SeatRequest,
    SessionState,
    Sitting,
    TrainingSession,
)

OPEN = (SessionState.DRAFT, SessionState.PLANNED, SessionState.RUNNING, SessionState.POSTPONED)
OVER = (SessionState.DONE, SessionState.CANCELLED)
_KEPT = 20


@dataclass(frozen=True)
class SessionLine:
    """A session as lists show it. `first` and `last` are None while no day is firm.

    `state` is what is said of it: CALLED_OFF too.
    """

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


def listing(space_uid: uuid.UUID | None, over: bool, words: str = "", theme: str = "") -> Select:
    """Return the sessions to come and under way, or those that are over, for `paginate`.

    `theme` is the key of a domain: the session's own, else that of its course.
    """
    query = _every(space_uid, over)
    if words.strip():
        query = query.where(search.matching(TrainingSession, code_in(words)))
    if theme:
        query = query.where(_about(theme))
    return query


@lru_cache(maxsize=_KEPT)
def _every(space_uid: uuid.UUID | None, over: bool) -> Select:
    # Kept, as `paginate` keeps what it makes of it: building this statement costs more than running it.
    first, month = _first_day(), _month()
    query = _session_lines().where(TrainingSession.state.in_(OVER if over else OPEN))
    if space_uid is not None:
        query = query.where(TrainingSession.space_uid == space_uid)
    order = [month.desc(), first.desc()] if over else [month, first.is_(None), first]
    return query.order_by(*order, TrainingSession.title, TrainingSession.uid)


def _about(theme: str) -> ColumnElement[bool]:
    courses = session().scalars(select(Course))
    bearing = [course.uid for course in courses if theme_of(course) == theme]
    one = TrainingSession
    return or_(one.theme == theme, and_(one.theme == "", one.course_uid.in_(bearing)))


def code_in(words: str) -> str:
    """Return the session's code when a sheet's number was typed (« F-NIO-7Q2M4K-C »), else the words."""
    parts = words.strip().upper().split("-")
    return parts[2] if len(parts) == 4 and parts[0] == "F" else words


def session_lines(rows: Iterable[Any]) -> list[SessionLine]:
    """Return rows of `listing` as lines."""
    return [SessionLine(*values) for values in rows]


def with_people(space_uid: uuid.UUID | None, most: int) -> list[SessionLine]:
    """Return the first sessions to come or under way in which somebody has a seat."""
    return [line for line in coming(space_uid, most) if line.seated]


def coming(space_uid: uuid.UUID | None, most: int) -> list[SessionLine]:
    """Return the first sessions to come or under way (one statement)."""
    return session_lines(session().execute(listing(space_uid, over=False).limit(most)))


def spaces_of(uids: set[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the space of each session, for lists that hold several spaces' sessions."""
    query = select(TrainingSession.uid, TrainingSession.space_uid).where(TrainingSession.uid.in_(uids))
    return {row[0]: row[1] for row in session().execute(query)}


def next_public(space_uid: uuid.UUID, today: datetime.date) -> SessionLine | None:
    """Return the next session a passer-by may come to; its `first` is the next day it takes place."""
    sitting = aliased(Sitting)
    due = (sitting.session_uid == TrainingSession.uid, standing(sitting), sitting.day >= today)
    day = counted(select(func.min(sitting.day)).where(*due), TrainingSession)
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
    waiting = select(func.count(SeatRequest.uid)).join(
        TrainingSession, TrainingSession.uid == SeatRequest.session_uid
    )
    return session().scalar(waiting.where(*waits_in(space_uid))) or 0


def waits_in(space_uid: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a seat that waits for an answer; with its session it is gone."""
    mine = SeatRequest.space_uid == space_uid, SeatRequest.state == RequestState.WAITING
    return *mine, SeatRequest.deleted_at.is_(None), TrainingSession.deleted_at.is_(None)


def _session_lines() -> Select:
    one, sitting = TrainingSession, aliased(Sitting)
    mine = and_(sitting.session_uid == one.uid, standing(sitting))
    requests = select(func.count()).where(
        SeatRequest.session_uid == one.uid, SeatRequest.state == RequestState.WAITING
    )
    return (
        select(one.uid, one.code, one.title, told().label("state"), one.place, one.trainer_name, one.seats)
        .add_columns(one.rough_month, _first_day(), counted(select(func.max(sitting.day)).where(mine), one))
        .add_columns(counted(select(func.count(sitting.uid)).where(mine), one))
        .add_columns(counted(select(func.count(sitting.closed_at)).where(mine), one))
        .add_columns(seats_taken(), in_line(), counted(requests, one))
        .where(one.deleted_at.is_(None))
    )


def _first_day() -> ScalarSelect:
    sitting = aliased(Sitting)
    first = select(func.min(sitting.day)).where(sitting.session_uid == TrainingSession.uid, standing(sitting))
    return counted(first, TrainingSession)


def _month() -> ColumnElement[Any]:
    return func.coalesce(TrainingSession.rough_month, _first_day())
