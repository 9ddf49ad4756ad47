"""What two machines may have made together that neither would have made alone."""

import uuid
from dataclasses import dataclass

from sqlalchemy import case, func, select

from kiosk.storage import session
from kiosk.training.enrolling import SEATED, has_name
from kiosk.training.keeping import keeps_line
from kiosk.training.models import (
    Attendance,
    Enrolment,
    EnrolmentState,
    Mark,
    SessionState,
    Sitting,
    SittingState,
    TrainingSession,
)

_OVER = (SessionState.CANCELLED, SessionState.DONE)
_MOST = 50


@dataclass(frozen=True)
class Found:
    """A session and how many people it is about: too many for its seats, or marked for nothing."""

    session_uid: uuid.UUID
    title: str
    count: int


def overfull() -> list[Found]:
    """Return sessions where more people hold a seat than there are; who walked in was let in."""
    held = func.count(Enrolment.uid)
    query = (
        select(TrainingSession.uid, TrainingSession.title, (held - TrainingSession.seats).label("over"))
        .join(Enrolment, Enrolment.session_uid == TrainingSession.uid)
        .where(
            Enrolment.state.in_(SEATED),
            Enrolment.deleted_at.is_(None),
            has_name(),
            Enrolment.walk_in.is_(False),
        )
        .where(TrainingSession.seats.is_not(None), TrainingSession.deleted_at.is_(None))
        .where(TrainingSession.state.not_in(_OVER))
        .group_by(TrainingSession.uid, TrainingSession.title, TrainingSession.seats)
        .having(held > TrainingSession.seats)
        .limit(_MOST)
    )
    return [Found(row.uid, row.title, row.over) for row in session().execute(query)]


def freed() -> list[Found]:
    """Return sessions where somebody waits for a seat that came free, and this machine gives it."""
    one, mine = TrainingSession, Enrolment
    held = func.sum(case((mine.state.in_(SEATED), 1), else_=0))
    waits = func.sum(case((mine.state == EnrolmentState.WAITING, 1), else_=0))
    query = (
        select(one, one.seats - held, waits)
        .join(mine, mine.session_uid == one.uid)
        .where(mine.deleted_at.is_(None), has_name(), one.seats.is_not(None), one.deleted_at.is_(None))
        .where(one.state.not_in(_OVER))
        .group_by(one.uid)
        .having((one.seats > held) & (waits > 0))
        .limit(_MOST)
    )
    rows = session().execute(query).all()
    return [Found(row[0].uid, row[0].title, min(row[1], row[2])) for row in rows if keeps_line(row[0])]


def marked_on_cancelled() -> list[Found]:
    """Return sessions that hold marks at a sitting which was cancelled: they count nothing."""
    query = (
        select(TrainingSession.uid, TrainingSession.title, func.count(Attendance.uid).label("marks"))
        .join(Sitting, Sitting.session_uid == TrainingSession.uid)
        .join(Attendance, Attendance.sitting_uid == Sitting.uid)
        .where(Sitting.state == SittingState.CANCELLED, Sitting.deleted_at.is_(None))
        .where(Attendance.mark != Mark.NONE, Attendance.deleted_at.is_(None))
        .group_by(TrainingSession.uid, TrainingSession.title)
        .limit(_MOST)
    )
    return [Found(row.uid, row.title, row.marks) for row in session().execute(query)]
