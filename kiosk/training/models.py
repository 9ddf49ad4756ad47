"""Courses, sessions, sittings, enrolments, marks: everything a training leaves behind.

Units: a weight is hundredths of a day (50 is half a day), a duration is minutes,
an hour is the text "HH:MM" at the space, a day is a business date that a person
typed or confirmed.
"""

import datetime
import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import Base, SpaceOwned, Uid, enum_column, list_column, reference
from kiosk.training.attestations.models import Certificate as Certificate  # tables of this room
from kiosk.training.attestations.models import CertificateSeal as CertificateSeal
from kiosk.training.beside.models import SessionPartner as SessionPartner
from kiosk.training.beside.models import SessionTrainer as SessionTrainer
from kiosk.training.catalogue.models import Course as Course
from kiosk.training.catalogue.models import CoursePlan as CoursePlan
from kiosk.training.catalogue.models import SessionKind as SessionKind
from kiosk.training.catalogue.models import Theme as Theme
from kiosk.training.following.models import FollowUp as FollowUp
from kiosk.training.following.models import FollowUpMeeting as FollowUpMeeting
from kiosk.training.following.models import SessionFace as SessionFace
from kiosk.training.heads.models import Headcount as Headcount


class SessionState(StrEnum):
    """Where a session stands. POSTPONED waits for a new date; once it has one it is PLANNED again."""

    DRAFT = "draft"
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class SittingState(StrEnum):
    """INTERRUPTED counts what the trainer confirms; CANCELLED counts nothing."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


class EnrolmentState(StrEnum):
    """WAITING people stand in a line; OFFERED, ENROLLED and COMPLETED hold a seat."""

    REQUESTED = "requested"
    WAITING = "waiting"
    OFFERED = "offered"
    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    COMPLETED = "completed"


class Mark(StrEnum):
    """The answer beside a name. NONE is a voided answer: the row stays, the log keeps its history."""

    PRESENT = "present"
    LATE = "late"
    PARTIAL = "partial"
    ABSENT = "absent"
    EXCUSED = "excused"
    NONE = ""


class Audience(StrEnum):
    """For whom a session is meant."""

    EVERYONE = "everyone"
    WOMEN = "women"
    GIRLS = "girls"
    YOUTH = "youth"
    GROUP = "group"


class Mode(StrEnum):
    """Where people are: in the room, elsewhere with a connection, or some of each."""

    ON_SITE = "on_site"
    REMOTE = "remote"
    HYBRID = "hybrid"


class RequestState(StrEnum):
    """A seat asked for from a phone waits until someone of the staff answers."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class TrainingSession(SpaceOwned):
    """One run of a course: people enrol in it, its sittings are the half-days.

    `code` is its printed label, drawn at random when it is made. `rough_month` is
    the first day of a month, while no day is firm. `seats` None means no limit.
    `trainer_name` is the name as printed. `reason` says why it was put off or cancelled.
    `completion` is the percent to follow for an attestation de formation, None for the usual one.
    `mode` REMOTE takes no room.
    `theme` is the key of its domain, "" for that of its course; `campaign` the tag of a
    campaign; `national_actor` says one was there; `prepared` the checked lines.
    `group_uid` is the group it is for, where it is one of the register's. `keeper` is the
    number of the machine that took its waiting line over, None: the one that planned it.
    `site_uid` is the point without a machine where it is held, None in the space itself.
    """

    __tablename__ = "training_session"
    __search__ = "training_search"

    code: Mapped[str]
    title: Mapped[str]
    course_uid: Mapped[uuid.UUID | None] = reference("course.uid")
    state: Mapped[SessionState] = enum_column(SessionState, index=True)
    place: Mapped[str] = mapped_column(default="")
    outreach: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[Audience] = enum_column(Audience, default=Audience.EVERYONE)
    group_name: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    seats: Mapped[int | None]
    trainer_uid: Mapped[uuid.UUID | None] = reference("staff.uid")
    trainer_name: Mapped[str] = mapped_column(default="")
    trainer_sex: Mapped[str] = mapped_column(default="")
    project_uid: Mapped[uuid.UUID | None] = reference("project.uid")
    rough_month: Mapped[datetime.date | None]
    reason: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    completion: Mapped[int | None]
    mode: Mapped[Mode] = enum_column(Mode, default=Mode.ON_SITE)
    kind: Mapped[SessionKind] = enum_column(SessionKind, default=SessionKind.COURSE)
    theme: Mapped[str] = mapped_column(default="")
    campaign: Mapped[str] = mapped_column(default="")
    national_actor: Mapped[bool] = mapped_column(default=False)
    prepared: Mapped[list[str] | None] = list_column()
    group_uid: Mapped[uuid.UUID | None] = reference("member_group.uid")
    keeper: Mapped[int | None]
    site_uid: Mapped[uuid.UUID | None] = reference("space.uid")

    @classmethod
    def searchable(cls, row: Mapping[str, Any]) -> str:
        """Found by title, label, place, trainer and group."""
        names = ("title", "code", "place", "trainer_name", "group_name")
        return " ".join(str(row.get(name) or "") for name in names)


class Sitting(SpaceOwned):
    """One half-day or day of a session.

    `weight` is what it counts for one person; `confirmed_weight` what it counted
    when interrupted (None until the trainer says). `moved_from` is the day first
    announced. `closed_at` is when its sheet was entered (ms), None while it waits.
    `spoke` people took the floor, of whom `spoke_women` and `spoke_youth`; None where
    nobody counted. `posts` is how many publications those present made during it, on
    networks; None where nobody counted.
    """

    __tablename__ = "sitting"

    session_uid: Mapped[uuid.UUID] = reference("training_session.uid")
    day: Mapped[datetime.date] = mapped_column(index=True)
    starts: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int]
    weight: Mapped[int]
    state: Mapped[SittingState] = enum_column(SittingState, default=SittingState.PLANNED)
    confirmed_weight: Mapped[int | None]
    moved_from: Mapped[datetime.date | None]
    reason: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[int | None] = mapped_column(info={"moment": True})
    spoke: Mapped[int | None]
    spoke_women: Mapped[int | None]
    spoke_youth: Mapped[int | None]
    posts: Mapped[int | None]


class Enrolment(SpaceOwned):
    """A member's place in a session; its uid follows from the two, so that machines converge.

    `ticket` orders the line: one more than the highest of the session when she
    asked (equal tickets of two machines are told apart by uid). `promoted` says
    that she came off the waiting list. A withdrawal cancels only what it saw: it
    gives way to an entry made elsewhere in the meantime.
    """

    __tablename__ = "enrolment"
    __natural__ = ("enr", "session_uid", "member_uid")
    __yields__ = {"state": EnrolmentState.WITHDRAWN}

    session_uid: Mapped[uuid.UUID] = reference("training_session.uid")
    member_uid: Mapped[uuid.UUID] = reference("member.uid")
    state: Mapped[EnrolmentState] = enum_column(EnrolmentState)
    ticket: Mapped[int]
    promoted: Mapped[bool] = mapped_column(default=False)
    walk_in: Mapped[bool] = mapped_column(default=False)


class Attendance(SpaceOwned):
    """A member's mark at a sitting; `minutes` is how long she stayed, where someone wrote it."""

    __tablename__ = "attendance"
    __natural__ = ("att", "sitting_uid", "member_uid")

    sitting_uid: Mapped[uuid.UUID] = reference("sitting.uid")
    member_uid: Mapped[uuid.UUID] = reference("member.uid")
    mark: Mapped[Mark] = enum_column(Mark)
    minutes: Mapped[int | None]


class SeatRequest(SpaceOwned):
    """A seat asked for from a phone without account; `member_uid` once someone accepted it."""

    __tablename__ = "seat_request"
    __erases__ = frozenset({"name", "phone"})

    session_uid: Mapped[uuid.UUID] = reference("training_session.uid")
    name: Mapped[str]
    phone: Mapped[str]
    state: Mapped[RequestState] = enum_column(RequestState, default=RequestState.WAITING)
    member_uid: Mapped[uuid.UUID | None] = reference("member.uid")


class SheetUndo(Base):
    """The answers a sheet held before its last save, on this machine only.

    `before`: {member uid in hex: [mark, minutes], …}; `was_*` what the sitting said.
    """

    __tablename__ = "sheet_undo"

    sitting_uid: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True)
    before: Mapped[dict[str, Any]] = list_column()
    was_closed: Mapped[int | None]
    was_state: Mapped[str]
    was_day: Mapped[datetime.date]
