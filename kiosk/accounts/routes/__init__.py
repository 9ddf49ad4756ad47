"""The pages of accounts: signing in, my account, the team. The first run is `set_up`."""

from flask import Flask

from kiosk.accounts.routes import login
from kiosk.accounts.routes.addresses import ACCOUNTS
from kiosk.language import msg
from kiosk.web.lazy import LazyBlueprint
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

blueprint = LazyBlueprint("accounts", "kiosk.accounts", ACCOUNTS)

NAV = (NavItem("accounts.team", msg("Équipe"), "people", (Right.MANAGE_STAFF,), order=80),)


def register(app: Flask) -> None:
    """Wire who is signed in."""
    login.register(app)
