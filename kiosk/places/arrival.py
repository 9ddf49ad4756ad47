"""A space whose sheet came from the centre before the machine stood anywhere: it stands there now."""

import uuid

from sqlalchemy import Table, insert, select

from kiosk.places.models import Here, Space
from kiosk.storage import Base, session

_HERE: Table = Base.metadata.tables[Here.__tablename__]
_SPACES: Table = Base.metadata.tables[Space.__tablename__]


def arrive(space_uid: uuid.UUID) -> None:
    """Say that this machine stands in that space, once its sheet is here."""
    # By the tables, as each exchange asks: to map every model costs the worker four megabytes.
    connection = session().connection()
    if connection.scalar(select(_HERE.c.space_uid)) is not None:
        return
    if connection.scalar(select(_SPACES.c.uid).where(_SPACES.c.uid == space_uid)) is not None:
        connection.execute(insert(_HERE).values(id=1, space_uid=space_uid))
