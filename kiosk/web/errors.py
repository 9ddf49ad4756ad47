"""Pages for when things go wrong: what happened, that nothing is lost, what to do."""

import logging
from typing import Any

from flask import Flask, current_app, g, render_template, request
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException

from kiosk.language import Message, msg
from kiosk.storage import NotFound, Refusal, disk

log = logging.getLogger("kiosk.web")

Words = tuple[Message, Message]

_WORDS: dict[int, Words] = {
    400: (msg("Cette demande n’est pas complète"), msg("Revenez en arrière et envoyez encore une fois.")),
    403: (msg("Cette page n’est pas pour vous"), msg("Demandez à la personne qui gère l’équipe.")),
    404: (msg("Cette page n’existe pas"), msg("Elle a changé d’adresse, ou l’adresse a une faute.")),
    405: (msg("Cette page n’existe pas"), msg("Elle a changé d’adresse, ou l’adresse a une faute.")),
    409: (msg("Ce n’est pas possible maintenant"), msg("Rien n’est perdu. Revenez en arrière et vérifiez.")),
    413: (msg("Ce fichier est trop lourd"), msg("Choisissez un fichier plus petit. Rien n’a été changé.")),
    421: (msg("Cette adresse n’est pas celle de l’espace"), msg("Tapez l’adresse écrite sur l’affiche.")),
    429: (msg("Trop d’essais"), msg("Attendez un peu, puis recommencez.")),
    500: (
        msg("Quelque chose n’a pas marché"),
        msg("Ce n’est pas votre faute. Ce que vous avez enregistré est gardé."),
    ),
    503: (msg("La machine est occupée"), msg("Attendez une minute, puis recommencez. Rien n’est perdu.")),
    507: (msg("Le disque est plein"), msg("Rien n’a été enregistré. Libérez de la place, puis recommencez.")),
}


def register(app: Flask) -> None:
    """Map every failure to a calm page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _unexpected)


def page(code: int, fact: Message | None = None, advice: Message | None = None) -> tuple[str, int]:
    """Return the error page of `code`, with its own words or the usual ones."""
    usual = _WORDS.get(code, _WORDS[500])
    words = {"code": code, "fact": fact or usual[0], "advice": advice or usual[1]}
    try:
        return render_template("web/error.html", **words), code
    except DBAPIError:
        # A database that does not open does not know who asks either.
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
        return render_template("web/error.html", **words), code


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    return page(code)


def _refusal(refusal: Refusal) -> tuple[str, int]:
    return page(404 if isinstance(refusal, NotFound) else 409, advice=refusal.message)


def _database(error: OperationalError) -> tuple[str, int]:
    log.error("database: %s", error.orig)
    found = disk.refusal(error)
    return _disk(found) if found else page(503)


def _disk(found: str) -> tuple[str, int]:
    """Say that the disk did not take it; who reads it can make room, and call somebody for the rest."""
    if found == disk.FULL:
        return page(507)
    fact = msg("Le disque refuse l’écriture.") if found == disk.LOCKED else msg("Le disque répond mal.")
    return page(507, fact, msg("Prévenez la personne qui entretient la machine."))


def _unexpected(error: Exception) -> tuple[str, int]:
    if isinstance(error, OSError) and (found := disk.refusal(error)):
        log.error("disk: %s", error)
        return _disk(found)
    log.exception("unexpected failure on %s %s", request.method, request.path)
    return page(500)
