"""A space whose sheet came from the centre before the machine stood anywhere: it stands there now."""

import uuid

from kiosk.places import queries, services
from kiosk.places.models import Space
from kiosk.storage import session


def arrive(space_uid: uuid.UUID) -> None:
    """Say that this machine stands in that space, once its sheet is here."""
    space = session().get(Space, space_uid)
    if space is not None and queries.here_uid() is None:
        services.settle(space)
