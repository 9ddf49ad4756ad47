"""The session and the sitting an act is about, with the same refusal everywhere."""

import uuid

from sqlalchemy import select

from kiosk.language import msg
from kiosk.storage import NotFound, session
from kiosk.training.models import Sitting, TrainingSession


def find_session(uid: uuid.UUID, removed: bool = False) -> TrainingSession:
    """Return a session that stands (or, with `removed`, a deleted one too), or raise NotFound."""
    found = session().get(TrainingSession, uid)
    if found is None or (found.deleted_at and not removed):
        raise NotFound(msg("Cette formation n’existe pas ici."))
    return found


def session_by_code(code: str) -> TrainingSession:
    """Return the session whose printed label this is, in small letters or capitals, or raise NotFound."""
    named = TrainingSession.code == code.upper()
    found = session().scalar(select(TrainingSession).where(named, TrainingSession.deleted_at.is_(None)))
    if found is None:
        raise NotFound(msg("Aucune feuille ne porte ce code ici."))
    return found


def find_sitting(uid: uuid.UUID, removed: bool = False) -> Sitting:
    """Return a sitting that stands (or, with `removed`, one taken away too), or raise NotFound."""
    found = session().get(Sitting, uid)
    if found is None or (found.deleted_at and not removed):
        raise NotFound(msg("Cette séance n’existe pas ici."))
    return found


def sittings_of(training: TrainingSession) -> list[Sitting]:
    """Return a session's sittings in the order of their days and hours."""
    query = select(Sitting).where(Sitting.session_uid == training.uid, Sitting.deleted_at.is_(None))
    return list(session().scalars(query.order_by(Sitting.day, Sitting.starts, Sitting.uid)))
