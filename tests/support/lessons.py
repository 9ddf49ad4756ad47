"""Lessons in two lines: members, half-days and their marks, written in the current transaction."""

import datetime
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiosk.members import services as members
from kiosk.members.vocabulary import Sex
from kiosk.training import services
from kiosk.training.models import Mark, Sitting, TrainingSession

HALF_DAY = 240
Marks = Mapping[str, Collection[uuid.UUID]]


@dataclass(frozen=True)
class Half:
    """One half-day: who got which mark (`{"present": [awa]}`), whom one only counted."""

    day: datetime.date
    marks: Marks = field(default_factory=dict)
    starts: str = "09:00"
    heads: Mapping[tuple[str, str], int] = field(default_factory=dict)
    entered: bool = True
    minutes: int = HALF_DAY


def member(
    space: uuid.UUID, name: str = "Awa Coulibaly", sex: str = "F", born: int | None = None
) -> uuid.UUID:
    """Register somebody; return her uid."""
    given, _, family = name.partition(" ")
    about = {"given_name": given, "family_name": family, "sex": Sex(sex), "birth_year": born}
    return members.register(space, **about).uid  # type: ignore[arg-type]


def lesson(space: uuid.UUID, halves: Sequence[Half], **plan: Any) -> TrainingSession:
    """Plan a session with these half-days, enrol whoever has a mark, enter the sheets."""
    wanted = services.Plan(**{"title": "Internet sur le téléphone", **plan})
    due = [services.HalfDay(half.day, half.starts, half.minutes) for half in halves]
    made = services.plan_session(space, wanted, due)
    people = {one for half in halves for many in half.marks.values() for one in many}
    if people:
        services.enrol(made, sorted(people))
    ordered = sorted(halves, key=lambda half: (half.day, half.starts))
    for sitting, half in zip(services.sittings_of(made), ordered, strict=True):
        _enter(sitting, half)
    return made


def _enter(sitting: Sitting, half: Half) -> None:
    answers = {one: services.Answer(Mark(word)) for word, many in half.marks.items() for one in many}
    services.count_heads(sitting, half.heads)
    if half.entered:
        services.close_sheet(sitting, answers, sitting.day)
    else:
        services.mark(sitting, answers)
