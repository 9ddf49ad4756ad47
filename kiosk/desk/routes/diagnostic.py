"""« Envoyer un diagnostic »: how the machine is, for who helps it from far away. No name stands in it."""

import subprocess
import sys

from flask import Response, current_app, redirect, url_for
from werkzeug.wrappers import Response as Answer

from kiosk.config import Settings
from kiosk.desk.routes.door import blueprint
from kiosk.language import msg
from kiosk.storage import Refusal
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

_PATIENCE = 90.0
"""Seconds: the doctor reads the whole database."""


@blueprint.get("/envois/diagnostic.json")
@needs(Right.MANAGE_SPACE)
def diagnostic() -> Response:
    """Give the diagnostic as a file."""
    headers = {"Content-Disposition": 'attachment; filename="diagnostic.json"', "Cache-Control": "no-store"}
    return Response(_made(), mimetype="application/json", headers=headers)


@blueprint.post("/envois/diagnostic")
@needs(Right.MANAGE_SPACE)
def send_diagnostic() -> Answer:
    """Put it where the next exchange, or the next key, takes it to the centre."""
    _made("--send")
    done(msg("Le diagnostic part au prochain envoi."))
    return redirect(url_for("sync.index"), 303)


def _made(*options: str) -> bytes:
    """Let a process of its own look at the machine: the serving one stays small and quick."""
    settings: Settings = current_app.config["SETTINGS"]
    command = [sys.executable, "-m", "kiosk", "--data", str(settings.data), "diagnostic", *options]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise Refusal(msg("La machine n’a pas pu faire son diagnostic.")) from error
    return ended.stdout
