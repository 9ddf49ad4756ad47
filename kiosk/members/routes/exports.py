"""Exporting the register: the person proves again who she is, and chooses what leaves."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kiosk.members import contacts, exporting, filtering
from kiosk.members.fields import own
from kiosk.members.forms.files import ExportForm
from kiosk.members.routes import asking
from kiosk.places import queries as places
from kiosk.storage import clock
from kiosk.web.forms import is_submitted_ok
from kiosk.web.guards import needs
from kiosk.web.rights import Right

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "vcf": "text/vcard; charset=utf-8",
}
_NAMES = {"anonyme": "membres-sans-noms", "complet": "membres", "messages": "liste-whatsapp"}


def add_to(blueprint: Blueprint) -> None:
    """Put this page under a blueprint."""
    blueprint.add_url_rule("/membres/export", "export", export, methods=["GET", "POST"])


@needs(Right.EDIT_MEMBERS, again=True)
def export() -> str | Response | tuple[str, int]:
    """Hand the register over as a file, without names unless they are asked for; or whom to write to."""
    form, space = ExportForm(), places.here()
    space_uid = space.uid if space else None
    only = filtering.asked(request.args, asking.book())
    if not is_submitted_ok(form):
        agreed = len(contacts.agreed(space_uid))
        sensitive = len(own.exportable(True, True)) > len(own.exportable(True))
        whom = (filtering.words(only, asking.book()), filtering.count(only, clock.today(), space_uid))
        page = render_template(
            "members/export.html", form=form, agreed=agreed, whom=whom if only else None, sensitive=sensitive
        )
        return page, 422 if form.is_submitted() else 200
    if form.content.data == "messages":
        body = exporting.to_write_to(form.kind.data, space_uid)
    else:
        body = exporting.content(
            form.kind.data, form.content.data == "complet", space_uid, only, form.sensitive.data
        )
    response = Response(body, content_type=_TYPES[form.kind.data])
    parts = (_NAMES[form.content.data], space.code if space else "centre", clock.today().isoformat())
    name = f"{'-'.join(parts)}.{form.kind.data}".lower()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
