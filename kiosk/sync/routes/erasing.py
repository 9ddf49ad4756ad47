"""A person asks to be forgotten: the space writes it down, the centre orders it."""

import uuid

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.storage import NotFound, session, telling, transaction
from kiosk.sync import erasures
from kiosk.web import erasing as erasing_card
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

_TAB = "member"


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.add_url_rule("/membres/<uuid:uid>/effacer", "erase", erase, methods=["GET", "POST"])
    blueprint.post("/membres/<uuid:uid>/ne-pas-effacer")(keep)


def register(app: Flask) -> None:
    """Put « Effacer cette personne » on a member's page."""
    erasing_card.hang(app, Right.EDIT_MEMBERS, lambda uid: erasures.of(_TAB, uid), _links)


def _links(uid: uuid.UUID) -> dict[str, str]:
    return {"ask": url_for("sync.erase", uid=uid), "take_back": url_for("sync.keep", uid=uid)}


@needs(Right.EDIT_MEMBERS, again=True)
def erase(uid: uuid.UUID) -> str | Response:
    """Say in plain words what goes and what stays counted, then ask."""
    back = url_for("members.show", uid=uid)
    if request.method == "POST":
        with transaction():
            erasures.ask(_TAB, uid)
        done(msg("Son nom s’efface au prochain échange avec le centre."), undo=url_for(".keep", uid=uid))
        return redirect(back, 303)
    name = telling.titles(session().connection(), [(_TAB, uid)], True).get((_TAB, uid))
    if name is None:
        raise NotFound(msg("Cette personne n’est pas dans le registre."))
    when = msg("L’effacement se fait au prochain échange avec le centre.")
    return render_template("web/erase.html", name=name, back=back, when=when, url=url_for(".erase", uid=uid))


@needs(Right.EDIT_MEMBERS)
def keep(uid: uuid.UUID) -> Response:
    """Take the request back, while the centre has not ordered."""
    with transaction():
        erasures.take_back(_TAB, uid)
    done(msg("La demande est annulée."))
    return redirect(url_for("members.show", uid=uid), 303)
