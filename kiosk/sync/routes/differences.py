"""« À vérifier »: two values of one field, and the person of the space who knows which is right."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.storage import Refusal, transaction
from kiosk.sync import differences
from kiosk.sync.matters import Chosen
from kiosk.web import doubts
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.get("/envois/a-verifier")(to_weigh)
    blueprint.post("/envois/a-verifier/<uuid:uid>")(settle)
    blueprint.post("/envois/a-verifier/<uuid:uid>/annuler")(unsettle)


@needs(Right.MANAGE_SPACE)
def to_weigh() -> str:
    """Show each difference as two large choices, and what rooms doubt."""
    return render_template("sync/to_weigh.html", cases=differences.cases(), doubts=doubts.every())


@needs(Right.MANAGE_SPACE)
def settle(uid: uuid.UUID) -> Response:
    """Keep one of the two values."""
    with transaction():
        differences.settle(uid, chosen(request.form.get("choix", "")))
    done(msg("C’est noté."), undo=url_for(".unsettle", uid=uid))
    return redirect(url_for(".to_weigh"), 303)


def chosen(word: str) -> Chosen:
    """Return the choice a form posted. Raises Refusal for anything else."""
    if word not in set(Chosen):
        raise Refusal(msg("Choisissez une des deux valeurs."))
    return Chosen(word)


@needs(Right.MANAGE_SPACE)
def unsettle(uid: uuid.UUID) -> Response:
    """Take a choice back."""
    with transaction():
        differences.unsettle(uid)
    done(msg("La question est de nouveau ouverte."))
    return redirect(url_for(".to_weigh"), 303)
