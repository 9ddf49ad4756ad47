"""A person asks to be forgotten: the space writes it down, the centre orders it."""

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import Message, msg
from kiosk.storage import NotFound, session, telling, transaction
from kiosk.sync import erasures, naming
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

_TAB, _MEETING = "member", "partner_meeting"
_WHEN = msg("L’effacement se fait au prochain échange avec le centre.")


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.add_url_rule("/membres/<uuid:uid>/effacer", "erase", erase, methods=["GET", "POST"])
    blueprint.post("/membres/<uuid:uid>/ne-pas-effacer")(keep)
    blueprint.add_url_rule(
        "/reunions/<uuid:uid>/effacer", "erase_names", erase_names, methods=["GET", "POST"]
    )
    blueprint.post("/reunions/<uuid:uid>/ne-pas-effacer")(keep_names)


def asked(uid: uuid.UUID) -> Any:
    """Return what was asked for a person, None where nothing was."""
    return erasures.of(_TAB, uid)


def links(uid: uuid.UUID) -> dict[str, str]:
    """Return the addresses of « Effacer cette personne » on her page."""
    return {"ask": url_for("sync.erase", uid=uid), "take_back": url_for("sync.keep", uid=uid)}


@needs(Right.EDIT_MEMBERS, again=True)
def erase(uid: uuid.UUID) -> str | Response:
    """Say in plain words what goes and what stays counted, then ask."""
    her, back = (_TAB, uid), url_for("members.show", uid=uid)
    if request.method == "POST":
        with transaction():
            erasures.ask(_TAB, uid)
            naming.ask_too(session().connection(), her, request.form.getlist("aussi"))
        done(msg("Son nom s’efface au prochain échange avec le centre."), undo=url_for(".keep", uid=uid))
        return redirect(back, 303)
    connection = session().connection()
    name = telling.titles(connection, [her], True).get(her)
    if name is None:
        raise NotFound(msg("Cette personne n’est pas dans le registre."))
    shown = {"name": name, "back": back, "when": _WHEN, "url": url_for(".erase", uid=uid)}
    return render_template("web/erase.html", **shown, mentions=naming.mentions(connection, her), named=True)


@needs(Right.EDIT_MEMBERS)
def keep(uid: uuid.UUID) -> Response:
    """Take the request back, while the centre has not ordered."""
    with transaction():
        erasures.take_back_hers(uid)
        erasures.take_back(_TAB, uid)
    done(msg("La demande est annulée."))
    return redirect(url_for("members.show", uid=uid), 303)


def names_act(uid: uuid.UUID) -> tuple[Message, str] | None:
    """Return the act that erases who was at a meeting, None once it was asked."""
    settled = erasures.is_settled(_MEETING, uid)
    return None if settled else (msg("Effacer les noms"), url_for("sync.erase_names", uid=uid))


@needs(Right.MANAGE_SPACE, again=True)
def erase_names(uid: uuid.UUID) -> str | Response:
    """Forget who was at a meeting and what was said: somebody of a partner asks for it too."""
    back, place = url_for("partners.meeting", uid=uid), (_MEETING, uid)
    if request.method == "POST":
        with transaction():
            erasures.ask(*place)
        done(msg("Les noms s’effacent au prochain échange."), undo=url_for(".keep_names", uid=uid))
        return redirect(back, 303)
    title = telling.titles(session().connection(), [place], True).get(place)
    if title is None:
        raise NotFound(msg("Cette réunion n’est pas notée ici."))
    return render_template("sync/erase_names.html", title=title, back=back, when=_WHEN, uid=uid)


@needs(Right.MANAGE_SPACE)
def keep_names(uid: uuid.UUID) -> Response:
    """Take the request back, while the centre has not ordered."""
    with transaction():
        erasures.take_back(_MEETING, uid)
    done(msg("La demande est annulée."))
    return redirect(url_for("partners.meeting", uid=uid), 303)
