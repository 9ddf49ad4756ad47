"""The register's pages: people, cards of one person, imports, exports."""

from flask import Blueprint, Flask

from kiosk.language import msg
from kiosk.members.routes import (
    alike,
    cards,
    class_lists,
    columns,
    consents,
    difficulties,
    doubles,
    exports,
    giving,
    groups,
    held,
    helping,
    imports,
    numbers,
    opening,
    people,
    photo,
    questions,
    same_volunteer,
    volunteers,
    wordlists,
)
from kiosk.web.groups import register as register_groups
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

__all__ = ["NAV", "blueprint", "register"]

blueprint = Blueprint("members", "kiosk.members", template_folder="templates")
for part in (
    alike,
    cards,
    doubles,
    numbers,
    people,
    photo,
    consents,
    questions,
    wordlists,
    difficulties,
    held,
    opening,
    imports,
    columns,
    exports,
    groups,
    class_lists,
    volunteers,
    same_volunteer,
    giving,
    helping,
):
    part.add_to(blueprint)


def register(app: Flask) -> None:
    """Let the register look for doubles, and show the groups of a person and on cards to print."""
    doubles.watch(app)
    numbers.watch(app)
    app.extensions.setdefault("member_panels", []).append(groups.panel)
    app.extensions.setdefault("member_actions", []).append(difficulties.action)
    photo.hang(app)
    register_groups(app, groups.offered)
    volunteers.watch(app)


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
