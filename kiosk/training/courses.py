"""The catalogue of courses: what every space starts with, and its own additions."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.language import msg
from kiosk.storage import Refusal, derived_uid, session
from kiosk.training.models import Course


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


def add_course(space_uid: uuid.UUID, outline: Outline) -> Course:
    """Add a course to the space's catalogue."""
    if not outline.title:
        raise Refusal(msg("Donnez un titre au cours."), field="title")
    course = _course(space_uid, outline)
    session().add(course)
    session().flush()
    return course


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
