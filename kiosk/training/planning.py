"""Sessions written down: what they say of themselves, and the pattern of their sittings."""

import datetime
import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from kiosk.language import msg
from kiosk.storage import Refusal, session
from kiosk.training.beside.writing import step_back
from kiosk.training.enrolling import promote
from kiosk.training.figures import default_weight
from kiosk.training.finding import sittings_of
from kiosk.training.models import (
    Audience,
    Enrolment,
    Mode,
    SessionKind,
    SessionState,
    Sitting,
    TrainingSession,
)
from kiosk.training.pattern import Pattern, Rhythm, lay
from kiosk.training.stages import real, settle

MOST_SITTINGS = 60
LONGEST_MINUTES = 12 * 60
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Plan:
    """A session as a manager writes it (the columns of TrainingSession that she decides)."""

    title: str
    course_uid: uuid.UUID | None = None
    place: str = ""
    outreach: bool = False
    audience: Audience = Audience.EVERYONE
    group_name: str = ""
    language: str = ""
    seats: int | None = None
    trainer_uid: uuid.UUID | None = None
    trainer_name: str = ""
    trainer_sex: str = ""
    mode: Mode = Mode.ON_SITE
    project_uid: uuid.UUID | None = None
    rough_month: datetime.date | None = None
    notes: str = ""
    kind: SessionKind = SessionKind.COURSE
    theme: str = ""
    campaign: str = ""
    national_actor: bool = False


@dataclass(frozen=True)
class HalfDay:
    """When a sitting is due: its day, its hour ("HH:MM" or "") and its minutes."""

    day: datetime.date
    starts: str
    minutes: int


def days_from(first: datetime.date, count: int, rhythm: Rhythm) -> list[datetime.date]:
    """Return `count` days from `first` on; WORKDAYS skips Saturdays and Sundays."""
    return lay(Pattern(first, count, rhythm)).days


def plan_session(
    space_uid: uuid.UUID, plan: Plan, halves: Sequence[HalfDay], draft: bool = False
) -> TrainingSession:
    """Write down a session and its sittings; without a firm day it needs its month."""
    if not halves and plan.rough_month is None and not draft:
        raise Refusal(msg("Donnez un premier jour, ou au moins un mois."), field="first_day")
    state = SessionState.DRAFT if draft else SessionState.PLANNED
    made = TrainingSession(space_uid=space_uid, code=_code(), state=state, **_columns(plan))
    session().add(made)
    session().flush()
    if halves:
        add_sittings(made, halves)
    return made


def edit_session(training: TrainingSession, plan: Plan) -> list[Enrolment]:
    """Change what a session says of itself; return who got a seat that this made free.

    Its dates are changed by their own acts.
    """
    if plan.trainer_uid != training.trainer_uid:
        step_back(training, training.trainer_uid)
    for name, value in _columns(plan).items():
        if name != "rough_month" and getattr(training, name) != value:
            setattr(training, name, value)
    return promote(training)


def _columns(plan: Plan) -> dict[str, object]:
    if not plan.title:
        raise Refusal(msg("Donnez un titre à la formation."), field="title")
    if plan.seats is not None and plan.seats < 1:
        raise Refusal(msg("Il faut au moins une place."), field="seats")
    columns = asdict(plan)
    if plan.rough_month:
        columns["rough_month"] = real(plan.rough_month).replace(day=1)
    return columns


def _code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(6))


def add_sittings(training: TrainingSession, halves: Iterable[HalfDay]) -> list[Sitting]:
    """Give a session firm dates; it leaves its rough month or its wait for a new date."""
    known = sittings_of(training)
    taken = {(sitting.day, sitting.starts) for sitting in known}
    new = [_sitting(training, half) for half in halves if (half.day, half.starts) not in taken]
    if len(known) + len(new) > MOST_SITTINGS:
        raise Refusal(msg("C’est trop de séances : %(n)s au plus.", n=MOST_SITTINGS), field="days")
    session().add_all(new)
    training.rough_month = None
    if training.state == SessionState.POSTPONED:
        training.state = SessionState.PLANNED
    session().flush()
    settle(training)
    return new


def check(half: HalfDay) -> None:
    """Raise unless the day and the length are possible."""
    real(half.day)
    if not 0 < half.minutes <= LONGEST_MINUTES:
        raise Refusal(msg("Une séance dure entre 1 minute et 12 heures."), field="minutes")


def _sitting(training: TrainingSession, half: HalfDay) -> Sitting:
    check(half)
    return Sitting(
        space_uid=training.space_uid,
        session_uid=training.uid,
        day=half.day,
        starts=half.starts,
        minutes=half.minutes,
        weight=default_weight(half.minutes),
    )


def publish(training: TrainingSession) -> None:
    """Put a draft on the programme."""
    if training.state != SessionState.DRAFT:
        return
    if training.rough_month is None and not sittings_of(training):
        raise Refusal(msg("Donnez un premier jour, ou au moins un mois."))
    training.state = SessionState.PLANNED
