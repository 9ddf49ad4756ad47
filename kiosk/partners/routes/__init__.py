"""The pages of partners: the directory for everybody, its cards and the projects for the staff."""

from flask import Blueprint, Flask

from kiosk.language import msg
from kiosk.partners.routes import mandates, meetings, organisations, projects
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

blueprint = Blueprint("partners", "kiosk.partners", template_folder="templates")
for _pages in (organisations, projects, mandates, meetings):
    _pages.add_to(blueprint)

_KEEPERS = (Right.MANAGE_SPACE, Right.COORDINATE)
NAV = (NavItem("partners.authors", msg("Partenaires"), "people", _KEEPERS, order=86),)


def register(app: Flask) -> None:
    """Put the board, the projects and the meetings on the sheet of an organisation."""
    app.extensions.setdefault("organisation_panels", []).extend(
        (mandates.panel, projects.panel, meetings.panel)
    )
