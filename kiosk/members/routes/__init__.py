"""The register's pages: people, cards of one person, imports, exports."""

from flask import Flask, current_app

from kiosk.language import msg
from kiosk.members.links.looking import LookOut
from kiosk.members.routes.addresses import MEMBERS
from kiosk.storage import private
from kiosk.web.doubts import register as register_doubts
from kiosk.web.groups import register as register_groups
from kiosk.web.lazy import LazyBlueprint
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

__all__ = ["NAV", "blueprint", "register"]

blueprint = LazyBlueprint("members", "kiosk.members", MEMBERS)


def register(app: Flask) -> None:
    """Let the register look for doubles, and show the groups of a person and on cards to print."""
    look_out, later = LookOut(app.extensions["store"]), blueprint.later
    app.extensions.setdefault("on_serve", []).append(look_out.start)
    app.extensions.setdefault("on_stop", []).append(look_out.stop)
    panels = [later(f"{page}:panel") for page in ("doubles", "groups", "volunteers")]
    app.extensions.setdefault("member_panels", []).extend(panels)
    actions = [later(f"{page}:action") for page in ("difficulties", "volunteers")]
    app.extensions.setdefault("member_actions", []).extend(actions)
    app.extensions.setdefault("on_serve", []).append(look_after_photos)
    app.jinja_env.globals.update(face=later("photo:face"), has_photos=later("photo:has_photos"))
    register_doubts(app, later("doubles:doubted"))
    register_doubts(app, later("numbers:doubted"))
    register_groups(app, later("groups:offered"))


def look_after_photos() -> None:
    """Take away, at each start, the photos of people who no longer agree."""
    shelf = private.shelf(current_app.config["SETTINGS"].data, private.PHOTOS)
    shelf.sweep()
    if any(shelf.uids()):
        blueprint.later("photo:sweep")()


NAV = (
    NavItem(
        "members.index",
        msg("Membres"),
        "people",
        (Right.SEE_MEMBERS, Right.SEE_NAMES_AT_CENTRE),
        order=20,
        primary=True,
    ),
    NavItem("members.volunteers", msg("Bénévoles"), "people", (Right.EDIT_MEMBERS,), order=40),
)
