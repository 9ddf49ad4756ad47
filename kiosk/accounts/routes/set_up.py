"""The first run of a kiosk: its space, its manager, with the code of the console.

Until then every page leads here; afterwards this page does not exist any more.
"""

from pathlib import Path

from flask import abort, current_app, redirect, render_template, request, session
from werkzeug.wrappers import Response

from kiosk.accounts import attempts, queries, services
from kiosk.accounts.forms import SetUpForm
from kiosk.accounts.routes import devices, take_over
from kiosk.accounts.routes.first_run import blueprint, is_done
from kiosk.accounts.routes.login import first_page, open_session
from kiosk.language import formats, msg, published
from kiosk.places import queries as places
from kiosk.storage import Refusal, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import on_staff_network
from kiosk.web.i18n import COOKIE, chosen

_YEAR = 366 * 24 * 3600


def code_line() -> str:
    """Return what the console says of the first run."""
    return f"Code de mise en route : {services.set_up_code(_folder())}"


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].data
    return folder


@blueprint.route("/mise-en-route", methods=["GET", "POST"])
def first_run() -> str | Response | tuple[str, int]:
    """Ask for the code of the console, the space, its manager and the language."""
    if is_done():
        abort(404)
    if not on_staff_network():
        abort(403)
    count = take_over.coming()
    if count is not None:
        return render_template("accounts/coming.html", count=count)
    heirs = queries.heirs()
    if heirs:
        return take_over.page(heirs, _check_code)
    form = _form()
    if is_submitted_ok(form):
        with refused(form) as outcome:
            _check_code(form.console.data)
            _begin(form)
        if outcome.ok:
            return _welcome(form.language.data)
    return render_template("accounts/set_up.html", form=form), 422 if request.method == "POST" else 200


def _form() -> SetUpForm:
    form = SetUpForm()
    form.language.choices = [(one.code, one.name) for one in published()]
    form.language.data = form.language.data or chosen().code
    form.commune.choices = {"": [("", msg("Choisissez"))], **places.commune_choices()}
    return form


def _check_code(typed: str) -> None:
    place = (services.SET_UP, "", devices.address())
    with transaction():
        wait = attempts.begin(*place)
    if wait:
        raise Refusal(msg("Trop d’essais. Attendez %(wait)s.", wait=formats.duration(wait)), "console")
    if not services.is_set_up_code(_folder(), typed):
        raise Refusal(msg("Ce n’est pas le code de la machine."), "console")
    with transaction():
        attempts.succeed(*place)


def _begin(form: SetUpForm) -> None:
    first = services.FirstRun(
        code=form.code.data,
        space=form.space.data,
        commune=form.commune.data,
        manager=form.manager.data,
        secret=form.secret.data,
    )
    with transaction():
        manager = services.set_up(first)
        for begin in current_app.extensions.get("first_day", ()):
            begin(manager.space_uid)
    services.forget_set_up_code(_folder())
    session.clear()
    person = queries.colleague(manager.uid)
    if person is not None:
        open_session(person)


def _welcome(language: str) -> Response:
    answer = redirect(first_page(), 303)
    answer.set_cookie(COOKIE, language, max_age=_YEAR, samesite="Lax", httponly=True)
    return answer
