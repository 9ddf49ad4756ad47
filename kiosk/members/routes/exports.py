"""Exporting the register: the person proves again who she is, and chooses what leaves."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from kiosk.members import exporting
from kiosk.members.forms import ExportForm
from kiosk.places import queries as places
from kiosk.storage import clock
from kiosk.web.forms import is_submitted_ok
from kiosk.web.guards import needs
from kiosk.web.rights import Right

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def add_to(blueprint: Blueprint) -> None:
    """Put this page under a blueprint."""
    blueprint.add_url_rule("/membres/export", "export", export, methods=["GET", "POST"])


@needs(Right.EDIT_MEMBERS, again=True)
def export() -> str | Response | tuple[str, int]:
    """Hand the register over as a file; without names unless they are asked for."""
    form = ExportForm()
    if not is_submitted_ok(form):
        return render_template("members/export.html", form=form), 422 if form.is_submitted() else 200
    space = places.here()
    named = form.content.data == "complet"
    body = exporting.content(form.kind.data, named, space.uid if space else None)
    response = Response(body, content_type=_TYPES[form.kind.data])
    what = "membres" if named else "membres-sans-noms"
    name = f"{what}-{space.code if space else 'centre'}-{clock.today().isoformat()}.{form.kind.data}".lower()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
