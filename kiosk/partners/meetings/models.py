"""Tables of meetings, and of the partners who took part."""

import datetime
import uuid

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import SpaceOwned, reference


class PartnerMeeting(SpaceOwned):
    """A meeting with partners; `people` are those who came, as written, `account` what was said."""

    __tablename__ = "partner_meeting"
    __erases__ = frozenset({"people", "account", "outcome"})

    day: Mapped[datetime.date] = mapped_column(index=True)
    subject: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    people: Mapped[str] = mapped_column(default="")
    account: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")


class MeetingPartner(SpaceOwned):
    """An organisation that took part; `active` False: it was named by mistake."""

    __tablename__ = "meeting_partner"
    __natural__ = ("meet", "meeting_uid", "organisation_uid")

    meeting_uid: Mapped[uuid.UUID] = reference("partner_meeting.uid")
    organisation_uid: Mapped[uuid.UUID] = reference("organisation.uid")
    active: Mapped[bool] = mapped_column(default=True)
