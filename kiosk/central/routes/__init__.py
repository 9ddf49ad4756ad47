"""The centre's addresses: the machines' (`/sync/v1`) and the coordination's (`/kiosques`)."""

from flask import Flask

from kiosk.central.routes import aside, blobs, courier, doubts, erasing, kiosks, lending, machines, ready
from kiosk.central.routes.kiosks import blueprint
from kiosk.central.routes.machines import exchange

__all__ = ["NAV", "aside", "blobs", "blueprint", "exchange", "lending", "register"]

NAV = (*kiosks.NAV, doubts.NAV)
courier.add_to(blueprint)


def register(app: Flask) -> None:
    """Open the machines' door and notice whether the database was restored."""
    machines.register(app)
    ready.register(app)
    courier.register(app)
    erasing.register(app)
