"""The kiosk's pages of sending: « Envois », and the USB stick."""

from flask import Flask

from kiosk.sync.routes import differences, envois, erasing, hand
from kiosk.sync.routes.envois import NAV, blueprint

__all__ = ["NAV", "blueprint", "register"]

differences.add_to(blueprint)
erasing.add_to(blueprint)
hand.add_to(blueprint)


def register(app: Flask) -> None:
    """Check the machine, and put this room's part on a member's page."""
    envois.register(app)
    erasing.register(app)
