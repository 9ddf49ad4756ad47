"""The kiosk's pages of sending: « Envois », and the USB stick."""

from flask import Flask

from kiosk.language import msg
from kiosk.sync import start, words
from kiosk.sync.routes.addresses import SYNC
from kiosk.web.erasing import hang
from kiosk.web.lazy import LazyBlueprint
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

__all__ = ["NAV", "blueprint", "register"]

blueprint = LazyBlueprint("sync", "kiosk.sync", SYNC)
_badge = blueprint.later("envois:badge")
NAV = (NavItem("sync.index", msg("Envois"), "send", (Right.SYNC,), 70, primary=True, badge=_badge),)


def register(app: Flask) -> None:
    """See whether this is still the same machine, and put this room's part on other rooms' pages."""
    start.note(app.extensions["store"], app.config["SETTINGS"].data)
    later = blueprint.later
    app.jinja_env.globals.update(sync_words=words)
    app.jinja_env.globals.update(cards_asked=later("visitors:cards_asked"), is_card=later("visitors:is_card"))
    app.extensions["coming"] = later("envois:coming")
    app.extensions["centre_address"] = later("envois:centre_address")
    app.extensions["asked_first"] = later("asking:card")
    app.extensions.setdefault("meeting_acts", []).append(later("erasing:names_act"))
    hang(app, Right.EDIT_MEMBERS, later("erasing:asked"), later("erasing:links"))
