"""Reading bookings: a day's, how long somebody holds a computer, what a room is taken by."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.desk.booking.models import Booking, BookingState
from kiosk.language import fold, msg
from kiosk.members import queries as members
from kiosk.places import queries as places
from kiosk.storage import NotFound, session
from kiosk.training import queries as training

USUAL_SHARE = 60
"""Minutes at a computer a day that are one person's fair share, where the space says nothing."""


@dataclass(frozen=True)
class Span:
    """Minutes from midnight, the end left out."""

    first: int
    last: int

    def meets(self, other: "Span") -> bool:
        """Tell whether two spans share a minute."""
        return self.first < other.last and other.first < self.last


@dataclass(frozen=True)
class Line:
    """A booking as a day shows it: `place` is the room, `who` whose hours they are."""

    booking: Booking
    who: str
    place: str
    ends: str


def span(starts: str, minutes: int) -> Span:
    """Return the span of "HH:MM" and a duration; what has no hour holds the whole day."""
    hour, _, minute = starts.partition(":")
    if not (hour.isdigit() and minute.isdigit()):
        return Span(0, 24 * 60)
    first = int(hour) * 60 + int(minute)
    return Span(first, first + minutes)


def at(minutes: int) -> str:
    """Return minutes from midnight as "HH:MM"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def standing(space_uid: uuid.UUID, day: datetime.date) -> Sequence[Booking]:
    """Return what is booked on a day at a space, in the order of the hours."""
    mine = Booking.space_uid == space_uid, Booking.day == day, Booking.deleted_at.is_(None)
    query = select(Booking).where(*mine, Booking.state == BookingState.BOOKED)
    return session().scalars(query.order_by(Booking.starts, Booking.station, Booking.uid)).all()


def lines(space_uid: uuid.UUID, found: Iterable[Booking]) -> list[Line]:
    """Return bookings with the names of their people and rooms."""
    every = list(found)
    names = members.names_of({one.member_uid for one in every if one.member_uid})
    rooms = {room.uid: room.name for room in places.rooms(space_uid)}
    return [
        Line(
            one,
            names.get(one.member_uid, "") if one.member_uid else one.who or "",
            rooms.get(one.room_uid, "") if one.room_uid else "",
            at(span(one.starts, one.minutes).last),
        )
        for one in every
    ]


def find(space_uid: uuid.UUID, uid: uuid.UUID) -> Booking:
    """Return a booking of a space, or raise NotFound."""
    found = session().get(Booking, uid)
    if found is None or found.deleted_at is not None or found.space_uid != space_uid:
        raise NotFound(msg("Cette réservation n’existe pas ici."))
    return found


def share(space_uid: uuid.UUID) -> int:
    """Return the minutes at a computer that are one person's share of a day."""
    space = places.space(space_uid)
    return (space.daily_minutes if space else None) or USUAL_SHARE


def held(found: Iterable[Booking], cards: Collection[uuid.UUID]) -> int:
    """Return how many minutes at a computer somebody holds among a day's bookings, by all her cards."""
    return sum(one.minutes for one in found if one.station and one.member_uid in cards)


def computers(space_uid: uuid.UUID) -> int:
    """Return how many computers the rooms of a space have."""
    return sum(room.computers for room in places.rooms(space_uid))


def free_station(found: Iterable[Booking], wanted: Span, count: int) -> int | None:
    """Return the first computer free for that long, None where every one is taken."""
    taken = {one.station for one in found if one.station and span(one.starts, one.minutes).meets(wanted)}
    return next((number for number in range(1, count + 1) if number not in taken), None)


def taken_by(space_uid: uuid.UUID, room_uid: uuid.UUID, day: datetime.date, wanted: Span) -> str:
    """Return what holds a room in that span: a sitting's title, who booked it, '' where it is free."""
    room = places.room(room_uid)
    for sitting in training.sittings_on(space_uid, day):
        here = room is not None and fold(sitting.place) == fold(room.name)
        if here and span(sitting.starts, sitting.minutes).meets(wanted):
            return sitting.title
    for one in standing(space_uid, day):
        if one.room_uid == room_uid and span(one.starts, one.minutes).meets(wanted):
            return one.who or str(msg("une autre réservation"))
    return ""
