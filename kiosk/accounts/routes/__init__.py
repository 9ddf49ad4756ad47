"""The pages of accounts: signing in, my account, the team. The first run is `set_up`."""

from flask import Blueprint, Flask

from kiosk.accounts.routes import jobs, login, own, postings, sign_in, team
from kiosk.language import msg
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

blueprint = Blueprint("accounts", "kiosk.accounts", template_folder="templates")
for _pages in (sign_in, own, team, postings, jobs):
    _pages.add_to(blueprint)

NAV = (NavItem("accounts.team", msg("Équipe"), "people", (Right.MANAGE_STAFF,), order=80),)


def register(app: Flask) -> None:
    """Wire who is signed in."""
    login.register(app)
