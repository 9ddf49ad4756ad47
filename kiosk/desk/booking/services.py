"""Writing bookings: a computer within the fair share, a room nobody holds, cancelled and taken back."""

import datetime
import uuid
from dataclasses import dataclass

from kiosk.desk.booking import queries
from kiosk.desk.booking.models import Booking, BookingState
from kiosk.language import formats, msg
from kiosk.members import queries as members
from kiosk.members.links import queries as links
from kiosk.places import queries as places
from kiosk.storage import Refusal, session

LONGEST = 12 * 60


@dataclass(frozen=True)
class Hours:
    """When: the day, its hour "HH:MM", and how many minutes."""

    day: datetime.date
    starts: str
    minutes: int

    @property
    def span(self) -> queries.Span:
        """The minutes of the day it holds."""
        return queries.span(self.starts, self.minutes)


@dataclass(frozen=True)
class Meeting:
    """Who meets in a room, and what for; `people` as they say."""

    who: str
    phone: str = ""
    purpose: str = ""
    people: int | None = None


def book_computer(space_uid: uuid.UUID, member_uid: uuid.UUID, hours: Hours) -> Booking:
    """Hold a computer for a member.

    Raises Refusal beyond her fair share of the day, all her cards together, or where no computer
    is free.
    """
    _check(hours)
    member, found = members.one(member_uid), queries.standing(space_uid, hours.day)
    cards = links.persons().cards_of(member_uid)
    _check_share(member.name, queries.share(space_uid), queries.held(found, cards), hours.minutes)
    count = queries.computers(space_uid)
    if not count:
        raise Refusal(msg("Notez d’abord les ordinateurs de vos salles."))
    station = queries.free_station(found, hours.span, count)
    if station is None:
        raise Refusal(msg("Tous les ordinateurs sont pris à cette heure."), "starts")
    return _add(Booking(space_uid=space_uid, member_uid=member_uid, station=station), hours)


def _check(hours: Hours) -> None:
    if not hours.starts:
        raise Refusal(msg("Donnez l’heure."), "starts")
    if not 0 < hours.minutes <= LONGEST or hours.span.last > 24 * 60:
        raise Refusal(msg("La réservation finit le même jour."), "minutes")


def _check_share(name: str, share: int, held: int, wanted: int) -> None:
    if held and held + wanted > share:
        told = {"name": name, "held": _said(held), "share": _said(share)}
        raise Refusal(
            msg("%(name)s a déjà %(held)s ce jour-là. La part de chacun est de %(share)s.", **told), "minutes"
        )
    if wanted > share:
        raise Refusal(msg("La part de chacun est de %(share)s par jour.", share=_said(share)), "minutes")


def _said(minutes: int) -> str:
    return formats.duration(minutes * 60)


def book_room(space_uid: uuid.UUID, room_uid: uuid.UUID, hours: Hours, meeting: Meeting) -> Booking:
    """Hold a whole room. Raises Refusal where a sitting or somebody else holds it then."""
    _check(hours)
    room = places.room(room_uid)
    if room is None or room.deleted_at is not None or room.space_uid != space_uid:
        raise Refusal(msg("Cette salle n’existe pas ici."), "room")
    if not meeting.who.strip():
        raise Refusal(msg("Dites pour qui est la salle."), "who")
    by = queries.taken_by(space_uid, room_uid, hours.day, hours.span)
    if by:
        raise Refusal(msg("La salle est prise à cette heure\u00a0: %(what)s.", what=by), "starts")
    made = Booking(space_uid=space_uid, room_uid=room_uid, who=meeting.who.strip(), people=meeting.people)
    made.phone, made.purpose = meeting.phone or None, meeting.purpose or None
    return _add(made, hours)


def _add(made: Booking, hours: Hours) -> Booking:
    made.day, made.starts, made.minutes = hours.day, hours.starts, hours.minutes
    made.state = BookingState.BOOKED
    session().add(made)
    session().flush()
    return made


def cancel(booking: Booking) -> None:
    """Give the hours back; the row stays."""
    booking.state = BookingState.CANCELLED


def restore(booking: Booking) -> None:
    """Take a cancellation back. Raises Refusal where somebody else took the hours meanwhile."""
    if booking.state == BookingState.BOOKED:
        return
    hours = queries.span(booking.starts, booking.minutes)
    if booking.room_uid:
        if queries.taken_by(booking.space_uid, booking.room_uid, booking.day, hours):
            raise Refusal(msg("Ces heures ont été prises entre-temps."))
    else:
        found, count = (
            queries.standing(booking.space_uid, booking.day),
            queries.computers(booking.space_uid),
        )
        booking.station = queries.free_station(found, hours, count)
        if booking.station is None:
            raise Refusal(msg("Ces heures ont été prises entre-temps."))
    booking.state = BookingState.BOOKED
