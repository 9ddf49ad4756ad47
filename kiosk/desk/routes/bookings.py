"""The pages of bookings: a day, a computer for a member, a room for a meeting."""

import datetime
import uuid

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.desk.booking import queries, services
from kiosk.desk.booking.models import Booking
from kiosk.desk.routes.booking_forms import HoursForm, RoomForm, ShareForm
from kiosk.desk.routes.counter import Answer
from kiosk.desk.routes.door import blueprint, here
from kiosk.language import Message, fold, formats, msg
from kiosk.members import queries as members
from kiosk.places import queries as places
from kiosk.places import services as spaces
from kiosk.storage import clock, transaction
from kiosk.training import queries as training
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

_books = needs(Right.RECORD_VISITS)


@blueprint.get("/reservations")
@_books
def bookings() -> str:
    """Show a day: its computers and rooms, and the sittings that hold rooms."""
    day = _day()
    found = queries.lines(here(), queries.standing(here(), day))
    one, rooms = datetime.timedelta(days=1), places.rooms(here())
    named = {fold(room.name) for room in rooms}
    return render_template(
        "desk/bookings.html",
        day=day,
        around=(day - one, day + one),
        stations=[line for line in found if line.booking.station],
        meetings=[line for line in found if not line.booking.station],
        sittings=[one for one in training.sittings_on(here(), day) if fold(one.place) in named],
        computers=queries.computers(here()),
        rooms=rooms,
        share=formats.duration(queries.share(here()) * 60),
        keeps=current_user.can(Right.MANAGE_SPACE),
    )


def _day() -> datetime.date:
    """Return the ISO day of the address, today for anything else."""
    try:
        return datetime.date.fromisoformat(request.args.get("jour", ""))
    except ValueError:
        return clock.today()


@blueprint.route("/reservations/ordinateur", methods=["GET", "POST"])
@_books
def book_computer() -> Answer:
    """Find the member, then her hour; a second hour beyond her share is refused with the reason."""
    member, words = _member(), request.args.get("q", "")[:80]
    form = HoursForm(day=_day())
    if member and is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.book_computer(here(), member.uid, form.hours())
        if outcome.ok:
            return _booked(made, msg("Ordinateur %(n)s réservé.", n=made.station))
    page = render_template(
        "desk/book_computer.html",
        form=form,
        member=member,
        words=words,
        day=_day(),
        found=members.find(words, 20, here()) if words and not member else [],
        share=formats.duration(queries.share(here()) * 60),
    )
    return page, 422 if request.method == "POST" else 200


def _member() -> members.Member | None:
    try:
        return members.one(uuid.UUID(hex=request.args.get("m", "")))
    except ValueError:
        return None


def _booked(made: Booking, said: Message) -> Response:
    done(said, undo=url_for("desk.cancel_booking", uid=made.uid))
    return redirect(url_for("desk.bookings", jour=made.day), 303)


@blueprint.route("/reservations/salle", methods=["GET", "POST"])
@_books
def book_room() -> Answer:
    """Hold a room for a meeting; a clash with a sitting or another meeting is refused."""
    form = RoomForm(day=_day())
    form.room.choices = [(room.uid.hex, room.name) for room in places.rooms(here())]
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            room = uuid.UUID(hex=form.room.data)
            made = services.book_room(here(), room, form.hours(), form.meeting())
        if outcome.ok:
            return _booked(made, msg("La salle est réservée."))
    return render_template("desk/book_room.html", form=form, day=_day()), 422 if form.errors else 200


@blueprint.post("/reservations/<uuid:uid>/annuler")
@_books
def cancel_booking(uid: uuid.UUID) -> Response:
    """Give the hours back."""
    with transaction():
        one = queries.find(here(), uid)
        services.cancel(one)
    done(msg("La réservation est annulée."), undo=url_for("desk.restore_booking", uid=uid))
    return redirect(url_for("desk.bookings", jour=one.day), 303)


@blueprint.post("/reservations/<uuid:uid>/remettre")
@_books
def restore_booking(uid: uuid.UUID) -> Response:
    """Take a cancellation back."""
    with transaction():
        one = queries.find(here(), uid)
        services.restore(one)
    done(msg("La réservation est remise."))
    return redirect(url_for("desk.bookings", jour=one.day), 303)


@blueprint.route("/reservations/part", methods=["GET", "POST"])
@needs(Right.MANAGE_SPACE)
def fair_share() -> Answer:
    """Say how long one person may hold a computer in a day."""
    form = ShareForm(minutes=queries.share(here()))
    if is_submitted_ok(form):
        with transaction():
            spaces.set_share(here(), form.minutes.data)
        done(msg("La part de chacun est notée."))
        return redirect(url_for("desk.bookings"), 303)
    return render_template("desk/fair_share.html", form=form), 422 if form.errors else 200
