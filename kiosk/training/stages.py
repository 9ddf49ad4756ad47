"""How a session moves on: entered sheets, a new date, a wait, a cancellation, and back.

A state moves only because someone acted. RUNNING and DONE follow from the sheets
entered, both ways: a sheet taken back reopens its session.
"""

import datetime
import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from kiosk.language import msg
from kiosk.storage import Refusal
from kiosk.training.finding import sittings_of
from kiosk.training.models import SessionState, Sitting, SittingState, TrainingSession

_FIRST_DAY, _LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)
CALLED_OFF = "called_off"
"""Where a session is said to stand when each of its sittings was cancelled, one by one; never stored."""
_BY_SHEETS = (SessionState.PLANNED, SessionState.RUNNING, SessionState.DONE)


class Stage(NamedTuple):
    """Where a session stood before its days moved: the first day that waited, and what it said."""

    first: datetime.date
    state: str
    reason: str
    rough_month: datetime.date | None


def real(day: datetime.date) -> datetime.date:
    """Return `day` if a session can fall on it, or raise: an impossible year is a slip of the pen."""
    if not _FIRST_DAY <= day < _LAST_DAY:
        raise Refusal(msg("Cette date n’est pas possible. Vérifiez l’année."), field="first_day")
    return day


def settle(training: TrainingSession) -> None:
    """Bring the state in line with the sheets entered; leaves drafts and stopped sessions alone."""
    if training.state not in _BY_SHEETS:
        return
    stage = stage_of(sittings_of(training))
    if training.state != stage:
        training.state = stage


def stage_of(sittings: Iterable[Sitting]) -> SessionState:
    """Return where a session stands by its sheets: none entered, some, or all that count."""
    standing = [one for one in sittings if one.state != SittingState.CANCELLED]
    entered = [one.closed_at is not None for one in standing]
    if not any(entered):
        return SessionState.PLANNED
    return SessionState.DONE if all(entered) else SessionState.RUNNING


def told(training: TrainingSession, sittings: Iterable[str]) -> str:
    """Return where a session stands as it is said, from the states of its `sittings`."""
    goes_on = training.state in (SessionState.PLANNED, SessionState.RUNNING)
    called_off = goes_on and set(sittings) == {SittingState.CANCELLED}
    return CALLED_OFF if called_off else training.state


def cancel(training: TrainingSession, reason: str) -> None:
    """Stop a session for good. Marks already given keep counting; the rest will not take place."""
    training.reason = _reason(reason)
    training.state = SessionState.CANCELLED


def put_off(training: TrainingSession, reason: str, month: datetime.date | None = None) -> None:
    """Put a session off without a firm day: it waits, under `month` where one is known."""
    _not_finished(training)
    training.reason = _reason(reason)
    training.rough_month = real(month).replace(day=1) if month else None
    training.state = SessionState.POSTPONED


def move_to(training: TrainingSession, first: datetime.date, reason: str) -> tuple[int, Stage]:
    """Move the sittings not yet entered so that the first falls on `first`.

    Return how many moved, and where the session stood (for `move_back`).
    """
    _not_finished(training)
    waiting = _waiting(training)
    if not waiting:
        raise Refusal(msg("Aucune séance n’attend : il n’y a rien à déplacer."), field="first_day")
    stood = Stage(waiting[0].day, training.state, training.reason, training.rough_month)
    training.reason = _reason(reason)
    _shift(waiting, real(first))
    resume(training)
    return len(waiting), stood


def move_back(training: TrainingSession, stood: Stage, left: str) -> None:
    """Take back a move: every sitting has the day it had, the session its state and its reason.

    `left` is the `timetable` the move left. Raises Refusal when it is another one
    by now: a sheet entered or a day changed since stays.
    """
    if left != timetable(training):
        raise Refusal(msg("Une séance a changé depuis. Remettez les jours vous-même."))
    _shift(_waiting(training), stood.first)
    training.state, training.reason = SessionState(stood.state), stood.reason
    training.rough_month = stood.rough_month


def timetable(training: TrainingSession) -> str:
    """Return the name of how a session and its sittings stand now: one change, another name."""
    stand = [(one.uid.hex, one.day, str(one.state), one.closed_at) for one in sittings_of(training)]
    told = repr((str(training.state), training.reason, [*map(str, stand)]))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _waiting(training: TrainingSession) -> list[Sitting]:
    return [one for one in sittings_of(training) if is_open(one)]


def _shift(waiting: list[Sitting], first: datetime.date) -> None:
    shift = first - waiting[0].day
    for sitting in waiting:
        move(sitting, real(sitting.day + shift))


def is_open(sitting: Sitting) -> bool:
    """Tell whether a sitting still waits for its sheet."""
    return sitting.closed_at is None and sitting.state != SittingState.CANCELLED


def resume(training: TrainingSession) -> None:
    """Take back a cancellation or a wait: the session stands where its sheets say."""
    if training.state == SessionState.DRAFT:
        return
    sittings = sittings_of(training)
    training.rough_month = None if sittings else training.rough_month
    training.reason = training.reason if any(one.moved_from for one in sittings) else ""
    training.state = stage_of(sittings)


def move(sitting: Sitting, day: datetime.date) -> None:
    """Put a sitting on another day and keep the day first announced."""
    if sitting.day == day:
        return
    first_said = sitting.moved_from or sitting.day
    sitting.day, sitting.moved_from = day, (None if first_said == day else first_said)


def _reason(text: str) -> str:
    if not text:
        raise Refusal(msg("Dites pourquoi : les personnes inscrites le liront."), field="reason")
    return text


def _not_finished(training: TrainingSession) -> None:
    if training.state in (SessionState.DONE, SessionState.CANCELLED):
        raise Refusal(msg("Cette formation est terminée : elle ne se déplace plus."))
