"""Reading who stands beside sessions: their team and their partners."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Row, Select, and_, func, select

from kiosk.accounts import queries as staff
from kiosk.partners import queries as partners
from kiosk.storage import session
from kiosk.training.beside.models import SessionPartner, SessionTrainer, Share
from kiosk.training.held import held_at
from kiosk.training.models import SessionState, Sitting, SittingState, TrainingSession

Days = tuple[datetime.date | None, datetime.date | None]


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


def organisations(
    space_uid: uuid.UUID | None, days: Days = (None, None), project_uid: uuid.UUID | None = None
) -> set[tuple[uuid.UUID, str]]:
    """Return the distinct organisations that shared in a session held in these days, each with its share.

    A partner of the session's project shared in it too: linked twice, it stands once.
    """
    one, training = SessionPartner, TrainingSession
    linked = and_(one.session_uid == training.uid, *_stands(one))
    query = select(training.project_uid, one.organisation_uid, one.share).select_from(training)
    query = _held(query.outerjoin(one, linked), space_uid, days)
    if project_uid is not None:
        query = query.where(training.project_uid == project_uid)
    rows = session().execute(query.distinct()).all()
    working = partners.partners_on({row.project_uid for row in rows if row.project_uid})
    said = {(row.organisation_uid, str(row.share)) for row in rows if row.organisation_uid}
    return said | {(uid, str(Share.PARTNER)) for uid in working}


def _held(query: Select, space_uid: uuid.UUID | None, days: Days) -> Select:
    """Bind sessions to their sittings whose sheet was entered, within a space and days."""
    start, end = days
    training = TrainingSession
    bounds = ((Sitting.day.__ge__, start), (Sitting.day.__le__, end))
    there = [held_at(space_uid)] if space_uid else []
    return (
        query.join(Sitting, Sitting.session_uid == training.uid)
        .where(training.deleted_at.is_(None), Sitting.deleted_at.is_(None))
        .where(Sitting.state != SittingState.CANCELLED, Sitting.closed_at.is_not(None))
        .where(*there, *(holds(value) for holds, value in bounds if value is not None))
    )


def _stands(one: type[SessionTrainer] | type[SessionPartner]) -> tuple:
    return (one.active, one.deleted_at.is_(None))
