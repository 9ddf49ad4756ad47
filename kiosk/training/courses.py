"""The catalogue of courses: what every space starts with, and its own additions."""

import uuid
from dataclasses import asdict, dataclass

from sqlalchemy import and_, or_, select

from kiosk.language import msg, sort_key
from kiosk.storage import NotFound, Refusal, derived_uid, session
from kiosk.training.models import Course

MOST_HOURS = 2000


@dataclass(frozen=True)
class Outline:
    """A course as someone writes it; `hours` is its usual length, None when it varies."""

    title: str
    domain: str = ""
    level: str = ""
    summary: str = ""
    hours: int | None = None


SEEDS: dict[str, Outline] = {
    "word": Outline("Word", "Bureautique", "Débutants", "Écrire, corriger et imprimer une lettre.", 12),
    "excel": Outline("Excel", "Bureautique", "Débutants", "Faire un tableau et des additions.", 12),
    "access": Outline("Access", "Bureautique", "Niveau 2", "Ranger des fiches et les retrouver.", 16),
    "internet": Outline("Internet", "Internet", "Débutants", "Chercher, lire et écrire un message.", 8),
    "citizenship": Outline(
        "Citoyenneté numérique", "Citoyenneté", "Tous", "Vérifier une nouvelle et protéger ses données.", 8
    ),
    "action": Outline(
        "Formation-action 2 jours", "Citoyenneté", "Tous", "Apprendre en menant une action du village.", 14
    ),
}


def seed_courses(space_uid: uuid.UUID) -> int:
    """Give a space the first courses; return how many were missing.

    Their ids follow from the space, so that running it again, or on a second
    machine of the space, makes no course twice and brings none back.
    """
    keys = {derived_uid(f"course.{key}", space_uid): outline for key, outline in SEEDS.items()}
    known = set(session().scalars(select(Course.uid).where(Course.uid.in_(keys))))
    for uid, outline in keys.items():
        if uid not in known:
            session().add(_course(space_uid, outline, uid=uid, seeded=True))
    session().flush()
    return len(keys) - len(known)


def courses(space_uid: uuid.UUID, uid: uuid.UUID | None = None) -> list[Course]:
    """Return the space's catalogue by domain and title, and the course `uid` even when put away."""
    kept = and_(Course.space_uid == space_uid, Course.active, Course.deleted_at.is_(None))
    query = select(Course).where(or_(kept, Course.uid == uid) if uid else kept)
    return sorted(session().scalars(query), key=lambda one: (sort_key(one.domain), sort_key(one.title)))


def find_course(uid: uuid.UUID) -> Course:
    """Return a course, put away or not, or raise NotFound."""
    found = session().get(Course, uid)
    if found is None or found.deleted_at:
        raise NotFound(msg("Ce cours n’existe pas ici."))
    return found


def add_course(space_uid: uuid.UUID, outline: Outline) -> Course:
    """Add a course to the space's catalogue."""
    _check(outline)
    course = _course(space_uid, outline)
    session().add(course)
    session().flush()
    return course


def edit_course(course: Course, outline: Outline) -> None:
    """Change what a course says of itself; sessions keep the titles they were announced with."""
    _check(outline)
    for name, value in asdict(outline).items():
        if getattr(course, name) != value:
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


def _course(space_uid: uuid.UUID, outline: Outline, **more: object) -> Course:
    return Course(
        space_uid=space_uid,
        title=outline.title,
        domain=outline.domain,
        level=outline.level,
        summary=outline.summary,
        hours=outline.hours,
        **more,
    )
