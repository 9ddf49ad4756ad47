"""Tables of accompaniment, and the faces people tapped after a session."""

import datetime
import uuid
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import SpaceOwned, enum_column, reference


class Face(StrEnum):
    """What somebody thought of a session, in one tap."""

    GOOD = "good"
    NEUTRAL = "neutral"
    BAD = "bad"


class FollowUp(SpaceOwned):
    """One person accompanied one to one, over several meetings; `closed_on` None while it goes on.

    `theme` is the key of a domain. `staff_uid` is who accompanies her.
    """

    __tablename__ = "follow_up"
    __erases__ = frozenset({"goal"})

    member_uid: Mapped[uuid.UUID] = reference("member.uid")
    staff_uid: Mapped[uuid.UUID | None] = reference("staff.uid")
    theme: Mapped[str] = mapped_column(default="")
    goal: Mapped[str] = mapped_column(default="")
    opened_on: Mapped[datetime.date]
    closed_on: Mapped[datetime.date | None]


class FollowUpMeeting(SpaceOwned):
    """One meeting of a follow-up: how long it lasted (minutes), about what, and what comes next."""

    __tablename__ = "follow_up_meeting"
    __erases__ = frozenset({"subject", "next_step"})

    follow_up_uid: Mapped[uuid.UUID] = reference("follow_up.uid")
    day: Mapped[datetime.date] = mapped_column(index=True)
    minutes: Mapped[int]
    subject: Mapped[str]
    next_step: Mapped[str] = mapped_column(default="")


class SessionFace(SpaceOwned):
    """One tap, by nobody: no member, no device, no hour; its uid is drawn at random."""

    __tablename__ = "session_face"

    session_uid: Mapped[uuid.UUID] = reference("training_session.uid")
    face: Mapped[Face] = enum_column(Face)
