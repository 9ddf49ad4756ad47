"""The sheet of a sitting: answers beside names, closing, and undo.

Nothing is counted here: figures are made of the marks each time. Saving keeps
the answers the sheet held before, so that one act can be taken back.
"""

import datetime
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from kiosk.language import msg
from kiosk.storage import Refusal, clock, derived_uid, session
from kiosk.training import enrolling
from kiosk.training.finding import find_session
from kiosk.training.models import (
    Attendance,
    Enrolment,
    Mark,
    SessionState,
    SheetUndo,
    Sitting,
    SittingState,
    TrainingSession,
)
from kiosk.training.sittings import confirm_day
from kiosk.training.stages import move, settle

Said = tuple[str, int | None]
Standing = tuple[int | None, str, datetime.date]
_NOT_TAKEN = (SessionState.DRAFT, SessionState.CANCELLED, SessionState.POSTPONED)


@dataclass(frozen=True)
class Answer:
    """What is written beside a name; `minutes` only where someone counted them.

    `keep`: an answer without minutes leaves those already written, as long as the
    mark stays the same (a tap on the sheet says nothing of minutes).
    """

    mark: Mark
    minutes: int | None = None
    keep: bool = True


def attendance_uid(sitting_uid: uuid.UUID, member_uid: uuid.UUID) -> uuid.UUID:
    """Return the id of a member's mark at a sitting, the same on every machine."""
    return derived_uid("att", sitting_uid, member_uid)


def mark(sitting: Sitting, answers: Mapping[uuid.UUID, Answer]) -> int:
    """Save answers beside names and return how many changed; the ones before can be taken back.

    Raises Refusal when the sitting takes no attendance or a person is not on its sheet.
    """
    check_open(sitting)
    was = _standing(sitting)
    before = _save(sitting, answers)
    if before:
        _remember(sitting, before, was)
    return len(before)


def _save(sitting: Sitting, answers: Mapping[uuid.UUID, Answer]) -> dict[uuid.UUID, Said]:
    """Write the answers; return what stood where something changed."""
    rows = _rows(sitting)
    _check_listed(sitting, set(answers) - rows.keys())
    before = {member: _said(rows.get(member)) for member in answers}
    changed = [member for member, answer in answers.items() if _write(sitting, member, answer, rows)]
    session().flush()
    return {member: before[member] for member in changed}


def check_open(sitting: Sitting) -> None:
    """Raise Refusal unless attendance may be written for this sitting."""
    training = find_session(sitting.session_uid)
    if training.state in _NOT_TAKEN and sitting.closed_at is None and not _may_be_late(training, sitting):
        raise Refusal(msg("Cette formation n’a pas lieu : aucune présence à noter."))
    if sitting.state == SittingState.CANCELLED:
        raise Refusal(msg("Cette séance est annulée : aucune présence à noter."))


def _may_be_late(training: TrainingSession, sitting: Sitting) -> bool:
    """Tell whether a paper sheet may wait: the session stopped after that half-day was held."""
    return training.state != SessionState.DRAFT and sitting.day <= clock.today()


def close_sheet(sitting: Sitting, answers: Mapping[uuid.UUID, Answer], day: datetime.date) -> int:
    """Save the answers and say that the sheet is entered; return how many blanks became absences.

    `day` is the day it took place, confirmed by whoever enters it. A sheet with
    nobody present closes like any other.
    """
    check_open(sitting)
    was = _standing(sitting)
    blanks = dict.fromkeys(unanswered(sitting, answers), Answer(Mark.ABSENT))
    _remember(sitting, _save(sitting, {**answers, **blanks}), was)
    confirm_day(sitting, day)
    sitting.closed_at = sitting.closed_at or clock.stamp()
    if sitting.state != SittingState.INTERRUPTED:
        sitting.state = SittingState.HELD
    settle(find_session(sitting.session_uid))
    return len(blanks)


def all_present(sitting: Sitting, answers: Mapping[uuid.UUID, Answer]) -> int:
    """Save the answers, and mark present whoever has none; return how many changed."""
    blanks = dict.fromkeys(unanswered(sitting, answers), Answer(Mark.PRESENT))
    return mark(sitting, {**answers, **blanks})


def unanswered(sitting: Sitting, answers: Mapping[uuid.UUID, Answer]) -> set[uuid.UUID]:
    """Return who has a seat and no answer, neither saved nor in `answers`."""
    saved = {member: row.mark for member, row in _rows(sitting).items()}
    said = {**saved, **{member: answer.mark for member, answer in answers.items()}}
    return {
        member
        for member in on_sheet(sitting, enrolling.has_name())
        if said.get(member, Mark.NONE) == Mark.NONE
    }


def reopen_sheet(sitting: Sitting) -> None:
    """Say that a sheet is not entered after all; its answers stay."""
    sitting.closed_at = None
    if sitting.state == SittingState.HELD:
        sitting.state = SittingState.PLANNED
    settle(find_session(sitting.session_uid))


def last_save(sitting: Sitting) -> str:
    """Return the name of the last save of a sheet, '' when there is none to take back."""
    kept = session().get(SheetUndo, sitting.uid)
    if kept is None:
        return ""
    told = json.dumps([kept.before, kept.was_closed, kept.was_state, str(kept.was_day)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def undo_sheet(sitting: Sitting, save: str) -> int:
    """Take back the last save of a sheet: its answers, and its closing; return how many changed.

    Raises Refusal where that save (see `last_save`) is not the last one any more:
    what another phone wrote since stays.
    """
    kept = session().get(SheetUndo, sitting.uid)
    if kept is None or save != last_save(sitting):
        raise Refusal(msg("Il n’y a plus rien à annuler sur cette feuille."))
    rows = _rows(sitting)
    for member, (said, minutes) in kept.before.items():
        _write(sitting, uuid.UUID(hex=member), Answer(Mark(said), minutes, keep=False), rows)
    sitting.closed_at, sitting.state = kept.was_closed, SittingState(kept.was_state)
    move(sitting, kept.was_day)
    session().delete(kept)
    session().flush()
    settle(find_session(sitting.session_uid))
    return len(kept.before)


def on_sheet(sitting: Sitting, *which: ColumnElement[bool]) -> set[uuid.UUID]:
    """Return the members with a seat in the session of this sitting; `which` of them."""
    seated = Enrolment.state.in_(enrolling.SEATED) & Enrolment.deleted_at.is_(None)
    query = select(Enrolment.member_uid).where(Enrolment.session_uid == sitting.session_uid, seated, *which)
    return set(session().scalars(query))


def _rows(sitting: Sitting) -> dict[uuid.UUID, Attendance]:
    query = select(Attendance).where(Attendance.sitting_uid == sitting.uid)
    return {row.member_uid: row for row in session().scalars(query)}


def _check_listed(sitting: Sitting, people: set[uuid.UUID]) -> None:
    if people and not people <= on_sheet(sitting):
        raise Refusal(msg("Cette personne n’est pas inscrite à la formation."))


def _write(
    sitting: Sitting, member_uid: uuid.UUID, answer: Answer, rows: dict[uuid.UUID, Attendance]
) -> bool:
    row = rows.get(member_uid)
    minutes = answer.minutes
    if minutes is not None and not 0 <= minutes <= sitting.minutes:
        raise Refusal(msg("Personne ne reste plus longtemps que la séance."), field="minutes")
    if minutes is None and answer.keep and row is not None and row.mark == answer.mark:
        minutes = row.minutes
    if _said(row) == (answer.mark, minutes):
        return False
    if row is None:
        keys = {"space_uid": sitting.space_uid, "sitting_uid": sitting.uid, "member_uid": member_uid}
        row = Attendance(uid=attendance_uid(sitting.uid, member_uid), **keys)
        session().add(row)
        rows[member_uid] = row
    row.mark, row.minutes = answer.mark, minutes
    return True


def _said(row: Attendance | None) -> Said:
    return (Mark.NONE, None) if row is None else (row.mark, row.minutes)


def _standing(sitting: Sitting) -> Standing:
    return sitting.closed_at, sitting.state, sitting.day


def _remember(sitting: Sitting, before: Mapping[uuid.UUID, Said], was: Standing) -> None:
    kept = session().get(SheetUndo, sitting.uid)
    if kept is None:
        kept = SheetUndo(sitting_uid=sitting.uid)
        session().add(kept)
    kept.before = {member.hex: [str(said), minutes] for member, (said, minutes) in before.items()}
    kept.was_closed, kept.was_state, kept.was_day = was[0], str(was[1]), was[2]
