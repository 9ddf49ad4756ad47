"""Opening a name at the centre: a deliberate act that leaves a trace."""

import uuid

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from kiosk.members import services
from kiosk.members.routes.sight import reader
from kiosk.storage import transaction
from kiosk.web.guards import needs
from kiosk.web.rights import Right


def add_to(blueprint: Blueprint) -> None:
    """Put this act under a blueprint."""
    blueprint.post("/membres/<uuid:uid>/ouvrir")(open_name)


@needs(Right.SEE_NAMES_AT_CENTRE)
def open_name(uid: uuid.UUID) -> Response:
    """Note who opens this name and when, then show it for the day."""
    with transaction():
        services.open_name(reader().uid, uid)
    return redirect(url_for("members.show", uid=uid), 303)
