"""« Ses données »: what is held about one person, to read with her, to print for her."""

import uuid
from pathlib import Path

from flask import Blueprint, current_app, render_template

from kiosk.members import held, queries
from kiosk.places import queries as places
from kiosk.storage import clock
from kiosk.web.guards import needs
from kiosk.web.rights import Right


def add_to(blueprint: Blueprint) -> None:
    """Put this page under a blueprint."""
    blueprint.get("/membres/<uuid:uid>/donnees", endpoint="held")(data)


def _data() -> Path:
    folder: Path = current_app.config["SETTINGS"].data
    return folder


@needs(Right.EDIT_MEMBERS)
def data(uid: uuid.UUID) -> str:
    """Show everything held about a person, as a sheet to print."""
    member = queries.one(uid)
    return render_template(
        "members/held.html",
        member=member,
        parts=held.parts(member, current_app.extensions.get("member_holdings", ()), _data()),
        space=places.space(member.space_uid),
        erased=member.is_erased,
        today=clock.today(),
    )
