"""The coordination's page of kiosks: who speaks, how far, what is held; codes and keys."""

from typing import cast

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.central import diagnoses, nodes, queries, services, signs
from kiosk.central.forms import CodeForm
from kiosk.config import Settings
from kiosk.language import msg
from kiosk.storage import transaction
from kiosk.sync.code import Code
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.navigation import NavItem
from kiosk.web.notices import done
from kiosk.web.rights import Right

blueprint = Blueprint("central", __name__, template_folder="../templates")
NAV = (NavItem("central.kiosks", msg("Kiosques"), "wifi", (Right.COORDINATE,), 60, primary=True),)
Answer = str | Response | tuple[str, int]


@blueprint.get("/kiosques")
@needs(Right.COORDINATE)
def kiosks() -> str:
    """List the kiosks, those that need a person first; the withdrawn ones apart."""
    found = sorted(queries.kiosks(), key=lambda one: one.state == "ok")
    return render_template(
        "central/kiosks.html",
        kiosks=[one for one in found if one.revoked_at is None],
        gone=[one for one in found if one.revoked_at is not None],
        codes=queries.open_codes(),
        signs=signs,
        version=_settings().version,
    )


def _settings() -> Settings:
    return cast(Settings, current_app.config["SETTINGS"])


@blueprint.get("/kiosques/<int:number>")
@needs(Right.COORDINATE)
def kiosk(number: int) -> str:
    """Show one kiosk: how it is, what is held and why, who speaks with its key."""
    found = queries.kiosk(number)
    if found is None:
        abort(404)
    return render_template(
        "central/kiosk.html",
        kiosk=found,
        reasons=queries.held_reasons(number),
        twins=queries.twins(number),
        told=diagnoses.of(number),
        signs=_lines(found) if found.last_seen else [],
    )


def _lines(found: queries.Kiosk) -> list[tuple[object, ...]]:
    return [(one.icon, one.name, one.note, one.state) for one in signs.of(found, _settings().version)]


@blueprint.get("/kiosques/<int:number>/diagnostic/<int:made_at>.json")
@needs(Right.COORDINATE)
def diagnostic(number: int, made_at: int) -> Response:
    """Give what a machine told of itself as a file."""
    headers = {"Content-Disposition": f'attachment; filename="diagnostic-{number}.json"'}
    return Response(diagnoses.text(number, made_at), mimetype="application/json", headers=headers)


@blueprint.route("/kiosques/nouveau", methods=["GET", "POST"])
@needs(Right.COORDINATE)
def new_code() -> Answer:
    """Make a one-time code and show it, once."""
    form = CodeForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.asked_code(str(form.code.data), _settings().data, form.name.data or "")
        if outcome.ok:
            return _code(made, _named(str(form.code.data), form.name.data or ""))
    asks_name = bool(form.name.errors or form.name.data)
    page = render_template("central/new_code.html", form=form, asks_name=asks_name)
    return page, 422 if form.is_submitted() else 200


def _named(code: str, name: str) -> str:
    return services.place(code).name if services.is_known(code) or not name else name


def _code(made: Code, name: str, replaces: bool = False) -> str:
    address = request.url_root.rstrip("/")
    return render_template("central/code.html", code=made, name=name, replaces=replaces, address=address)


@blueprint.post("/kiosques/<int:number>/remplacer")
@needs(Right.COORDINATE)
def replace(number: int) -> str:
    """Make the code for the machine that takes this one's place, and show it, once."""
    with transaction():
        made = services.replacement_code(number, _settings().data)
    return _code(made, _name(number), replaces=True)


@blueprint.post("/kiosques/<int:number>/seconde")
@needs(Right.COORDINATE)
def second(number: int) -> str:
    """Make the code that gives the second of two machines a key of its own."""
    with transaction():
        made = services.second_code(number, _settings().data)
    return _code(made, _name(number))


def _name(number: int) -> str:
    found = queries.kiosk(number)
    return found.name if found else ""


@blueprint.post("/kiosques/<int:number>/regle")
@needs(Right.COORDINATE)
def settled(number: int) -> Response:
    """Believe that the copy was put away; the warning comes back if it speaks again."""
    with transaction():
        nodes.say_settled(number)
    done(msg("C’est noté. Si la copie revient, vous le verrez."))
    return redirect(url_for(".kiosk", number=number), 303)


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
