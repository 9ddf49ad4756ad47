"""Who may already be registered under the name that is being typed."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from kiosk.members.alike import may_be
from kiosk.members.forms import NewMemberForm
from kiosk.members.routes.lines import people
from kiosk.places import queries as places
from kiosk.web.guards import needs
from kiosk.web.rights import Right


def add_to(blueprint: Blueprint) -> None:
    """Put this answer under a blueprint."""
    blueprint.post("/membres/ressemblances")(alike)


@needs(Right.EDIT_MEMBERS)
def alike() -> str | Response:
    """Return a piece of page with the people whom a half-filled form resembles (204: nobody, 422: no name).

    Posted, so that no name stands in an address.
    """
    space, form = places.here_uid(), NewMemberForm()
    name = f"{form.given_name.data or ''} {form.family_name.data or ''}".strip()
    if space is None or len(name.split()) < 2:
        return Response(status=422)
    found = may_be(space, form.answers())
    if not found:
        return Response(status=204)
    return render_template("members/_alike.html", alike=found, people=people)
