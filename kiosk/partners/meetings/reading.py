"""Reading meetings: the log, the history of one organisation, how many a period saw."""

import datetime
import uuid
from collections.abc import Iterable

from sqlalchemy import Select, func, select

from kiosk.language import msg
from kiosk.partners.meetings.models import MeetingPartner, PartnerMeeting
from kiosk.storage import NotFound, session


def listing(space_uid: uuid.UUID | None) -> Select[PartnerMeeting]:
    """Return the meetings of a space, of all when None, the latest first, for `paginate`."""
    query = select(PartnerMeeting).where(PartnerMeeting.deleted_at.is_(None))
    query = query if space_uid is None else query.where(PartnerMeeting.space_uid == space_uid)
    return query.order_by(PartnerMeeting.day.desc(), PartnerMeeting.uid.desc())


def one(uid: uuid.UUID) -> PartnerMeeting:
    """Return a meeting; raises NotFound."""
    found = session().get(PartnerMeeting, uid)
    if found is None or found.deleted_at is not None:
        raise NotFound(msg("Cette réunion n’est pas notée ici."))
    return found


def partners_of(meetings: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Return the organisations that took part, by meeting (one statement)."""
    wanted = list(meetings)
    query = select(MeetingPartner.meeting_uid, MeetingPartner.organisation_uid).where(
        MeetingPartner.meeting_uid.in_(wanted), MeetingPartner.active, MeetingPartner.deleted_at.is_(None)
    )
    found: dict[uuid.UUID, list[uuid.UUID]] = {uid: [] for uid in wanted}
    for meeting, organisation in session().execute(query.order_by(MeetingPartner.uid)):
        found[meeting].append(organisation)
    return found


def history(organisation_uid: uuid.UUID) -> list[PartnerMeeting]:
    """Return the meetings an organisation took part in, the latest first."""
    query = (
        select(PartnerMeeting)
        .join(MeetingPartner, MeetingPartner.meeting_uid == PartnerMeeting.uid)
        .where(MeetingPartner.organisation_uid == organisation_uid, MeetingPartner.active)
        .where(MeetingPartner.deleted_at.is_(None), PartnerMeeting.deleted_at.is_(None))
    )
    return list(session().scalars(query.order_by(PartnerMeeting.day.desc(), PartnerMeeting.uid.desc())))


def count(space_uid: uuid.UUID | None, first: datetime.date, last: datetime.date) -> int:
    """Return how many meetings a period saw, each once whatever the number of partners."""
    query = select(func.count()).select_from(PartnerMeeting)
    query = query.where(PartnerMeeting.deleted_at.is_(None), PartnerMeeting.day.between(first, last))
    query = query if space_uid is None else query.where(PartnerMeeting.space_uid == space_uid)
    return session().scalar(query) or 0
