"""The log of meetings with partners, and the history it makes of each."""

import uuid

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import DateField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from kiosk.language import Message, msg
from kiosk.partners import queries
from kiosk.partners.meetings import reading, services
from kiosk.partners.meetings.models import PartnerMeeting
from kiosk.storage import Refusal, clock, transaction
from kiosk.web.forms import Form, is_submitted_ok, max_length, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.paging import paginate
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
_NAMES = ("subject", "place", "people", "account", "outcome")
_guard = needs(Right.MANAGE_SPACE, Right.COORDINATE)


class MeetingForm(Form):
    """One meeting."""

    day = DateField(msg("Jour"), [InputRequired(msg("Écrivez le jour."))])
    subject = StringField(msg("Sujet"), [InputRequired(msg("Écrivez le sujet.")), max_length(160)])
    partners = SelectMultipleField(msg("Partenaires"), [InputRequired(msg("Cochez au moins un partenaire."))])
    people = TextAreaField(msg("Personnes présentes"), [Optional(), max_length(1000)])
    place = StringField(msg("Lieu"), [Optional(), max_length(120)])
    account = TextAreaField(msg("Compte rendu"), [Optional(), max_length(8000)])
    outcome = TextAreaField(msg("Ce qui est décidé"), [Optional(), max_length(2000)])

    def told(self) -> services.Told:
        """Return the meeting as typed."""
        texts = {name: self[name].data or "" for name in _NAMES}
        partners = {uuid.UUID(hex=one) for one in self.partners.data or ()}
        return services.Told(self.day.data, partners=partners, **texts)


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    both, one = ["GET", "POST"], "/reunions/<uuid:uid>"
    for rule, name, view, methods in (
        ("/reunions", "meetings", meetings, ["GET"]),
        ("/reunions/nouvelle", "new_meeting", new, both),
        (one, "meeting", show, ["GET"]),
        (f"{one}/modifier", "change_meeting", change, both),
        (f"{one}/retirer", "remove_meeting", remove, ["POST"]),
        (f"{one}/remettre", "restore_meeting", restore, ["POST"]),
    ):
        blueprint.add_url_rule(rule, name, _guard(view), methods=methods)


def meetings() -> str:
    """List the meetings of the space, of all at the centre."""
    page = paginate(reading.listing(current_user.space_uid))
    named = reading.partners_of(one.uid for one in page.items)
    names = queries.organisation_names(uid for uids in named.values() for uid in uids)
    told = {one: ", ".join(names[uid] for uid in uids if uid in names) for one, uids in named.items()}
    return render_template("partners/meetings.html", page=page, told=told)


def new() -> Answer:
    """Note a meeting; the link of an organisation ticks it."""
    space = current_user.space_uid or abort(404)
    form = MeetingForm(day=clock.today(), partners=[request.args.get("avec", "")])
    _offer(form)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.note(space, form.told())
        if outcome.ok:
            done(msg("La réunion est notée."), undo=url_for(".remove_meeting", uid=made.uid))
            return redirect(url_for(".meeting", uid=made.uid), 303)
    return _filled(form, None)


def _offer(form: MeetingForm) -> None:
    form.partners.choices = [(one.uid.hex, one.name) for one in queries.organisations()]


def _filled(form: MeetingForm, one: PartnerMeeting | None) -> Answer:
    return render_template("partners/meeting_edit.html", form=form, one=one), 422 if form.errors else 200


def show(uid: uuid.UUID) -> str:
    """Show a meeting."""
    one = reading.one(uid)
    names = queries.organisation_names(reading.partners_of([uid])[uid])
    mine = one.space_uid == current_user.space_uid
    return render_template("partners/meeting.html", one=one, names=names, mine=mine, acts=_acts(uid))


def _acts(uid: uuid.UUID) -> list[tuple[Message, str] | None]:
    """Return what other rooms do to a meeting; None among them: it says nothing new any more."""
    return [hook(uid) for hook in current_app.extensions.get("meeting_acts", ())]


def change(uid: uuid.UUID) -> Answer:
    """Correct a meeting of one's own."""
    one = services.own(uid, current_user.space_uid)
    if None in _acts(uid):
        raise Refusal(msg("Les noms de cette réunion s’effacent. Elle ne se corrige plus."))
    took_part = [found.hex for found in reading.partners_of([uid])[uid]]
    form = MeetingForm(obj=one, data={"partners": took_part})
    _offer(form)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.correct(uid, current_user.space_uid, form.told())
        if outcome.ok:
            done(msg("La réunion est à jour."))
            return redirect(url_for(".meeting", uid=uid), 303)
    return _filled(form, one)


def remove(uid: uuid.UUID) -> Response:
    """Take a meeting out of the log."""
    with transaction():
        services.take_back(uid, current_user.space_uid)
    done(msg("La réunion est retirée."), undo=url_for(".restore_meeting", uid=uid))
    return redirect(url_for(".meetings"), 303)


def restore(uid: uuid.UUID) -> Response:
    """Put a meeting into the log again."""
    with transaction():
        services.take_back(uid, current_user.space_uid, back=True)
    done(msg("La réunion est de nouveau notée."))
    return redirect(url_for(".meeting", uid=uid), 303)


def panel(organisation_uid: uuid.UUID) -> Markup:
    """Return the history of meetings on an organisation's sheet: for the staff alone."""
    if not (current_user.can(Right.MANAGE_SPACE) or current_user.can(Right.COORDINATE)):
        return Markup()
    found = reading.history(organisation_uid)
    card = render_template("partners/_meetings.html", found=found, organisation=organisation_uid)
    return Markup(card)  # noqa: S704 - a template of ours, escaped by Jinja
