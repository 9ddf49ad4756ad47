"""What comes with the software: the communes and their parents."""

from kiosk.config import Settings
from kiosk.places import services


def load(_settings: Settings) -> None:
    """Bring the commune tables up to this release."""
    services.load_communes()
