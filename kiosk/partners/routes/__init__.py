"""The pages of partners: the directory for everybody, its cards and the projects for the staff."""

from flask import Flask

from kiosk.language import msg
from kiosk.partners.routes.addresses import PARTNERS
from kiosk.web.lazy import LazyBlueprint
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

blueprint = LazyBlueprint("partners", "kiosk.partners", PARTNERS)

_KEEPERS = (Right.MANAGE_SPACE, Right.COORDINATE)
NAV = (NavItem("partners.authors", msg("Partenaires"), "people", _KEEPERS, order=86),)


def register(app: Flask) -> None:
    """Put the board, the projects and the meetings on the sheet of an organisation."""
    panels = [blueprint.later(f"{page}:panel") for page in ("mandates", "projects", "meetings")]
    app.extensions.setdefault("organisation_panels", []).extend(panels)
