"""Facts for figures: who was at which sitting, read for any period, space, session or person."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from kiosk.members.links import queries as links
from kiosk.storage import session
from kiosk.training.catalogue.kinds import TRAINING
from kiosk.training.figures import Fact, Heads, counted_weight, stayed
from kiosk.training.models import (
    Attendance,
    Enrolment,
    EnrolmentState,
    Headcount,
    Mark,
    Sitting,
    SittingState,
    TrainingSession,
)


@dataclass(frozen=True)
class Scope:
    """Which facts: every part that is None lets everything through; days are inclusive.

    `training` keeps only sessions that count as training (see `catalogue.kinds`).
    """

    space_uid: uuid.UUID | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    session_uid: uuid.UUID | None = None
    sitting_uid: uuid.UUID | None = None
    member_uid: uuid.UUID | None = None
    training: bool = False


@dataclass(frozen=True)
class Counts:
    """How much there is: for `status`, and to compare two machines."""

    sessions: int
    enrolments: int
    attendance: int


def attendance_facts(
    space_uid: uuid.UUID | None, start: datetime.date | None, end: datetime.date | None
) -> list[Fact]:
    """Return every answer of the period given at training that was not cancelled (one statement)."""
    return facts_in(Scope(space_uid, start, end, training=True))


def headcounts(
    space_uid: uuid.UUID | None, start: datetime.date | None, end: datetime.date | None
) -> list[Heads]:
    """Return the people counted without a name in the period (one statement)."""
    return heads_in(Scope(space_uid, start, end, training=True))


def facts_in(scope: Scope) -> list[Fact]:
    """Return the answers of a scope; absences are among them, voided answers are not."""
    one = Attendance
    query = _scoped(one, (one.member_uid, one.mark, one.minutes), scope).where(one.mark != Mark.NONE)
    if scope.member_uid:
        query = query.where(one.member_uid == scope.member_uid)
    return [_fact(*row) for row in session().execute(query)]


def facts_of_session(session_uid: uuid.UUID) -> list[Fact]:
    """Return the answers given in a session, said of persons: two cards of one person count once."""
    facts = facts_in(Scope(session_uid=session_uid))
    return links.persons().within(facts[0].space_uid).merged(facts) if facts else []


def facts_of_person(member_uid: uuid.UUID) -> tuple[list[Fact], int]:
    """Return the answers of the person who has this card, and how many cards she has."""
    who = links.persons()
    cards = who.cards_of(member_uid)
    facts = [fact for card in cards for fact in facts_in(Scope(member_uid=card, training=True))]
    return who.merged(facts), len(cards)


def heads_in(scope: Scope) -> list[Heads]:
    """Return the people without a name of a scope."""
    one = Headcount
    told = (one.sex, one.band, one.count, one.profession, one.about)
    query = _scoped(one, told, scope).where(one.count > 0)
    return [_heads(*row) for row in session().execute(query)]


def _scoped(model: type[Attendance] | type[Headcount], told: tuple[Any, ...], scope: Scope) -> Select:
    sitting, training = Sitting, TrainingSession
    weights = (sitting.state, sitting.weight, sitting.confirmed_weight, sitting.minutes)
    keys = (sitting.uid, sitting.session_uid, training.project_uid, sitting.space_uid)
    bounds = [
        (sitting.space_uid.__eq__, scope.space_uid),
        (sitting.day.__ge__, scope.start),
        (sitting.day.__le__, scope.end),
        (sitting.session_uid.__eq__, scope.session_uid),
        (sitting.uid.__eq__, scope.sitting_uid),
    ]
    kinds = [training.kind.in_(TRAINING)] if scope.training else []
    return (
        select(*told, sitting.day, *weights, *keys)
        .select_from(model)
        .join(sitting, model.sitting_uid == sitting.uid)
        .join(training, sitting.session_uid == training.uid)
        .where(*(part.deleted_at.is_(None) for part in (model, sitting, training)))
        .where(sitting.state != SittingState.CANCELLED, *kinds)
        .where(*(holds(value) for holds, value in bounds if value is not None))
        .order_by(sitting.day, model.uid)
    )


def _fact(member: uuid.UUID, mark: str, stay: int | None, day: datetime.date, *rest: Any) -> Fact:
    state, whole, confirmed, minutes, *keys = rest
    weight = counted_weight(state, whole, confirmed)
    return Fact(member, day, weight, str(mark), stayed(mark, stay, minutes, (weight, whole)), *keys)


def _heads(sex: str, band: str, count: int, profession: str, about: bool, *rest: Any) -> Heads:
    day, state, whole, confirmed, minutes, *keys = rest
    weight = counted_weight(state, whole, confirmed)
    lasted = stayed(Mark.PRESENT, None, minutes, (weight, whole))
    told: Any = (*keys, profession, about)
    return Heads(sex, band, count, day, weight, lasted, *told)


def counts(space_uid: uuid.UUID | None = None) -> Counts:
    """Return how many sessions, enrolments that stand and answers there are (one statement)."""
    left = (EnrolmentState.WITHDRAWN, EnrolmentState.REFUSED)
    parts: list[Any] = [
        select(func.count()).select_from(TrainingSession),
        select(func.count()).select_from(Enrolment).where(Enrolment.state.not_in(left)),
        select(func.count()).select_from(Attendance).where(Attendance.mark != Mark.NONE),
    ]
    models = (TrainingSession, Enrolment, Attendance)
    for at, model in enumerate(models):
        parts[at] = parts[at].where(model.deleted_at.is_(None))
        if space_uid is not None:
            parts[at] = parts[at].where(model.space_uid == space_uid)
    row = session().execute(select(*(part.scalar_subquery() for part in parts))).one()
    return Counts(*row)
