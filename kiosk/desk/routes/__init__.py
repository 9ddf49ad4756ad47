"""The counter, the manager's day and the public welcome page."""

from flask import Flask

from kiosk.desk.routes import home
from kiosk.desk.routes.door import STAFF, blueprint
from kiosk.language import msg
from kiosk.web import cache
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

__all__ = ["NAV", "PUBLIC_NAV", "blueprint", "register"]

NAV = (
    NavItem("desk.today_page", msg("Aujourd’hui"), "home", STAFF, order=10, primary=True),
    NavItem("desk.visits", msg("Visites"), "enter", (Right.RECORD_VISITS,), order=45),
    NavItem("desk.lessons", msg("Premiers pas"), "learn", STAFF, order=95),
)
PUBLIC_NAV = (
    NavItem("web.home", msg("Accueil"), "home", order=10),
    NavItem("web.help", msg("Aide"), "help", order=90),
)


def register(app: Flask) -> None:
    """Open the public welcome page at the root of a kiosk."""
    app.add_url_rule("/", "web.home", cache.shared(home.home))
