"""Columns that lists have in common: counts made inside the statement that lists."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, and_, case, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from kiosk.training.enrolling import SEATED, has_name
from kiosk.training.models import (
    Attendance,
    Enrolment,
    EnrolmentState,
    Headcount,
    Mark,
    SessionState,
    Sitting,
    SittingState,
    TrainingSession,
)
from kiosk.training.stages import CALLED_OFF

_GOES_ON = (SessionState.PLANNED, SessionState.RUNNING)


def standing(sitting: Any) -> ColumnElement[bool]:
    """Return the condition that a sitting is neither removed nor cancelled."""
    return and_(sitting.deleted_at.is_(None), sitting.state != SittingState.CANCELLED)


def held(sitting: Any) -> ColumnElement[bool]:
    """Return the condition that a sitting took place: its sheet is entered, or somebody is marked on it.

    Whoever is excused said so beforehand, most often.
    """
    told_before = Mark.NONE, Mark.EXCUSED
    marked = select(Attendance.uid).where(
        Attendance.sitting_uid == sitting.uid, Attendance.mark.not_in(told_before)
    )
    unnamed = select(Headcount.uid).where(Headcount.sitting_uid == sitting.uid, Headcount.count > 0)
    some = (marked.correlate(sitting).exists(), unnamed.correlate(sitting).exists())
    return and_(standing(sitting), or_(sitting.closed_at.is_not(None), *some))


def called_off() -> ColumnElement[bool]:
    """Return the condition that each sitting of a session was cancelled, and the session was not."""
    one = aliased(Sitting)
    hers = one.session_uid == TrainingSession.uid, one.deleted_at.is_(None)
    some = select(one.uid).where(*hers).correlate(TrainingSession)
    stands = some.where(one.state != SittingState.CANCELLED)
    return and_(TrainingSession.state.in_(_GOES_ON), some.exists(), ~stands.exists())


def told() -> ColumnElement[str]:
    """Return the column of where a session stands as it is said (see `stages.told`)."""
    return case((called_off(), CALLED_OFF), else_=type_coerce(TrainingSession.state, String))


def counted(query: Select, outer: Any) -> ScalarSelect:
    """Return a count as a column of a statement over `outer`."""
    return query.correlate(outer, TrainingSession).scalar_subquery()


def seats_taken() -> ScalarSelect:
    """Return the column of people with a seat in the session."""
    return _enrolled(Enrolment.state.in_(SEATED))


def in_line() -> ScalarSelect:
    """Return the column of people on the session's waiting list."""
    return _enrolled(Enrolment.state == EnrolmentState.WAITING)


def _enrolled(which: ColumnElement[bool]) -> ScalarSelect:
    rows = select(func.count()).select_from(Enrolment)
    # Once it is over, whoever was there is counted for good.
    which = and_(which, or_(TrainingSession.state == SessionState.DONE, has_name()))
    return counted(rows.where(Enrolment.session_uid == TrainingSession.uid, which), TrainingSession)
