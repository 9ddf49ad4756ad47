"""People accompanied in a period, by domain: for the figures that set them beside people trained."""

import datetime
import uuid

from sqlalchemy import select

from kiosk.storage import session
from kiosk.training.following.models import FollowUp, FollowUpMeeting


def followed(
    space_uid: uuid.UUID | None, first: datetime.date, last: datetime.date
) -> list[tuple[uuid.UUID, str]]:
    """Return (member, key of a domain) of every follow-up that met in the period (one statement)."""
    one, met = FollowUp, FollowUpMeeting
    query = select(one.member_uid, one.theme).join(met, met.follow_up_uid == one.uid).distinct()
    query = query.where(one.deleted_at.is_(None), met.deleted_at.is_(None), met.day.between(first, last))
    if space_uid is not None:
        query = query.where(one.space_uid == space_uid)
    return [(row[0], row[1]) for row in session().execute(query)]
