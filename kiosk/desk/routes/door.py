"""The room's blueprint, who enters, and the space this machine stands in."""

import uuid

from flask import abort, current_app

from kiosk.desk.routes.addresses import DESK
from kiosk.places import queries as places
from kiosk.web.lazy import LazyBlueprint
from kiosk.web.rights import Right

blueprint = LazyBlueprint("desk", "kiosk.desk", DESK)
STAFF = (Right.RECORD_VISITS, Right.MARK_ATTENDANCE, Right.MANAGE_SPACE)


def here() -> uuid.UUID:
    """Return the space of this machine; there is no counter without one."""
    return known() or abort(404)


def known() -> uuid.UUID | None:
    """Return the space of this machine, None before set-up. It never changes, so it is asked once."""
    found: uuid.UUID | None = current_app.extensions.get("desk.here")
    if found is None:
        found = current_app.extensions["desk.here"] = places.here_uid()
    return found
