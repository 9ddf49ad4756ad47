"""How far somebody of the staff is in her lessons."""

import uuid

from sqlalchemy import select

from kiosk.desk.learning.lessons import BY_KEY, LESSONS
from kiosk.desk.learning.models import LessonDone
from kiosk.language import msg
from kiosk.storage import NotFound, derived_uid, session


def done_by(staff_uid: uuid.UUID) -> set[str]:
    """Return the lessons a person finished, among those this release has."""
    mine = LessonDone.staff_uid == staff_uid, LessonDone.done, LessonDone.deleted_at.is_(None)
    return set(session().scalars(select(LessonDone.lesson).where(*mine))) & BY_KEY.keys()


def progress(done: set[str]) -> int:
    """Return how far that is, in whole percents."""
    return round(100 * len(done) / len(LESSONS))


def finish(space_uid: uuid.UUID, staff_uid: uuid.UUID, lesson: str, done: bool = True) -> None:
    """Note that a person finished a lesson, or that she wants to see it again. Raises NotFound."""
    if lesson not in BY_KEY:
        raise NotFound(msg("Cette leçon n’existe pas."))
    uid = derived_uid(f"lesson.{lesson}", staff_uid)
    row = session().get(LessonDone, uid)
    if row is None:
        row = LessonDone(uid=uid, space_uid=space_uid, staff_uid=staff_uid, lesson=lesson)
        session().add(row)
    row.done = done
    session().flush()
