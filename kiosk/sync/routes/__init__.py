"""The kiosk's pages of sending: « Envois », and the USB stick."""

from flask import Flask

from kiosk.sync.routes import asking, differences, envois, erasing, hand, visitors
from kiosk.sync.routes.envois import NAV, blueprint

__all__ = ["NAV", "blueprint", "register"]

asking.add_to(blueprint)
differences.add_to(blueprint)
erasing.add_to(blueprint)
visitors.add_to(blueprint)
hand.add_to(blueprint)


def register(app: Flask) -> None:
    """Check the machine, and put this room's part on a member's page."""
    envois.register(app)
    asking.register(app)
    erasing.register(app)
    visitors.register(app)
