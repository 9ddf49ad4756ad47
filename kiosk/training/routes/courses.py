"""The space's catalogue of courses: read, added to, corrected, put away and brought back."""

import uuid

from flask import render_template, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.storage import transaction
from kiosk.training import queries, services
from kiosk.training.forms import CourseForm
from kiosk.training.routes.door import Answer, blueprint, filled, go, plans, reads, space_uid
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done


@blueprint.get("/formations/cours")
@reads
def courses() -> str:
    """List the courses the space gives."""
    return render_template("training/courses.html", courses=queries.courses(space_uid()))


@blueprint.route("/formations/cours/nouveau", methods=["GET", "POST"])
@plans
def new_course() -> Answer:
    """Add a course."""
    form = CourseForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.add_course(space_uid(), form.outline())
        if outcome.ok:
            done(msg("Le cours est au catalogue."))
            return go("training.courses")
    return filled("course", form, course=None)


@blueprint.route("/formations/cours/<uuid:uid>", methods=["GET", "POST"])
@plans
def course(uid: uuid.UUID) -> Answer:
    """Correct a course."""
    found = services.find_course(uid)
    form = CourseForm(obj=found)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.edit_course(services.find_course(uid), form.outline())
        if outcome.ok:
            done(msg("Le cours est corrigé."))
            return go("training.courses")
    return filled("course", form, course=found)


@blueprint.post("/formations/cours/<uuid:uid>/ranger")
@plans
def put_away(uid: uuid.UUID) -> Response:
    """Take a course out of the catalogue."""
    with transaction():
        services.put_away(services.find_course(uid))
    done(msg("Le cours n’est plus au catalogue."), undo=url_for("training.bring_back", uid=uid))
    return go("training.courses")


@blueprint.post("/formations/cours/<uuid:uid>/ressortir")
@plans
def bring_back(uid: uuid.UUID) -> Response:
    """Put a course back in the catalogue."""
    with transaction():
        services.bring_back(services.find_course(uid))
    done(msg("Le cours est revenu au catalogue."))
    return go("training.courses")
