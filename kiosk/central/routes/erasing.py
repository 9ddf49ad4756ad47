"""The coordination erases a person who asked for it: the order goes to her space by the log."""

import uuid
from pathlib import Path
from typing import cast

from flask import Flask, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.central import erasing
from kiosk.central.routes.kiosks import blueprint
from kiosk.config import Settings
from kiosk.language import msg
from kiosk.members import queries as members
from kiosk.storage import Store, session, transaction
from kiosk.sync import emptying, erasures, naming
from kiosk.sync.blobs import sweeping
from kiosk.web import erasing as erasing_card
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

_TAB = "member"


def register(app: Flask) -> None:
    """Put « Effacer cette personne » on a member's page, once her name was opened."""
    erasing_card.hang(app, Right.COORDINATE, lambda uid: erasures.of(_TAB, uid), _links)


def _links(uid: uuid.UUID) -> dict[str, str]:
    return {"ask": url_for("central.erase", uid=uid)}


@blueprint.route("/membres/<uuid:uid>/effacer", methods=["GET", "POST"])
@needs(Right.COORDINATE, again=True)
def erase(uid: uuid.UUID) -> str | Response:
    """Say in plain words what goes and what stays counted, then order."""
    member, back = members.one(uid), url_for("members.show", uid=uid)
    her = (_TAB, uid)
    if request.method == "POST":
        with transaction():
            naming.ask_too(session().connection(), her, request.form.getlist("aussi"))
            erasures.ask(_TAB, uid)
            erasing.run(_data())
        _fold()
        done(msg("Cette personne est effacée. Son espace l’apprend au prochain échange."))
        return redirect(back, 303)
    when = msg("Ici tout de suite, à son espace au prochain échange.")
    shown = {"name": member.card, "back": back, "when": when, "url": url_for(".erase", uid=uid)}
    found = naming.mentions(session().connection(), her, named=False)
    return render_template("web/erase.html", **shown, mentions=found, named=False)


def _fold() -> None:
    store: Store = current_app.extensions["store"]
    emptying.fold(store.engine)
    sweeping.sweep(_data())


def _data() -> Path:
    return cast(Settings, current_app.config["SETTINGS"]).data
