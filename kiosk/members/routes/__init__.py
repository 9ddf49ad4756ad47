"""The register's pages: people, imports, exports."""

from flask import Blueprint

from kiosk.language import msg
from kiosk.members.routes import exports, imports, opening, people
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

blueprint = Blueprint("members", "kiosk.members", template_folder="templates")
for part in (people, opening, imports, exports):
    part.add_to(blueprint)

NAV = (
    NavItem(
        "members.index",
        msg("Membres"),
        "people",
        (Right.SEE_MEMBERS, Right.SEE_NAMES_AT_CENTRE),
        order=20,
        primary=True,
    ),
)
