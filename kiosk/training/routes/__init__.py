"""The pages of the training room: the staff's, and the public programme."""

from flask import Flask

from kiosk.language import msg
from kiosk.training.routes.door import blueprint
from kiosk.web.doubts import register as register_doubts
from kiosk.web.groups import register as register_groups
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

__all__ = ["NAV", "PUBLIC_NAV", "blueprint", "register"]

NAV = (
    NavItem(
        "training.index",
        msg("Formations"),
        "calendar",
        (Right.EDIT_TRAINING, Right.MARK_ATTENDANCE),
        order=30,
        primary=True,
    ),
)
PUBLIC_NAV = (NavItem("training.programme", msg("Programme"), "calendar", order=30),)


def register(app: Flask) -> None:
    """Put the training panel on the member's page, the first courses on a kiosk's first day."""
    later = blueprint.later
    panels = [later("panel:panel"), later("following:panel")]
    app.extensions.setdefault("member_panels", []).extend(panels)
    app.extensions.setdefault("volunteer_sessions", []).append(later("following:taught_by"))
    app.extensions.setdefault("group_panels", []).append(later("panel:group_panel"))
    app.extensions.setdefault("domains", []).append(later("themes:offered"))
    app.extensions.setdefault("organisation_panels", []).append(later("team:panel"))
    app.extensions.setdefault("first_day", []).append(later("courses:first_courses"))
    register_doubts(app, later("doubts:found"))
    register_groups(app, later("groups:sessions"))
