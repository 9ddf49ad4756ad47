"""The public sheet of a space, the pages that keep it, and the list of communes."""

from flask import Flask, current_app

from kiosk.language import msg
from kiosk.places import queries
from kiosk.places.routes.addresses import PLACES
from kiosk.web import frame
from kiosk.web.lazy import LazyBlueprint
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

blueprint = LazyBlueprint("places", "kiosk.places", PLACES)
NAV = (NavItem("places.edit", msg("L’espace"), "pin", (Right.MANAGE_SPACE,), order=85),)


def register(app: Flask) -> None:
    """Tell the frame which place its pages speak for."""
    frame.place_is(app, _place)


def _place() -> frame.Here | None:
    here = queries.here()
    if here is not None:
        return frame.Here(msg("Espace connecté"), here.name)
    # Where there is a first run, a machine without a space is only not ready yet.
    if "set_up.first_run" in current_app.view_functions:
        return None
    return frame.Here(msg("Espaces connectés"), msg("Le centre"))
