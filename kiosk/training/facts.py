"""Facts for figures: who was at which sitting, read for any period, space, session or person."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, func, select, type_coerce

from kiosk.members.links import queries as links
from kiosk.storage import session
from kiosk.training.figures import Fact, Heads, stayed
from kiosk.training.held import Held, Scope, held_in, within
from kiosk.training.models import (
    Attendance,
    Enrolment,
    EnrolmentState,
    Headcount,
    Mark,
    Sitting,
    TrainingSession,
)


@dataclass(frozen=True)
class Counts:
    """How much there is: for `status`, and to compare two machines."""

    sessions: int
    enrolments: int
    attendance: int


def attendance_facts(
    space_uid: uuid.UUID | None, start: datetime.date | None, end: datetime.date | None
) -> list[Fact]:
    """Return every answer of the period given at training that was not cancelled."""
    return facts_in(Scope(space_uid, start, end, training=True))


def headcounts(
    space_uid: uuid.UUID | None, start: datetime.date | None, end: datetime.date | None
) -> list[Heads]:
    """Return the people counted without a name in the period."""
    return heads_in(Scope(space_uid, start, end, training=True))


def facts_in(scope: Scope, held: Mapping[uuid.UUID, Held] | None = None) -> list[Fact]:
    """Return the answers of a scope; absences are among them, voided answers are not.

    One statement, and one more where the sittings are not `held` already.
    """
    known, one = held_in(scope) if held is None else held, Attendance
    told = (one.member_uid, type_coerce(one.mark, String), one.minutes, one.sitting_uid)
    query = within(select(*told), one, scope)
    query = query.where(one.mark != Mark.NONE)
    if scope.member_uid:
        query = query.where(one.member_uid == scope.member_uid)
    found = ((row, known.get(row[3])) for row in session().execute(query.order_by(Sitting.day)))
    return [_fact(row, at) for row, at in found if at is not None]


def facts_of_session(session_uid: uuid.UUID, held: Mapping[uuid.UUID, Held] | None = None) -> list[Fact]:
    """Return the answers given in a session, said of persons: two cards of one person count once."""
    facts = facts_in(Scope(session_uid=session_uid), held)
    return links.persons().within(facts[0].space_uid).merged(facts) if facts else []


def facts_of_person(member_uid: uuid.UUID) -> tuple[list[Fact], int]:
    """Return the answers of the person who has this card, and how many cards she has."""
    who = links.persons()
    cards = who.cards_of(member_uid)
    facts = [fact for card in cards for fact in facts_in(Scope(member_uid=card, training=True))]
    return who.merged(facts), len(cards)


def heads_in(scope: Scope, held: Mapping[uuid.UUID, Held] | None = None) -> list[Heads]:
    """Return the people without a name of a scope, in as many statements as `facts_in`."""
    known, one = held_in(scope) if held is None else held, Headcount
    told = (one.sex, one.band, one.count, one.profession, one.about, one.sitting_uid)
    query = within(select(*told), one, scope).where(one.count > 0)
    rows = session().execute(query.order_by(Sitting.day, one.uid))
    return [_heads(row, known[row[5]]) for row in rows if row[5] in known]


def _fact(row: Any, at: Held) -> Fact:
    member, mark, stay, sitting = row
    stood = stayed(mark, stay, at.minutes, (at.weight, at.whole))
    return Fact(member, at.day, at.weight, mark, stood, sitting, at.session_uid, at.project_uid, at.space_uid)


def _heads(row: Any, at: Held) -> Heads:
    sex, band, count, trade, about, sitting = row
    lasted = stayed(Mark.PRESENT, None, at.minutes, (at.weight, at.whole))
    where = (sitting, at.session_uid, at.project_uid, at.space_uid)
    return Heads(sex, band, count, at.day, at.weight, lasted, *where, trade, about)


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
