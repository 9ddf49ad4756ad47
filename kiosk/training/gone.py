"""What was deleted on one machine while another marked who came to it: nobody is lost, it can come back."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from kiosk.language import msg
from kiosk.storage import NotFound, session
from kiosk.training.doubts import Found
from kiosk.training.models import Attendance, Headcount, Mark, Sitting, TrainingSession

_MOST = 50
_GONE = or_(Sitting.deleted_at.is_not(None), TrainingSession.deleted_at.is_not(None))


def marked_on_deleted(session_uid: uuid.UUID | None = None) -> list[Found]:
    """Return sessions that people came to and that are deleted, or have lost a sitting: it counts nothing."""
    named = _came(Attendance, func.count(Attendance.uid), Attendance.mark != Mark.NONE)
    counted = _came(Headcount, func.sum(Headcount.count), Headcount.count > 0)
    found: dict[uuid.UUID, Found] = {}
    for query in (named, counted):
        if session_uid is not None:
            query = query.where(TrainingSession.uid == session_uid)
        for uid, title, came in session().execute(query.limit(_MOST)):
            found[uid] = Found(uid, title, int(came) + (found[uid].count if uid in found else 0))
    return list(found.values())


def _came(model: type[Attendance] | type[Headcount], people: Any, which: ColumnElement[bool]) -> Select:
    one = TrainingSession
    query = select(one.uid, one.title, people).join(Sitting, Sitting.session_uid == one.uid)
    query = query.join(model, model.sitting_uid == Sitting.uid)
    return query.where(_GONE, which, model.deleted_at.is_(None)).group_by(one.uid, one.title)


def bring_back(uid: uuid.UUID) -> TrainingSession:
    """Bring back a session, and those of its deleted sittings to which somebody came. Raises NotFound."""
    found = session().get(TrainingSession, uid)
    if found is None:
        raise NotFound(msg("Cette formation n’existe pas ici."))
    found.deleted_at = None
    came = select(Attendance.sitting_uid).where(Attendance.mark != Mark.NONE)
    counted = select(Headcount.sitting_uid).where(Headcount.count > 0)
    held = or_(Sitting.uid.in_(came), Sitting.uid.in_(counted))
    for sitting in session().scalars(select(Sitting).where(Sitting.session_uid == uid, held)):
        sitting.deleted_at = None
    session().flush()
    return found
