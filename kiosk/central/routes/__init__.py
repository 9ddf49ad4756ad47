"""The centre's addresses: the machines' (`/sync/v1`) and the coordination's (`/kiosques`)."""

from flask import Flask

from kiosk.central.rounds import Rounds
from kiosk.central.routes import aside, blobs, courier, doubts, erasing, kiosks, lending, machines, ready
from kiosk.central.routes.kiosks import blueprint
from kiosk.central.routes.machines import exchange

__all__ = ["NAV", "aside", "blobs", "blueprint", "exchange", "lending", "register"]

NAV = (*kiosks.NAV, doubts.NAV)
courier.add_to(blueprint)


def register(app: Flask) -> None:
    """Open the machines' door, notice whether the database was restored, look after the log."""
    machines.register(app)
    rounds = Rounds(app.extensions["store"])
    app.extensions.setdefault("on_serve", []).append(rounds.start)
    app.extensions.setdefault("on_stop", []).append(rounds.stop)
    ready.register(app)
    courier.register(app)
    erasing.register(app)
