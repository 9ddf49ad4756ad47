"""Keeping the sheet of one's space: card, hours, exceptional days, rooms."""

import datetime
import uuid
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.language import formats, msg
from kiosk.places import feasts, hours, queries, services
from kiosk.places.forms import CardForm, ExceptionForm, FeastForm, HoursForm, RoomForm
from kiosk.places.models import Room, Space
from kiosk.storage import clock, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
_guard = needs(Right.MANAGE_SPACE)
# The sheet holds several forms: without it, two fields would be called `name`.
_ROOM = "salle"


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    for rule, view, methods in (
        ("/espace/tenue", edit, ["GET"]),
        ("/espace/tenue", describe, ["POST"]),
        ("/espace/heures", set_hours, ["POST"]),
        ("/espace/jours", add_exception, ["POST"]),
        ("/espace/jours/<first>/<last>/retirer", drop_exception, ["POST"]),
        ("/espace/fetes/<key>", feast, ["GET", "POST"]),
        ("/espace/fetes/<key>/remettre", give_feast_back, ["POST"]),
        ("/espace/salles", add_room, ["POST"]),
        ("/espace/salles/<uuid:uid>", room, ["GET", "POST"]),
        ("/espace/salles/<uuid:uid>/retirer", close_room, ["POST"]),
        ("/espace/salles/<uuid:uid>/remettre", reopen_room, ["POST"]),
    ):
        blueprint.add_url_rule(rule, view.__name__, _guard(view), methods=methods)


def _mine() -> Space:
    found = queries.space(current_user.space_uid) if current_user.space_uid else None
    if found is None:
        abort(404)
    return found


def edit() -> str:
    """Show what can be changed on the sheet."""
    found = _mine()
    return _editing(found, CardForm(formdata=None, obj=found), _hours_form(found))


def _hours_form(found: Space) -> HoursForm:
    week = {f"day_{day}": hours.written((found.hours or {}).get(day, ())) for day in hours.WEEKDAYS}
    return HoursForm(formdata=None, data=week)


def _editing(found: Space, card: CardForm, week: HoursForm, **forms: Any) -> str:
    card.commune.choices = {"": [("", msg("Choisissez"))], **queries.commune_choices(found.commune)}
    today = clock.today().isoformat()
    return render_template(
        "places/edit.html",
        space=found,
        card=card,
        hours=week,
        days=week.days(formats.day_names()),
        exception=forms.get("exception") or ExceptionForm(formdata=None),
        exceptions=[
            one for one in found.exceptions or [] if str(one["to"]) >= today and not one.get("feast")
        ],
        feasts=feasts.coming(found, clock.today()),
        day_of=feasts.day_of,
        room=forms.get("room") or RoomForm(formdata=None, prefix=_ROOM),
        rooms=queries.rooms(found.uid),
        shown=hours.shown,
        day=datetime.date.fromisoformat,
    )


def describe() -> Answer:
    """Write the card: name, commune, address, contact."""
    found, form = _mine(), CardForm()
    form.commune.choices = {"": [("", "")], **queries.commune_choices()}
    if is_submitted_ok(form):
        typed = services.SpaceCard(
            **{name: form[name].data for name in ("name", "commune", "address", "phone", "contact", "power")}
        )
        with refused(form) as outcome, transaction():
            services.describe(found, typed)
        if outcome.ok:
            return _kept(msg("La fiche de l’espace est à jour."))
    return _editing(found, form, _hours_form(found)), 422


def _kept(message: Any, undo: str | None = None) -> Response:
    done(message, undo)
    return redirect(url_for(".edit"), 303)


def set_hours() -> Answer:
    """Write the opening hours: phones see them with their next page."""
    found, form = _mine(), HoursForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.set_hours(found, form.week())
        if outcome.ok:
            return _kept(msg("Les heures sont à jour. Les téléphones les voient déjà."))
    return _editing(found, CardForm(formdata=None, obj=found), form), 422


def add_exception() -> Answer:
    """Write days with other hours."""
    found, form = _mine(), ExceptionForm()
    if is_submitted_ok(form):
        days = (form.first.data, form.last.data)
        with refused(form) as outcome, transaction():
            services.add_exception(found, *days, form.spans.data or "", form.why.data or "")
        if outcome.ok:
            undo = url_for(".drop_exception", first=days[0].isoformat(), last=days[1].isoformat())
            return _kept(msg("Ces jours ont leurs propres heures."), undo)
    card = CardForm(formdata=None, obj=found)
    return _editing(found, card, _hours_form(found), exception=form), 422


def drop_exception(first: str, last: str) -> Response:
    """Give these days their usual hours back."""
    with transaction():
        services.drop_exception(_mine(), first, last)
    return _kept(msg("Ces jours ont leurs heures habituelles."))


def feast(key: str) -> Answer:
    """Write the true day of a feast, and its hours that day."""
    found, one = _mine(), feasts.find(key)
    told = next((line for line in found.exceptions or [] if line.get("feast") == key), None)
    form = FeastForm(day=feasts.day_of(one, told), spans=hours.written(told["spans"]) if told else "")
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            feasts.confirm(found, one, form.day.data, hours.parse(form.spans.data or "", "spans"))
        if outcome.ok:
            return _kept(msg("Le jour de cette fête est noté."), url_for(".give_feast_back", key=key))
    return render_template("places/feast.html", form=form, feast=one, told=told), 422 if form.errors else 200


def give_feast_back(key: str) -> Response:
    """Give a feast the day of the calendar back."""
    with transaction():
        feasts.give_back(_mine(), feasts.find(key))
    return _kept(msg("La fête a de nouveau le jour du calendrier."))


def add_room() -> Answer:
    """Add a room."""
    found, form = _mine(), RoomForm(prefix=_ROOM)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.add_room(found, form.name.data, form.seats.data, form.computers.data)
        if outcome.ok:
            return _kept(msg("La salle %(name)s est notée.", name=form.name.data))
    card = CardForm(formdata=None, obj=found)
    return _editing(found, card, _hours_form(found), room=form), 422


def _my_room(uid: uuid.UUID) -> Room:
    found = queries.room(uid)
    if found is None or found.space_uid != current_user.space_uid:
        abort(404)
    return found


def room(uid: uuid.UUID) -> Answer:
    """Correct a room."""
    found = _my_room(uid)
    form = RoomForm(obj=found)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.change_room(found, form.name.data, form.seats.data, form.computers.data)
        if outcome.ok:
            return _kept(msg("La salle %(name)s est à jour.", name=form.name.data))
    return render_template("places/room.html", form=form, room=found), 422 if form.errors else 200


def close_room(uid: uuid.UUID) -> Response:
    """Take a room off the sheet."""
    found = _my_room(uid)
    with transaction():
        services.close_room(found)
    return _kept(msg("La salle est retirée."), url_for(".reopen_room", uid=uid))


def reopen_room(uid: uuid.UUID) -> Response:
    """Put a room back on the sheet."""
    found = _my_room(uid)
    with transaction():
        services.reopen_room(found)
    return _kept(msg("La salle est de retour."))
