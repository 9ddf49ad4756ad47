"""The pages of communes that act together, and of places that have no machine of their own."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.places import queries, services, together
from kiosk.places.forms import SITES, SiteForm, TogetherForm
from kiosk.places.models import CommuneGroup, SiteKind
from kiosk.storage import transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
_keeps = needs(Right.MANAGE_SPACE, Right.COORDINATE)


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    for rule, view, methods in (
        ("/communes/groupes", commune_groups, ["GET"]),
        ("/communes/groupes/nouveau", new_commune_group, ["GET", "POST"]),
        ("/communes/groupes/<uuid:uid>", commune_group, ["GET", "POST"]),
    ):
        blueprint.add_url_rule(rule, view.__name__, _keeps(view), methods=methods)
    lone = needs(Right.COORDINATE)
    blueprint.add_url_rule("/sites", "sites", lone(sites))
    blueprint.add_url_rule("/sites/nouveau", "new_site", lone(new_site), methods=["GET", "POST"])
    blueprint.add_url_rule("/sites/<code>", "site", lone(site), methods=["GET", "POST"])


def commune_groups() -> str:
    """List the groups with how many communes each has, and the names still to fill in."""
    return render_template(
        "places/together.html", groups=together.groups(every=True), missing=together.not_yet()
    )


def new_commune_group() -> Answer:
    """Note communes that act together."""
    form = _offered(TogetherForm(name=request.args.get("nom", "")[:80]))
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            together.add(form.name.data or "", form.communes.data or (), current_user.space_uid)
        if outcome.ok:
            return _listed(form)
    return _page(form, None)


def _offered(form: TogetherForm) -> TogetherForm:
    form.communes.choices = queries.commune_choices()
    return form


def _listed(form: TogetherForm) -> Response:
    done(msg("%(name)s est noté.", name=form.name.data or ""))
    return redirect(url_for(".commune_groups"), 303)


def _page(form: TogetherForm, group: CommuneGroup | None) -> Answer:
    page = render_template("places/together_form.html", form=form, group=group)
    return page, 422 if form.errors else 200


def commune_group(uid: uuid.UUID) -> Answer:
    """Correct a group of one's own."""
    found = together.own(uid, current_user.space_uid)
    form = _offered(TogetherForm(obj=found))
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            kept = together.own(uid, current_user.space_uid)
            together.change(kept, form.name.data or "", form.communes.data or (), form.active.data)
        if outcome.ok:
            return _listed(form)
    return _page(form, found)


def sites() -> str:
    """List every place with its kind."""
    found = queries.spaces()
    return render_template("places/sites.html", sites=found, kinds=_kinds(), places=queries.addresses(found))


def _kinds() -> dict[str, object]:
    return {str(kind): word for kind, word in SITES.items()}


def new_site() -> Answer:
    """Open a place: a point that travels needs no machine."""
    form = SiteForm(site=str(SiteKind.MOBILE))
    form.commune.choices = {"": [("", msg("Choisissez"))], **queries.commune_choices()}
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.open_site(form.code.data or "", form.name.data or "", form.commune.data, form.kind())
        if outcome.ok:
            done(msg("Le lieu %(name)s est ouvert.", name=form.name.data or ""))
            return redirect(url_for(".sites"), 303)
    return render_template("places/site.html", form=form, site=None), 422 if form.errors else 200


def site(code: str) -> Answer:
    """Correct what a place is."""
    found = queries.space_by_code(code)
    if found is None:
        return redirect(url_for(".sites"), 303)
    form = SiteForm(obj=found)
    form.commune.choices = {"": [("", msg("Choisissez"))], **queries.commune_choices()}
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.rename_site(found, form.name.data or "", form.commune.data, form.kind())
        if outcome.ok:
            done(msg("Le lieu %(name)s est à jour.", name=form.name.data or ""))
            return redirect(url_for(".sites"), 303)
    return render_template("places/site.html", form=form, site=found), 422 if form.errors else 200
