"""What a session is, as its page says it: its kind, its domain, its campaign, its course."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.language import Message, msg
from kiosk.storage import session
from kiosk.training.catalogue import kinds, themes
from kiosk.training.catalogue.seeds import Outline, outline_of, theme_of
from kiosk.training.models import Course, SessionKind, TrainingSession


@dataclass(frozen=True)
class Shown:
    """The kind of a session in words, its domain, its course as it reads (None without one)."""

    kind: Message | str
    trains: bool
    theme: Message | str
    outline: Outline | None
    notes: Sequence[Message]


def shown(training: TrainingSession) -> Shown:
    """Return what a session is."""
    course = session().get(Course, training.course_uid) if training.course_uid else None
    key = training.theme or (theme_of(course) if course else "")
    names = themes.names(training.space_uid) if key else {}
    return Shown(
        kinds.word(training.kind),
        kinds.is_training(training.kind),
        names.get(key, course.domain if course else key),
        outline_of(course) if course else None,
        _notes(training),
    )


def _notes(training: TrainingSession) -> list[Message]:
    notes = []
    if training.campaign and training.kind == SessionKind.ACTION:
        notes.append(msg("Qui vient devient relais de la campagne « %(name)s ».", name=training.campaign))
    elif training.campaign:
        notes.append(msg("Campagne « %(name)s ».", name=training.campaign))
    elif training.kind == SessionKind.ACTION:
        notes.append(msg("Une formation-action sert une campagne : dites laquelle."))
    if training.national_actor:
        notes.append(msg("Un acteur national y est présent."))
    return notes
