"""Coming in and going out: choose who you are, prove it, leave."""

import uuid

from flask import (
    Blueprint,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.accounts import attempts, queries, services
from kiosk.accounts.forms import PasswordForm, PinForm
from kiosk.accounts.models import SecretKind
from kiosk.accounts.queries import Colleague
from kiosk.accounts.routes import devices, faces
from kiosk.accounts.routes.login import first_page, open_session
from kiosk.language import Message, formats, msg
from kiosk.storage import transaction
from kiosk.web import since
from kiosk.web.addresses import safe_path
from kiosk.web.forms import Form, is_submitted_ok
from kiosk.web.guards import needs, on_staff_network

Answer = str | Response | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    blueprint.add_url_rule("/connexion", "sign_in", choose, methods=["GET", "POST"])
    blueprint.add_url_rule("/connexion/<uuid:uid>", "pin", pin, methods=["GET", "POST"])
    blueprint.add_url_rule("/connexion/nom", "password", password, methods=["GET", "POST"])
    blueprint.add_url_rule("/deconnexion", "sign_out", sign_out, methods=["POST"])
    blueprint.add_url_rule("/confirmer", "confirm", needs()(confirm), methods=["GET", "POST"])


def choose() -> Answer:
    """Show the team of the space; at the centre, ask for a name and a password."""
    _keep_out()
    people = faces.faces()
    if not people:
        return password()
    shown = {"people": people, "suite": _suite(), "passwords": queries.has_passwords()}
    return render_template("accounts/sign_in.html", **shown), 422 if request.method == "POST" else 200


def _keep_out() -> None:
    if not on_staff_network():
        abort(403)


def _suite() -> str:
    return safe_path(request.values.get("suite"), "")


def pin(uid: uuid.UUID) -> Answer:
    """Ask one person of the team for her PIN."""
    _keep_out()
    found, seen = queries.colleague(uid), faces.face(uid)
    if found is None or seen is None:
        abort(404)
    form = PinForm()
    if is_submitted_ok(form):
        wait = _tried(found, form)
        if not wait and not form.errors:
            return _welcome(found)
        return _again("accounts/pin.html", form, wait, person=seen)
    return _asked("accounts/pin.html", form, person=seen)


def password() -> Answer:
    """Ask for a name and a password."""
    _keep_out()
    form = PasswordForm()
    if is_submitted_ok(form):
        found = queries.by_name(form.name.data)
        known = found if found and found.kind == SecretKind.PASSWORD else None
        wait = _tried(known, form)
        if known and not wait and not form.errors:
            return _welcome(known)
        return _again("accounts/password.html", form, wait)
    return _asked("accounts/password.html", form)


def _tried(person: Colleague | None, form: Form) -> int:
    """Count a try and check it; return the seconds to wait, and put errors on the form."""
    account = attempts.account_of(person.uid if person else None)
    place = (account, devices.device(), devices.address())
    with transaction():
        wait = attempts.begin(*place)
    if wait:
        form["secret"].errors = [_waiting(wait)]
    elif not services.secret_matches(person.uid if person else None, form["secret"].data):
        form["secret"].errors = [_wrong(form)]
    return wait


def _wrong(form: Form) -> Message:
    if isinstance(form, PasswordForm):
        return msg("Ce nom et ce mot de passe ne vont pas ensemble.")
    return msg("Ce n’est pas le bon code.")


def _waiting(seconds: int) -> Message:
    return msg("Trop d’essais. Attendez %(wait)s, puis recommencez.", wait=formats.duration(seconds))


def _asked(page: str, form: Form, **shown: object) -> Answer:
    shown_page = render_template(page, form=form, suite=_suite(), **shown)
    return shown_page, 422 if request.method == "POST" else 200


def _again(page: str, form: Form, wait: int, **shown: object) -> Response:
    answer = make_response(_asked(page, form, **shown))
    if wait:
        answer.status_code = 429
        answer.headers["Retry-After"] = str(wait)
    return answer


def _welcome(person: Colleague) -> Response:
    target, named = _suite(), devices.name()
    with transaction():
        attempts.succeed(attempts.account_of(person.uid), named, devices.address())
    open_session(person)
    answer = redirect(target or first_page(), 303)
    devices.keep(answer, named)
    return answer


def sign_out() -> Response:
    """End the session on this browser."""
    session.clear()
    return redirect(url_for("web.home"), 303)


def confirm() -> Answer:
    """Ask the signed-in person for her secret again, before something heavy."""
    form = PinForm()
    person = queries.colleague(current_user.uid)
    if is_submitted_ok(form) and person:
        wait = _tried(person, form)
        if not wait and not form.errors:
            with transaction():
                attempts.succeed(attempts.account_of(person.uid), devices.device(), devices.address())
            since.note(since.AGAIN)
            return redirect(_suite() or url_for("web.home"), 303)
        return _again("accounts/confirm.html", form, wait)
    return _asked("accounts/confirm.html", form)
