"""Facts for figures: who was at which sitting, read for any period, space, session or person."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from kiosk.storage import session
from kiosk.training.figures import Fact, Heads, counted_weight, stayed
from kiosk.training.models import (
    Attendance,
    Enrolment,
    EnrolmentState,
    Headcount,
    Mark,
    Sitting,
    SittingState,
    TrainingSession,
)


@dataclass(frozen=True)
class Scope:
    """Which facts: every part that is None lets everything through; days are inclusive."""

    space_uid: uuid.UUID | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    session_uid: uuid.UUID | None = None
    sitting_uid: uuid.UUID | None = None
    member_uid: uuid.UUID | None = None


@dataclass(frozen=True)
class Counts:
    """How much there is: for `status`, and to compare two machines."""

    sessions: int
    enrolments: int
    attendance: int


def attendance_facts(
    space_uid: uuid.UUID | None, start: datetime.date | None, end: datetime.date | None
) -> list[Fact]:
    """Return every answer given at a sitting of the period that was not cancelled (one statement)."""
    return facts_in(Scope(space_uid, start, end))


def headcounts(
    space_uid: uuid.UUID | None, start: datetime.date | None, end: datetime.date | None
) -> list[Heads]:
    """Return the people counted without a name in the period (one statement)."""
    return heads_in(Scope(space_uid, start, end))


def facts_in(scope: Scope) -> list[Fact]:
    """Return the answers of a scope; absences are among them, voided answers are not."""
    query = _scoped(select(Attendance, Sitting, TrainingSession.project_uid), scope)
    query = query.join(Sitting, Attendance.sitting_uid == Sitting.uid).where(Attendance.mark != Mark.NONE)
    if scope.member_uid:
        query = query.where(Attendance.member_uid == scope.member_uid)
    query = query.where(Attendance.deleted_at.is_(None)).order_by(Sitting.day, Attendance.uid)
    return [_fact(*row) for row in session().execute(query)]


def heads_in(scope: Scope) -> list[Heads]:
    """Return the people without a name of a scope."""
    query = _scoped(select(Headcount, Sitting, TrainingSession.project_uid), scope)
    query = query.join(Sitting, Headcount.sitting_uid == Sitting.uid).where(Headcount.count > 0)
    query = query.where(Headcount.deleted_at.is_(None)).order_by(Sitting.day, Headcount.uid)
    return [_heads(*row) for row in session().execute(query)]


def _scoped(query: Select, scope: Scope) -> Select:
    query = query.join_from(Sitting, TrainingSession, Sitting.session_uid == TrainingSession.uid)
    query = query.where(
        Sitting.state != SittingState.CANCELLED,
        Sitting.deleted_at.is_(None),
        TrainingSession.deleted_at.is_(None),
    )
    bounds = [
        (Sitting.space_uid == scope.space_uid, scope.space_uid),
        (Sitting.day >= scope.start, scope.start),
        (Sitting.day <= scope.end, scope.end),
        (Sitting.session_uid == scope.session_uid, scope.session_uid),
        (Sitting.uid == scope.sitting_uid, scope.sitting_uid),
    ]
    return query.where(*(condition for condition, value in bounds if value is not None))


def _fact(row: Attendance, sitting: Sitting, project_uid: uuid.UUID | None) -> Fact:
    weight = counted_weight(sitting.state, sitting.weight, sitting.confirmed_weight)
    return Fact(
        row.member_uid,
        sitting.day,
        weight,
        row.mark,
        stayed(row.mark, row.minutes, sitting.minutes, (weight, sitting.weight)),
        sitting.uid,
        sitting.session_uid,
        project_uid,
        sitting.space_uid,
    )


def _heads(row: Headcount, sitting: Sitting, project_uid: uuid.UUID | None) -> Heads:
    weight = counted_weight(sitting.state, sitting.weight, sitting.confirmed_weight)
    return Heads(
        row.sex,
        row.band,
        row.count,
        sitting.day,
        weight,
        stayed(Mark.PRESENT, None, sitting.minutes, (weight, sitting.weight)),
        sitting.uid,
        sitting.session_uid,
        project_uid,
        sitting.space_uid,
    )


def counts(space_uid: uuid.UUID | None = None) -> Counts:
    """Return how many sessions, enrolments that stand and answers there are (one statement)."""
    left = (EnrolmentState.WITHDRAWN, EnrolmentState.REFUSED)
    parts: list[Any] = [
        select(func.count()).select_from(TrainingSession),
        select(func.count()).select_from(Enrolment).where(Enrolment.state.not_in(left)),
        select(func.count()).select_from(Attendance).where(Attendance.mark != Mark.NONE),
    ]
    models = (TrainingSession, Enrolment, Attendance)
    for at, model in enumerate(models):
        parts[at] = parts[at].where(model.deleted_at.is_(None))
        if space_uid is not None:
            parts[at] = parts[at].where(model.space_uid == space_uid)
    row = session().execute(select(*(part.scalar_subquery() for part in parts))).one()
    return Counts(*row)
