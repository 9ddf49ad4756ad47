"""A person asks to be forgotten: the space writes it down, the centre orders it."""

import uuid

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.storage import NotFound, session, telling, transaction
from kiosk.sync import erasures
from kiosk.sync.models import Erasure
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
    app.extensions.setdefault("member_panels", []).append(panel)
    app.extensions.setdefault("member_endings", []).append(ending)


def panel(uid: uuid.UUID) -> Markup | None:
    """Return what was asked already, for who may ask."""
    return _shown(uid, erasures.of(_TAB, uid), asked=True)


def ending(uid: uuid.UUID) -> Markup | None:
    """Return the way to ask, which stands last on a person's page."""
    return _shown(uid, erasures.of(_TAB, uid), asked=False)


def _shown(uid: uuid.UUID, erasure: Erasure | None, asked: bool) -> Markup | None:
    if not current_user.can(Right.EDIT_MEMBERS) or asked is not (erasure is not None):
        return None
    links = {"ask": url_for("sync.erase", uid=uid), "take_back": url_for("sync.keep", uid=uid)}
    shown = render_template("web/erasure.html", erasure=erasure, **links)
    return Markup(shown)  # noqa: S704 - a template of ours


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
