"""A space whose sheet came from the centre before the machine stood anywhere: it stands there now."""

import uuid

from sqlalchemy import Table, select

from kiosk.places.models import Here
from kiosk.storage import Base, session

_HERE: Table = Base.metadata.tables[Here.__tablename__]


def arrive(space_uid: uuid.UUID) -> None:
    """Say that this machine stands in that space, once its sheet is here."""
    # By the table, as each exchange asks: to map every model costs the worker four megabytes.
    if session().connection().scalar(select(_HERE.c.space_uid)) is None:
        _settle(space_uid)


def _settle(space_uid: uuid.UUID) -> None:
    from kiosk.places import queries, services

    space = queries.space(space_uid)
    if space is not None:
        services.settle(space)
