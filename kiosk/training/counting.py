"""Columns that lists have in common: counts made inside the statement that lists."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select

from kiosk.training.enrolling import SEATED, has_name
from kiosk.training.models import Enrolment, EnrolmentState, SessionState, SittingState, TrainingSession


def standing(sitting: Any) -> ColumnElement[bool]:
    """Return the condition that a sitting is neither removed nor cancelled."""
    return and_(sitting.deleted_at.is_(None), sitting.state != SittingState.CANCELLED)


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
