"""My account: change one's own secret, leave."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.accounts import attempts, queries, services
from kiosk.accounts.forms import OwnSecretForm
from kiosk.accounts.jobs import reading as jobs
from kiosk.accounts.routes import devices
from kiosk.accounts.routes.login import open_session
from kiosk.language import formats, msg
from kiosk.storage import Refusal, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done


def add_to(blueprint: Blueprint) -> None:
    """Hang this page on the room's blueprint."""
    blueprint.add_url_rule("/mon-compte", "own", needs()(own), methods=["GET", "POST"])


def own() -> str | Response | tuple[str, int]:
    """Show who I am here and what my post is; let me change my secret, which ends every other session."""
    form = OwnSecretForm()
    if current_user.kind == "password":
        form.speak_of_passwords()
    if is_submitted_ok(form):
        with refused(form) as outcome:
            _change(form)
        if outcome.ok:
            _stay_signed_in()
            done(msg("Votre nouveau code est gardé."))
            return redirect(url_for("web.home"), 303)
    page = render_template("accounts/own.html", form=form, held=jobs.held_by(current_user.uid))
    return page, 422 if request.method == "POST" else 200


def _change(form: OwnSecretForm) -> None:
    me = current_user.uid
    place = (attempts.account_of(me), devices.device(), devices.address())
    with transaction():
        wait = attempts.begin(*place)
    if wait:
        raise Refusal(msg("Trop d’essais. Attendez %(wait)s.", wait=formats.duration(wait)), "now")
    if not services.secret_matches(me, form.now.data):
        raise Refusal(msg("Ce n’est pas votre code de maintenant."), "now")
    with transaction():
        services.change_own_secret(me, form.secret.data)
        attempts.succeed(*place)


def _stay_signed_in() -> None:
    me = queries.colleague(current_user.uid)
    if me is not None:
        open_session(me)
