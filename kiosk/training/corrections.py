"""Answers of a sheet that were changed after they were given: what stood, what stands, who, when.

Read from this machine's log, where every write stays as long as the log goes back. What
another machine changed is known by its outcome alone.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.accounts import queries as staff
from kiosk.storage import itself, session
from kiosk.training.agenda import SittingLine
from kiosk.training.models import Attendance, Mark, Sitting
from kiosk.training.sheets import Person, people

_TAB = Attendance.__tablename__
Change = tuple[uuid.UUID, str, str, "itself.Written | None"]


@dataclass(frozen=True)
class Correction:
    """One answer changed; `who` "" for nobody signed in, `at` (ms) None where another machine did it."""

    person: Person
    was: str
    now: str
    who: str
    at: int | None


def of_sitting(sitting: Sitting | SittingLine) -> list[Correction]:
    """Return the corrections of a sheet, the latest first (six statements, whatever the sheet)."""
    mine = Attendance.sitting_uid == sitting.uid
    rows = {row.uid: row for row in session().scalars(select(Attendance).where(mine))}
    found = _changes(rows)
    known = people({rows[uid].member_uid for uid, *_ in found})
    names = staff.names(write.actor for *_, write in found if write)
    told = [
        Correction(known[rows[uid].member_uid], was, now, *_by(write, names))
        for uid, was, now, write in found
    ]
    return sorted(told, key=lambda one: (one.at is None, one.at or 0), reverse=True)


def _changes(rows: dict[uuid.UUID, Attendance]) -> list[Change]:
    """Return each answer that took the place of another, and those that came from elsewhere."""
    stood: dict[uuid.UUID, str] = {}
    found: list[Change] = []
    for write in itself.written(_TAB, rows):
        if "mark" in write.fields:
            _note(found, stood, write.uid, str(write.fields["mark"]), write)
    for uid, row in rows.items():
        _note(found, stood, uid, str(row.mark), None)
    return found


def _note(
    found: list[Change], stood: dict[uuid.UUID, str], uid: uuid.UUID, now: str, write: "itself.Written | None"
) -> None:
    was = stood.get(uid, Mark.NONE)
    if was not in (Mark.NONE, now):
        found.append((uid, was, now, write))
    stood[uid] = now


def _by(write: "itself.Written | None", names: dict[uuid.UUID, str]) -> tuple[str, int | None]:
    if write is None:
        return "", None
    return names.get(write.actor, "") if write.actor else "", write.at
