"""`/sante/pret`: for a load balancer, whether to send anybody here."""

from flask import Flask, current_app

from kiosk.central.ready import OK, Readiness
from kiosk.central.routes.kiosks import blueprint
from kiosk.web.security import ForMachines


def register(app: Flask) -> None:
    """Look at this application's own database and disk."""
    app.extensions["ready"] = Readiness(app.extensions["store"], app.config["SETTINGS"].data)


@blueprint.get("/sante/pret")
def ready() -> ForMachines:
    """Answer 200 « ok », or 503 and what is missing, in one word."""
    found: Readiness = current_app.extensions["ready"]
    word = found.word()
    return ForMachines(f"{word}\n", 200 if word == OK else 503, mimetype="text/plain")
