"""The coordination's page of kiosks: who speaks, how far, what is held; codes and keys."""

from typing import cast

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from kiosk.central import nodes, queries, services
from kiosk.central.forms import CodeForm
from kiosk.config import Settings
from kiosk.language import msg
from kiosk.storage import transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.navigation import NavItem
from kiosk.web.notices import done
from kiosk.web.rights import Right

blueprint = Blueprint("central", __name__, template_folder="../templates")
NAV = (NavItem("central.kiosks", msg("Kiosques"), "wifi", (Right.COORDINATE,), 60, primary=True),)
Answer = str | Response | tuple[str, int]


def register(app: Flask) -> None:
    """Nothing more to hang on the application."""


@blueprint.get("/kiosques")
@needs(Right.COORDINATE)
def kiosks() -> str:
    """List the kiosks, those that need a person first."""
    found = sorted(queries.kiosks(), key=lambda one: one.state in ("ok", "revoked"))
    return render_template("central/kiosks.html", kiosks=found, codes=queries.open_codes())


@blueprint.get("/kiosques/<int:number>")
@needs(Right.COORDINATE)
def kiosk(number: int) -> str:
    """Show one kiosk: its log, what is held and why, its key."""
    found = queries.kiosk(number)
    if found is None:
        abort(404)
    reasons = queries.held_reasons(number)
    return render_template("central/kiosk.html", kiosk=found, reasons=reasons)


@blueprint.route("/kiosques/nouveau", methods=["GET", "POST"])
@needs(Right.COORDINATE)
def new_code() -> Answer:
    """Make a one-time code and show it, once."""
    form = CodeForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.make_code(
                str(form.code.data), cast(Settings, current_app.config["SETTINGS"]).data
            )
        if outcome.ok:
            return render_template("central/code.html", code=made, place=services.place(str(form.code.data)))
    return render_template("central/new_code.html", form=form), 422 if form.is_submitted() else 200


@blueprint.post("/kiosques/<int:number>/retirer")
@needs(Right.COORDINATE)
def revoke(number: int) -> Response:
    """Withdraw a kiosk's key."""
    with transaction():
        nodes.revoke(number)
    done(msg("La clé du kiosque est retirée."), undo=url_for(".allow", number=number))
    return redirect(url_for(".kiosk", number=number), 303)


@blueprint.post("/kiosques/<int:number>/rendre")
@needs(Right.COORDINATE)
def allow(number: int) -> Response:
    """Give the key back."""
    with transaction():
        nodes.allow_again(number)
    done(msg("Le kiosque peut de nouveau envoyer."))
    return redirect(url_for(".kiosk", number=number), 303)
