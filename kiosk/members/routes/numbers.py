"""A number on two cards: who bears it, and a new one for one of them."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members import clashes
from kiosk.storage import transaction
from kiosk.web.doubts import Doubt
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.get("/membres/numeros/<number>")(shared_number)
    blueprint.post("/membres/<uuid:uid>/numero")(renumber)


def doubted() -> list[Doubt]:
    return [
        Doubt("people", card, msg("Deux personnes portent ce numéro."), _page(card))
        for card in clashes.every()
    ]


def _page(card: str) -> str:
    edits = current_user.can(Right.EDIT_MEMBERS)
    return url_for("members.shared_number", number=card) if edits else url_for("members.index", q=card)


@needs(Right.EDIT_MEMBERS)
def shared_number(number: str) -> str:
    """Show who bears a number."""
    found = clashes.bearers(number)
    if not found:
        abort(404)
    return render_template("members/shared_number.html", number=found[0].card, people=found)


@needs(Right.EDIT_MEMBERS)
def renumber(uid: uuid.UUID) -> Response:
    """Give a person a number of her own."""
    with transaction():
        member = clashes.renumber(uid)
    numbers = {"name": member.name, "card": member.card}
    done(msg("%(name)s a maintenant le numéro %(card)s.", **numbers))
    return redirect(url_for("members.card", uid=uid), 303)
