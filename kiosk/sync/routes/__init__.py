"""The kiosk's pages of sending: « Envois », and the USB stick."""

from kiosk.sync.routes import differences
from kiosk.sync.routes.envois import NAV, blueprint, register

__all__ = ["NAV", "blueprint", "register"]

differences.add_to(blueprint)
