"""« Copies de secours »: how they stand, the code that opens them drawn, written on paper, checked."""

from contextlib import suppress
from pathlib import Path

from flask import current_app, redirect, render_template, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired

from kiosk.desk import copies as shelf
from kiosk.desk import health
from kiosk.desk.routes.door import blueprint
from kiosk.language import msg
from kiosk.storage import Refusal, sealing
from kiosk.web import since
from kiosk.web.forms import Form, is_submitted_ok, max_length, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
_manages = needs(Right.MANAGE_SPACE)
_DRAWN = "copies"


class CheckForm(Form):
    """The code of the paper, to be sure of it."""

    code = StringField(msg("Code de votre papier"), [InputRequired(msg("Tapez le code.")), max_length(60)])


class PaperForm(Form):
    """Two groups read again from the paper; the code itself comes along, signed, and stays nowhere here."""

    drawn = HiddenField()
    group_3 = StringField(msg("Groupe 3"), [InputRequired(msg("Tapez ce groupe.")), max_length(12)])
    group_5 = StringField(msg("Groupe 5"), [InputRequired(msg("Tapez ce groupe.")), max_length(12)])


@blueprint.route("/copies-de-secours", methods=["GET", "POST"])
@_manages
def copies() -> Answer:
    """Say how the copies of this machine stand; a typed code is compared with their lock."""
    form, found = CheckForm(), shelf.state(_data())
    if is_submitted_ok(form):
        with refused(form) as outcome:
            shelf.check(_data(), form.code.data or "")
        if outcome.ok:
            done(msg("Ce code ouvre bien les copies de cette machine."))
            return redirect(url_for("desk.copies"), 303)
    old = found.last is not None and health.is_old(found.last)
    page = render_template("desk/copies.html", form=form, copies=found, old=old)
    return page, 422 if form.errors else 200


@blueprint.get("/copies-de-secours/code")
@needs(Right.MANAGE_SPACE, again=True)
def copies_code() -> Answer:
    """Draw a code and show it, to whoever types her PIN once more: another code shuts out the old paper."""
    since.note(_DRAWN)
    return _code_page(PaperForm(), sealing.new_code())


@blueprint.post("/copies-de-secours/code")
@_manages
def lock_copies() -> Answer:
    """Lock with the code that was shown, once two of its groups were typed from the paper."""
    form = PaperForm()
    code = _drawn(form.drawn.data)
    if is_submitted_ok(form):
        with refused(form) as outcome:
            shelf.lock(_data(), code, {3: form.group_3.data or "", 5: form.group_5.data or ""})
        if outcome.ok:
            done(msg("Les prochaines copies seront chiffrées. Gardez bien le papier."))
            return redirect(url_for("desk.copies"), 303)
    return _code_page(form, code)


def _code_page(form: PaperForm, code: str) -> Answer:
    form.drawn.data = _signer().dumps(code)
    before = shelf.state(_data()).is_whole
    page = render_template("desk/copies_code.html", form=form, groups=shelf.groups(code), before=before)
    return page, 422 if form.errors else 200


def _drawn(signed: str | None) -> str:
    """Return the code that the page showed. Raises Refusal for one that we did not draw in this session."""
    with suppress(BadSignature):
        if since.seconds(_DRAWN) is not None:
            return str(_signer().loads(signed or ""))
    raise Refusal(msg("Ce code n’est plus bon. Faites-en un autre."))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="copies")  # type: ignore[arg-type]


def _data() -> Path:
    found: Path = current_app.config["SETTINGS"].data
    return found
