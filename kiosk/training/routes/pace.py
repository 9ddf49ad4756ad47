"""The brake on what phones ask of the training room (see `kiosk.web.pace`)."""

from kiosk.web.pace import MOST, forget, slow_down

__all__ = ["MOST", "forget", "slow_down"]
