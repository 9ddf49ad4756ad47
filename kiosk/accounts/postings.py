"""Postings: who worked here, doing what, from which day to which; the last day closes the entry."""

import datetime
import uuid
from collections.abc import Sequence

from sqlalchemy import select

from kiosk.accounts import services
from kiosk.accounts.models import Role, StaffPosting
from kiosk.language import msg
from kiosk.storage import NotFound, Refusal, session


def of(staff_uid: uuid.UUID) -> Sequence[StaffPosting]:
    """Return a person's postings, the last one first."""
    query = select(StaffPosting).where(StaffPosting.staff_uid == staff_uid, StaffPosting.deleted_at.is_(None))
    return session().scalars(query.order_by(StaffPosting.starts_on.desc(), StaffPosting.uid.desc())).all()


def current(staff_uid: uuid.UUID) -> StaffPosting | None:
    """Return the posting that has no last day, None without one."""
    return next((one for one in of(staff_uid) if one.ends_on is None), None)


def find(uid: uuid.UUID, staff_uid: uuid.UUID, removed: bool = False) -> StaffPosting:
    """Return a posting of a person (or, with `removed`, one taken away too), or raise NotFound."""
    found = session().get(StaffPosting, uid)
    if found is None or found.staff_uid != staff_uid or (found.deleted_at and not removed):
        raise NotFound(msg("Cette période n’existe pas ici."))
    return found


def begin(staff_uid: uuid.UUID, space_uid: uuid.UUID | None, role: Role, day: datetime.date) -> StaffPosting:
    """Say since when a person holds her role; her entry opens again.

    Raises Refusal while another period is open, or for a day inside one that is over.
    """
    if current(staff_uid) is not None:
        raise Refusal(msg("Une période est déjà en cours. Finissez-la d’abord."), "starts_on")
    if any(one.starts_on <= day <= (one.ends_on or day) for one in of(staff_uid)):
        raise Refusal(msg("Ce jour est déjà dans une autre période."), "starts_on")
    made = StaffPosting(staff_uid=staff_uid, space_uid=space_uid, role=role, starts_on=day)
    session().add(made)
    services.reactivate(staff_uid)
    return made


def end(posting: StaffPosting, day: datetime.date) -> None:
    """Say the last day of a period: the person comes in no more from this act on, whatever a clock says.

    What she signed keeps her name. Raises Refusal before the first day, or for the last manager.
    """
    if day < posting.starts_on:
        raise Refusal(msg("La fin est avant le début."), "ends_on")
    services.deactivate(posting.staff_uid)
    posting.ends_on = day
    session().flush()


def reopen(posting: StaffPosting) -> None:
    """Take an end back: the period runs again, the person comes in again."""
    if current(posting.staff_uid) is not None:
        raise Refusal(msg("Une période est déjà en cours. Finissez-la d’abord."))
    posting.ends_on = None
    services.reactivate(posting.staff_uid)


def drop(posting: StaffPosting, stamp: int | None) -> None:
    """Take a period noted by mistake away (`stamp` None: put it back); access does not change."""
    posting.deleted_at = stamp
    session().flush()
