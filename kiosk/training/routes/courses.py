"""The space's catalogue of courses: read, added to, corrected, put away, made a session of."""

import datetime
import uuid

from flask import render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.storage import clock, transaction
from kiosk.training import queries, services, words
from kiosk.training.catalogue import kinds
from kiosk.training.routes.catalogue_forms import CourseForm, PrepareForm
from kiosk.training.routes.door import Answer, blueprint, filled, go, plans, reads, space_uid
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done


def first_courses(space_uid: uuid.UUID) -> None:
    """Give a space of one day its first courses."""
    services.seed_courses(space_uid)


@blueprint.get("/formations/cours")
@reads
def courses() -> str:
    """List the courses the space gives, all or those of one domain."""
    themes = queries.themes(space_uid())
    asked = request.args.get("domaine", "")
    found = [(one, queries.theme_of(one)) for one in queries.courses(space_uid())]
    return render_template(
        "training/courses.html",
        courses=[one for one, theme in found if asked in ("", theme)],
        themes=[one for one in themes if one.key in {theme for _, theme in found}],
        asked=asked,
    )


@blueprint.route("/formations/cours/nouveau", methods=["GET", "POST"])
@plans
def new_course() -> Answer:
    """Add a course."""
    form = CourseForm()
    form.offer(queries.themes(space_uid()))
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.add_course(space_uid(), form.outline(queries.theme_names(space_uid())))
        if outcome.ok:
            done(msg("Le cours est au catalogue."))
            return go("training.courses")
    return filled("course_form", form, course=None)


@blueprint.route("/formations/cours/<uuid:uid>/modifier", methods=["GET", "POST"])
@plans
def edit_course(uid: uuid.UUID) -> Answer:
    """Correct a course."""
    found = services.find_course(uid)
    form, key = CourseForm(), queries.theme_of(found)
    names = {key: found.domain, **queries.theme_names(space_uid())}
    form.offer(queries.with_own(queries.themes(space_uid()), key, str(names[key])))
    if request.method == "GET":
        form.show(services.outline_of(found))
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.edit_course(services.find_course(uid), form.outline(names))
        if outcome.ok:
            done(msg("Le cours est corrigé."))
            return go("training.course", uid=uid)
    return filled("course_form", form, course=found)


@blueprint.get("/formations/cours/<uuid:uid>")
@reads
def course(uid: uuid.UUID) -> Answer:
    """Show a course: its objectives, its modules, what to prepare, and its next session to make."""
    return _shown(uid, PrepareForm(first_day=next_monday(clock.today())))


def _shown(uid: uuid.UUID, form: PrepareForm) -> Answer:
    found = services.find_course(uid)
    outline, key = services.outline_of(found), queries.theme_of(found)
    return filled(
        "course",
        form,
        course=found,
        outline=outline,
        kind=kinds.word(outline.kind),
        halves=queries.half_days(outline),
        theme=queries.theme_names(space_uid()).get(key, found.domain),
        words=words,
    )


@blueprint.post("/formations/cours/<uuid:uid>/session")
@plans
def prepare(uid: uuid.UUID) -> Answer:
    """Make a session of a course: all its half-days at once, from the day shown on the button's card."""
    form = PrepareForm()
    if is_submitted_ok(form):
        who = services.Trainer(current_user.uid, current_user.name)
        with refused(form) as outcome, transaction():
            made = services.prepare(services.find_course(uid), form.first_day.data or clock.today(), who)
        if outcome.ok:
            done(msg("La session est au programme."), undo=url_for("training.delete", uid=made.uid))
            return go("training.show", uid=made.uid)
    return _shown(uid, form)


def next_monday(today: datetime.date) -> datetime.date:
    """Return the Monday that follows a day: a proposal that the page shows before anything is made."""
    return today + datetime.timedelta(days=7 - today.weekday())


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
