"""The catalogue of courses: what every space starts with, and its own additions."""

import uuid
from collections.abc import Iterable

from sqlalchemy import and_, or_, select

from kiosk.language import msg, sort_key
from kiosk.storage import NotFound, Refusal, session
from kiosk.training.catalogue.seeds import SEEDS, Outline, outline_of, seed_uid
from kiosk.training.models import Course

MOST_HOURS = 2000
MOST_MODULES = 40


def seed_courses(space_uid: uuid.UUID) -> int:
    """Give a space the first courses; return how many were missing.

    Their ids follow from the space, so that running it again, or on a second
    machine of the space, makes no course twice and brings none back.
    """
    keys = {seed_uid(key, space_uid): outline for key, outline in SEEDS.items()}
    known = set(session().scalars(select(Course.uid).where(Course.uid.in_(keys))))
    for uid, outline in keys.items():
        if uid not in known:
            session().add(Course(uid=uid, space_uid=space_uid, seeded=True, **_columns(outline)))
    session().flush()
    return len(keys) - len(known)


def courses(space_uid: uuid.UUID, uid: uuid.UUID | None = None) -> list[Course]:
    """Return the space's catalogue by domain and title, and the course `uid` even when put away."""
    kept = and_(Course.space_uid == space_uid, Course.active, Course.deleted_at.is_(None))
    query = select(Course).where(or_(kept, Course.uid == uid) if uid else kept)
    return in_order(session().scalars(query))


def in_order(found: Iterable[Course]) -> list[Course]:
    """Return courses by domain, title and level."""
    return sorted(found, key=lambda one: tuple(map(sort_key, (one.domain, one.title, one.level))))


def find_course(uid: uuid.UUID) -> Course:
    """Return a course, put away or not, or raise NotFound."""
    found = session().get(Course, uid)
    if found is None or found.deleted_at:
        raise NotFound(msg("Ce cours n’existe pas ici."))
    return found


def add_course(space_uid: uuid.UUID, outline: Outline) -> Course:
    """Add a course to the space's catalogue."""
    _check(outline)
    course = Course(space_uid=space_uid, **_columns(outline))
    session().add(course)
    session().flush()
    return course


def edit_course(course: Course, outline: Outline) -> None:
    """Change what a course says of itself; sessions keep the titles they were announced with.

    What reads as before is not written: a seeded course keeps following its seed there.
    """
    _check(outline)
    before = _columns(outline_of(course))
    for name, value in _columns(outline).items():
        if before[name] != value:
            setattr(course, name, value)


def put_away(course: Course) -> None:
    """Take a course out of the catalogue; sessions that run it keep it."""
    course.active = False


def bring_back(course: Course) -> None:
    """Put a course back in the catalogue."""
    course.active = True


def _check(outline: Outline) -> None:
    if not outline.title:
        raise Refusal(msg("Donnez un titre au cours."), field="title")
    if outline.hours is not None and not 0 < outline.hours <= MOST_HOURS:
        raise Refusal(msg("Un cours dure entre 1 et %(n)s heures.", n=MOST_HOURS), field="hours")
    if sum(halves for _, halves, _ in outline.modules) > MOST_MODULES:
        raise Refusal(msg("C’est trop de demi-journées : %(n)s au plus.", n=MOST_MODULES), field="modules")


def _columns(outline: Outline) -> dict[str, object]:
    plain = ("title", "domain", "level", "summary", "hours", "theme", "kind")
    lists = ("languages", "objectives", "checklist")
    return {
        **{name: getattr(outline, name) for name in plain},
        **{name: list(getattr(outline, name)) for name in lists},
        "modules": [list(module) for module in outline.modules],
    }
