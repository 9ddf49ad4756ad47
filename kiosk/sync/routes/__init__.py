"""The kiosk's pages of sending: « Envois », and the USB stick."""

from kiosk.sync.routes.envois import NAV, blueprint, register

__all__ = ["NAV", "blueprint", "register"]
