"""The board of an organisation: who sits on it, in which role, since when, and who did."""

import datetime
import uuid
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.language import Message, msg
from kiosk.partners import queries
from kiosk.partners.forms import MandateForm
from kiosk.partners.mandates import services
from kiosk.storage import clock, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
_KEEPERS = (Right.MANAGE_SPACE, Right.COORDINATE)
_guard = needs(*_KEEPERS)
_PAGE = "/collectifs/<uuid:uid>/bureau"


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    one = f"{_PAGE}/<uuid:mandate>"
    blueprint.add_url_rule(_PAGE, "board", _guard(board), methods=["GET", "POST"])
    rule = f"{one}/<any({','.join(ACTS)}):act>"
    blueprint.add_url_rule(rule, "move_mandate", _guard(move), methods=["POST"])


def board(uid: uuid.UUID) -> Answer:
    """Show the board and note somebody on it."""
    above = queries.organisation(uid)
    if above is None or above.deleted_at is not None:
        abort(404)
    form = MandateForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.add(uid, form.card(), current_user.space_uid)
        if outcome.ok:
            undo = url_for(".move_mandate", uid=uid, mandate=made.uid, act="effacer")
            done(msg("%(name)s est au bureau.", name=made.name), undo)
            return redirect(url_for(".board", uid=uid), 303)
    shown = services.board(uid)
    page = render_template(
        "partners/board.html", one=above, board=shown, form=form, own=current_user.space_uid
    )
    return page, 422 if form.errors else 200


class Act(NamedTuple):
    """One button beside a mandate: what it says after, and the act that takes it back."""

    said: Message
    undo: str = ""


ACTS = {
    "finir": Act(msg("Le mandat est fini."), "reprendre"),
    "reprendre": Act(msg("Le mandat court de nouveau.")),
    "effacer": Act(msg("Le mandat est effacé."), "remettre"),
    "remettre": Act(msg("Le mandat est remis.")),
}


def move(uid: uuid.UUID, mandate: uuid.UUID, act: str) -> Response:
    """Do one act of the table on a mandate."""
    with transaction():
        found = services.find(mandate, current_user.space_uid)
        if act in ("finir", "reprendre"):
            services.end(found, _last_day() if act == "finir" else None)
        else:
            services.drop(found, act == "effacer")
    back = ACTS[act].undo
    done(ACTS[act].said, url_for(".move_mandate", uid=uid, mandate=mandate, act=back) if back else None)
    return redirect(url_for(".board", uid=uid), 303)


def _last_day() -> datetime.date:
    """Return the last day said beside the button, today where none was."""
    try:
        return datetime.date.fromisoformat(request.form.get("jour", ""))
    except ValueError:
        return clock.today()


def panel(organisation_uid: uuid.UUID) -> Markup:
    """Return the board's figures on the sheet of an organisation, for who keeps it alone."""
    if not any(current_user.can(right) for right in _KEEPERS):
        return Markup()
    shown = services.board(organisation_uid)
    card = render_template("partners/_board.html", board=shown, uid=organisation_uid)
    return Markup(card)  # noqa: S704 - a template of ours, escaped by Jinja
