"""Tables of volunteers: profiles, time given, events attended elsewhere, offers of help."""

import datetime
import uuid
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import SpaceOwned, enum_column, list_column, reference


class OfferState(StrEnum):
    """An offer of help waits until someone of the staff answers."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Volunteer(SpaceOwned):
    """Somebody who gives her time: a member, or a person of the staff; her uid follows from which.

    One who is both has both ids, on each of her profiles: she counts once (see `same`).
    `families` are codes of skills, `languages` those of the register, `slots` when she
    is free. `skills` says more in plain words. `active` False: she gives none any more;
    what she gave stays counted.
    """

    __tablename__ = "volunteer"
    __erases__ = frozenset({"families", "languages", "slots", "skills"})

    member_uid: Mapped[uuid.UUID | None] = reference("member.uid")
    staff_uid: Mapped[uuid.UUID | None] = reference("staff.uid")
    families: Mapped[list[str] | None] = list_column()
    languages: Mapped[list[str] | None] = list_column()
    slots: Mapped[list[str] | None] = list_column()
    skills: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class VolunteerTime(SpaceOwned):
    """Time given for one task, in hundredths of a day (350 is 3.5 days), said of its last day.

    Sessions she held are not written here: those days follow from their sittings.
    """

    __tablename__ = "volunteer_time"
    __erases__ = frozenset({"task"})

    volunteer_uid: Mapped[uuid.UUID] = reference("volunteer.uid")
    day: Mapped[datetime.date] = mapped_column(index=True)
    task: Mapped[str]
    weight: Mapped[int]
    remote: Mapped[bool] = mapped_column(default=False)


class OutsideEvent(SpaceOwned):
    """An event held elsewhere (a seminar, a fair) that a volunteer attended; it counts in no days here."""

    __tablename__ = "outside_event"
    __erases__ = frozenset({"title", "place", "organiser"})

    volunteer_uid: Mapped[uuid.UUID] = reference("volunteer.uid")
    title: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    organiser: Mapped[str] = mapped_column(default="")
    first: Mapped[datetime.date]
    last: Mapped[datetime.date]


class HelpOffer(SpaceOwned):
    """« Je veux aider », sent from a phone without account; `member_uid` once someone accepted it."""

    __tablename__ = "help_offer"
    __erases__ = frozenset({"name", "phone", "words"})

    name: Mapped[str]
    phone: Mapped[str]
    families: Mapped[list[str] | None] = list_column()
    words: Mapped[str] = mapped_column(default="")
    state: Mapped[OfferState] = enum_column(OfferState, default=OfferState.WAITING)
    member_uid: Mapped[uuid.UUID | None] = reference("member.uid")
