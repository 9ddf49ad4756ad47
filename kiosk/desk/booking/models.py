"""The table of bookings."""

import datetime
import uuid
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kiosk.storage import SpaceOwned, enum_column, reference


class BookingState(StrEnum):
    """BOOKED holds its hours; CANCELLED holds none."""

    BOOKED = "booked"
    CANCELLED = "cancelled"


class Booking(SpaceOwned):
    """Hours held: a computer for one member (`station`, from 1), or a whole room for somebody (`room_uid`).

    `starts` is "HH:MM" at the space, `minutes` how long. `who` names who meets in a
    room, `phone` reaches them, `people` is how many they say they are.
    """

    __tablename__ = "booking"
    __table_args__ = (Index("ix_booking_space_day", "space_uid", "day"),)
    __erases__ = frozenset({"who", "phone", "purpose"})

    day: Mapped[datetime.date]
    starts: Mapped[str]
    minutes: Mapped[int]
    station: Mapped[int | None]
    room_uid: Mapped[uuid.UUID | None] = reference("room.uid")
    member_uid: Mapped[uuid.UUID | None] = reference("member.uid")
    who: Mapped[str | None]
    phone: Mapped[str | None]
    purpose: Mapped[str | None]
    people: Mapped[int | None]
    state: Mapped[BookingState] = enum_column(BookingState, default=BookingState.BOOKED)
