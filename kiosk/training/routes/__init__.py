"""The pages of the training room: the staff's, and the public programme."""

from flask import Flask

from kiosk.language import msg
from kiosk.training import services
from kiosk.training.catalogue.themes import offered
from kiosk.training.routes import (
    arrivals,
    attestations,
    corrections,
    courses,
    doubts,
    following,
    gone,
    groups,
    heads,
    line,
    moves,
    opinions,
    paper,
    people,
    programme,
    ready,
    requests,
    sessions,
    sheets,
    sittings,
    team,
    themes,
    wall,
    yearly,
)
from kiosk.training.routes.door import blueprint
from kiosk.training.routes.panel import group_panel, panel
from kiosk.web.doubts import register as register_doubts
from kiosk.web.groups import register as register_groups
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

__all__ = ["NAV", "PUBLIC_NAV", "blueprint", "register"]

PAGES = (
    arrivals,
    attestations,
    corrections,
    courses,
    following,
    gone,
    heads,
    line,
    moves,
    opinions,
    paper,
    people,
    programme,
    ready,
    requests,
    sessions,
    sheets,
    sittings,
    team,
    themes,
    wall,
    yearly,
)
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
    app.extensions.setdefault("member_panels", []).append(panel)
    app.extensions.setdefault("group_panels", []).append(group_panel)
    app.extensions.setdefault("organisation_panels", []).append(team.panel)
    app.extensions.setdefault("first_day", []).append(services.seed_courses)
    app.extensions.setdefault("domains", []).append(offered)
    following.watch(app)
    register_doubts(app, doubts.asker("training.show", "training.gone"))
    register_groups(app, groups.sessions)
