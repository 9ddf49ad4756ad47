"""The projects that sessions, articles and figures may be tagged with."""

import uuid

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.partners import queries, services
from kiosk.partners.forms import ProjectForm
from kiosk.partners.models import Project
from kiosk.storage import transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
_REPORT = "reports.index"
_guard = needs(Right.MANAGE_SPACE, Right.COORDINATE)


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    blueprint.add_url_rule("/projets", "projects", _guard(projects))
    blueprint.add_url_rule("/projets/nouveau", "new_project", _guard(new), methods=["GET", "POST"])
    blueprint.add_url_rule("/projets/<uuid:uid>", "project", _guard(project), methods=["GET", "POST"])


def projects() -> str:
    """List the projects, those that run first."""
    found = sorted(queries.projects(), key=lambda one: not one.active)
    return render_template("partners/projects.html", projects=found)


def new() -> Answer:
    """Add a project; the link of an organisation ticks it."""
    form = _offered(ProjectForm(partners=[request.args.get("avec", "")]))
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.add_project(_card(form), current_user.space_uid)
        if outcome.ok:
            return _kept(form)
    return _page(form)


def _offered(form: ProjectForm) -> ProjectForm:
    form.partners.choices = [(one.uid.hex, one.name) for one in queries.organisations()]
    return form


def _kept(form: ProjectForm) -> Response:
    done(msg("Le projet %(name)s est noté.", name=form.name.data))
    return redirect(url_for(".projects"), 303)


def _page(form: ProjectForm, one: Project | None = None) -> tuple[str, int]:
    page = render_template("partners/project.html", form=form, one=one, report=_report(one))
    return page, 422 if request.method == "POST" else 200


def _report(one: Project | None) -> str | None:
    """The address of the project's report, for who may see reports where there are any."""
    if one is None or _REPORT not in current_app.view_functions or not current_user.can(Right.SEE_REPORTS):
        return None
    return url_for(_REPORT, projet=one.uid.hex)


def _card(form: ProjectForm) -> services.ProjectCard:
    return services.ProjectCard(
        code=form.code.data,
        name=form.name.data,
        donors=tuple((form.donors.data or "").splitlines()),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        active=form.active.data,
        first_ages=form.ages(),
        partners=[uuid.UUID(hex=one) for one in form.partners.data or ()],
    )


def _typed(one: Project) -> dict[str, object]:
    names = ("code", "name", "starts_on", "ends_on", "active", "partners")
    kept = {name: getattr(one, name) for name in names}
    ages = ", ".join(map(str, one.first_ages or []))
    return {**kept, "donors": "\n".join(one.donors or []), "first_ages": ages}


def project(uid: uuid.UUID) -> Answer:
    """Correct a project; one that is kept elsewhere is only shown."""
    found = queries.project(uid)
    if found is None or found.deleted_at is not None:
        abort(404)
    if found.space_uid != current_user.space_uid:
        partners = queries.partners_of(found)
        return render_template(
            "partners/project_sheet.html", one=found, partners=partners, report=_report(found)
        )
    form = _offered(ProjectForm(data=_typed(found)))
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.change_project(uid, _card(form), current_user.space_uid)
        if outcome.ok:
            return _kept(form)
    return _page(form, found)


def panel(organisation_uid: uuid.UUID) -> Markup:
    """Return the card of the projects an organisation works on: for the staff, as projects are."""
    if not (current_user.can(Right.MANAGE_SPACE) or current_user.can(Right.COORDINATE)):
        return Markup()
    found = queries.projects_with(organisation_uid)
    card = render_template("partners/_projects.html", found=found, organisation=organisation_uid)
    return Markup(card)  # noqa: S704 - a template of ours, escaped by Jinja
