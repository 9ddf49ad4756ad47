"""The one question a machine without battery has: which day is today?"""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms.validators import InputRequired

from kiosk.language import formats, msg
from kiosk.storage import clock, session, transaction
from kiosk.sync.time import question
from kiosk.web.fields import DayField, HourField
from kiosk.web.forms import Form, is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]


class DateForm(Form):
    """The date and the hour, as a person says them."""

    day = DayField(msg("Date"), [InputRequired(msg("Écrivez la date d’aujourd’hui."))])
    hour = HourField(msg("Heure"), [InputRequired(msg("Écrivez l’heure."))])


def add_to(blueprint: Blueprint) -> None:
    """Put this page under a blueprint."""
    blueprint.add_url_rule("/horloge", "clock", ask, methods=["GET", "POST"])


def card() -> Markup | None:
    """Return the question for the manager's first page, while it stands."""
    if not current_user.can(Right.MANAGE_SPACE) or not question.is_asked():
        return None
    return Markup(render_template("sync/clock_card.html", form=_form()))  # noqa: S704 - our own template


def _form() -> DateForm:
    day, hour = question.proposal()
    return DateForm(day=day, hour=hour)


@needs(Right.MANAGE_SPACE)
def ask() -> Answer:
    """Ask for the date, prefilled with the likeliest; take the answer."""
    form = _form()
    if is_submitted_ok(form) and form.day.data is not None:
        day = form.day.data
        with refused(form) as outcome, transaction():
            footing = question.answer(session().connection(), day, form.hour.data or "")
        if outcome.ok:
            clock.stand(current_app.config["SETTINGS"].data, footing)
            done(msg("Merci. Nous sommes le %(day)s.", day=formats.date_long(day)))
            return redirect(url_for("desk.today_page"), 303)
    return render_template("sync/clock.html", form=form), 422 if form.is_submitted() else 200
