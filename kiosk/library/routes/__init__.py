"""Pages of the médiathèque: the shelves and materials for everybody, the sheets for staff."""

from flask import Flask

from kiosk.language import msg
from kiosk.library import shown
from kiosk.library.reads import Reads
from kiosk.library.routes.counter import blueprint
from kiosk.storage.files import at as files_of
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

NAV = (NavItem("library.manage", msg("Médiathèque"), "learn", (Right.EDIT_LIBRARY,), order=60),)
PUBLIC_NAV = (NavItem("library.index", msg("Apprendre"), "learn", order=20),)


def register(app: Flask) -> None:
    """Open the file store and the counts of this process."""
    settings = app.config["SETTINGS"]
    files = app.extensions["files"] = files_of(settings)
    files.sweep()
    reads = app.extensions["reads"] = Reads(app.extensions["store"])
    app.extensions.setdefault("on_stop", []).append(reads.flush)
    app.jinja_env.globals["lib"] = shown


__all__ = ["NAV", "PUBLIC_NAV", "blueprint", "register"]
