"""A visitor's card: asked of the centre from the sheet where she came."""

import uuid
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.storage import Refusal, transaction
from kiosk.sync import visitors
from kiosk.web.addresses import safe_path
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right


def add_to(blueprint: Blueprint) -> None:
    """Put these acts under a blueprint."""
    blueprint.post("/visiteurs")(ask_card)
    blueprint.post("/visiteurs/<uuid:uid>/annuler")(forget_card)


cards_asked, is_card = visitors.asked_at, visitors.is_card
"""What the sheet shows of cards that were asked for."""


@needs(Right.MARK_ATTENDANCE)
def ask_card() -> Response:
    """Ask the centre for the person of one card."""
    space: Any = current_user.space_uid
    if space is None:
        raise Refusal(msg("Cette machine n’a pas encore d’espace."))
    with transaction():
        asked = visitors.ask(request.form.get("card", "")[:40], _sitting(), space)
    done(msg("La carte est demandée au centre."), undo=url_for(".forget_card", uid=asked.uid))
    return redirect(safe_path(request.form.get("suite"), url_for(".index")), 303)


def _sitting() -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=request.form.get("sitting", ""))
    except ValueError:
        return None


@needs(Right.MARK_ATTENDANCE)
def forget_card(uid: uuid.UUID) -> Response:
    """Take a request back, and return to the sheet: a trainer has no page of sending."""
    with transaction():
        sitting = visitors.take_back(uid)
    done(msg("La carte n’est plus demandée."))
    return redirect(url_for("training.arrival", uid=sitting) if sitting else url_for("web.home"), 303)
