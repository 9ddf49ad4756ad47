"""A session made of a course at once: its half-days by its modules, two a day on working days."""

import datetime
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kiosk.training.catalogue.seeds import Outline, outline_of
from kiosk.training.enrolling import enrol
from kiosk.training.finding import sittings_of
from kiosk.training.marking import Answer, close_sheet, undo_sheet
from kiosk.training.models import Course, Mark, TrainingSession
from kiosk.training.planning import HalfDay, Plan, Rhythm, days_from, plan_session
from kiosk.training.sittings import delete_session

MORNING, AFTERNOON = "09:00", "15:00"
USUAL_MINUTES, LONGEST_HALF = 180, 240


@dataclass(frozen=True)
class Trainer:
    """Who holds a session, as printed."""

    uid: uuid.UUID | None = None
    name: str = ""


def half_days(outline: Outline) -> int:
    """Return how many half-days a course lasts: those of its modules, else of its hours, at least one."""
    planned = sum(halves for _, halves, _ in outline.modules)
    return planned or max(1, -(-(outline.hours or 0) * 60 // USUAL_MINUTES))


def prepare(course: Course, first: datetime.date, trainer: Trainer) -> TrainingSession:
    """Plan a session of a course from `first` on: all its half-days, morning and afternoon."""
    outline = outline_of(course)
    return plan_session(course.space_uid, _plan(course, outline, trainer), due(outline, first))


def due(outline: Outline, first: datetime.date) -> list[HalfDay]:
    """Return the half-days of a course from `first` on, weekends left out."""
    count = half_days(outline)
    minutes = min((outline.hours or 0) * 60 // count or USUAL_MINUTES, LONGEST_HALF)
    days = days_from(first, -(-count // 2), Rhythm.WORKDAYS)
    both = [HalfDay(day, hour, minutes) for day in days for hour in (MORNING, AFTERNOON)]
    return both[:count]


def teach_one(course: Course, member_uid: uuid.UUID, day: datetime.date, trainer: Trainer) -> TrainingSession:
    """Write down a training of one person that took place on `day`: half a day, present, entered."""
    plan = _plan(course, outline_of(course), trainer, seats=1)
    made = plan_session(course.space_uid, plan, [HalfDay(day, "", USUAL_MINUTES)])
    enrol(made, [member_uid])
    close_sheet(sittings_of(made)[0], {member_uid: Answer(Mark.PRESENT)}, day)
    return made


def untaught(training: TrainingSession, save: str) -> None:
    """Take back a training of one person, unless its sheet was touched since `save` (see `last_save`)."""
    undo_sheet(sittings_of(training)[0], save)
    delete_session(training)


def _plan(course: Course, outline: Outline, trainer: Trainer, seats: int | None = None) -> Plan:
    return Plan(
        title=outline.title,
        course_uid=course.uid,
        kind=outline.kind,
        seats=seats,
        trainer_uid=trainer.uid,
        trainer_name=trainer.name,
    )


def check_off(training: TrainingSession, checklist: Sequence[str], done: Collection[str]) -> None:
    """Say which lines of the checklist are done; others are not kept."""
    training.prepared = [line for line in checklist if line in done]
