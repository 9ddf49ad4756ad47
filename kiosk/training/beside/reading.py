"""Reading who stands beside sessions: their team, their partners, the days volunteers gave."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Row, Select, func, select

from kiosk.accounts import queries as staff
from kiosk.partners import queries as partners
from kiosk.storage import session
from kiosk.training.beside.models import SessionPartner, SessionTrainer, Share
from kiosk.training.figures import Fact, counted_weight, days_by_person
from kiosk.training.models import Mark, SessionState, Sitting, SittingState, TrainingSession


@dataclass(frozen=True)
class Teacher:
    """Somebody who holds a session; `lead` is the one printed on its sheet."""

    uid: uuid.UUID
    name: str
    volunteer: bool
    lead: bool


@dataclass(frozen=True)
class Shared:
    """A session an organisation shares in, as its page lists it: once, with every share it has."""

    uid: uuid.UUID
    title: str
    state: str
    space_uid: uuid.UUID
    first: datetime.date | None
    last: datetime.date | None
    shares: tuple[str, ...]


def team(training: TrainingSession) -> list[Teacher]:
    """Return who holds a session, the lead first; a lead about whom nothing was ticked is paid."""
    one = SessionTrainer
    query = select(one.staff_uid, one.volunteer).where(one.session_uid == training.uid, *_stands(one))
    known: dict[uuid.UUID, bool] = {one.staff_uid: one.volunteer for one in session().execute(query)}
    if training.trainer_uid:
        known.setdefault(training.trainer_uid, False)
    names = staff.names(known)
    found = [
        Teacher(uid, names.get(uid, ""), volunteer, uid == training.trainer_uid)
        for uid, volunteer in known.items()
    ]
    return sorted(found, key=lambda teacher: (not teacher.lead, teacher.name))


def partners_of(session_uid: uuid.UUID) -> list[tuple[uuid.UUID, str, tuple[str, ...]]]:
    """Return the organisations that share in a session: uid, name, shares; each stands once."""
    one = SessionPartner
    query = select(one.organisation_uid, one.share).where(one.session_uid == session_uid, *_stands(one))
    shares: dict[uuid.UUID, list[str]] = {}
    for uid, share in session().execute(query.order_by(one.share.desc())):
        shares.setdefault(uid, []).append(str(share))
    names = partners.organisation_names(shares)
    return sorted((uid, names[uid], tuple(shares[uid])) for uid in shares if uid in names)


def shared_with(organisation_uid: uuid.UUID) -> list[Shared]:
    """Return the sessions an organisation shares in, the latest first; drafts are nobody's business."""
    one, training = SessionPartner, TrainingSession
    query = (
        select(training.uid, training.title, training.state, training.space_uid)
        .add_columns(func.min(Sitting.day), func.max(Sitting.day), one.share)
        .join(one, one.session_uid == training.uid)
        .outerjoin(Sitting, (Sitting.session_uid == training.uid) & Sitting.deleted_at.is_(None))
        .where(one.organisation_uid == organisation_uid, *_stands(one))
        .where(training.deleted_at.is_(None), training.state != SessionState.DRAFT)
        .group_by(training.uid, training.title, training.state, training.space_uid, one.share)
    )
    return _once(session().execute(query.order_by(func.max(Sitting.day).desc(), training.uid)))


def _once(rows: Iterable[Row]) -> list[Shared]:
    shares: dict[tuple, list[str]] = {}
    for *told, share in rows:
        shares.setdefault(tuple(told), []).append(str(share))
    return [Shared(*told, tuple(sorted(given))) for told, given in shares.items()]  # type: ignore[call-arg]


def partner_uids(
    space_uid: uuid.UUID | None, start: datetime.date | None, end: datetime.date | None, share: Share
) -> set[uuid.UUID]:
    """Return the distinct organisations that shared so in a session held in the period: each counts once."""
    one = SessionPartner
    query = _held(select(one.organisation_uid), one, space_uid, (start, end)).where(one.share == share)
    return set(session().scalars(query))


def volunteer_facts(
    space_uid: uuid.UUID | None, start: datetime.date | None, end: datetime.date | None
) -> list[Fact]:
    """Return what unpaid trainers gave: a fact for each sitting held, with the staff's uid as the person.

    Derived from the sittings each time. These are volunteers' days: never add them to trainees' days.
    """
    one, training = SessionTrainer, TrainingSession
    weights = (Sitting.state, Sitting.weight, Sitting.confirmed_weight, Sitting.minutes)
    keys = (Sitting.uid, Sitting.session_uid, training.project_uid, Sitting.space_uid)
    query = _held(select(one.staff_uid, Sitting.day, *weights, *keys), one, space_uid, (start, end))
    return [_given(*row) for row in session().execute(query.where(one.volunteer))]


def volunteer_days(
    space_uid: uuid.UUID | None, start: datetime.date | None, end: datetime.date | None
) -> dict[uuid.UUID, int]:
    """Return hundredths of days by unpaid trainer (staff uid), at most one day a date."""
    return days_by_person(volunteer_facts(space_uid, start, end))


def _given(
    who: uuid.UUID,
    day: datetime.date,
    state: str,
    weight: int,
    confirmed: int | None,
    minutes: int,
    *keys: uuid.UUID,
) -> Fact:
    counted = counted_weight(state, weight, confirmed)
    lasted = minutes * counted // weight if weight else 0
    return Fact(who, day, counted, Mark.PRESENT, lasted, *keys)


def _held(
    query: Select,
    one: type[SessionTrainer] | type[SessionPartner],
    space_uid: uuid.UUID | None,
    days: tuple[datetime.date | None, datetime.date | None],
) -> Select:
    """Bind a table of this room to the sittings whose sheet was entered, within a space and days."""
    start, end = days
    training = TrainingSession
    bounds = ((Sitting.space_uid.__eq__, space_uid), (Sitting.day.__ge__, start), (Sitting.day.__le__, end))
    return (
        query.join(training, training.uid == one.session_uid)
        .join(Sitting, Sitting.session_uid == training.uid)
        .where(*_stands(one), training.deleted_at.is_(None), Sitting.deleted_at.is_(None))
        .where(Sitting.state != SittingState.CANCELLED, Sitting.closed_at.is_not(None))
        .where(*(holds(value) for holds, value in bounds if value is not None))
    )


def _stands(one: type[SessionTrainer] | type[SessionPartner]) -> tuple:
    return (one.active, one.deleted_at.is_(None))
