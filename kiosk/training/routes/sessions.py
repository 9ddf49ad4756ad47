"""Sessions: the list, one session, planning and changing it, its dates."""

import uuid
from itertools import groupby
from typing import Any

from flask import render_template, request
from flask_login import current_user

from kiosk.accounts import queries as staff
from kiosk.language import msg, nmsg
from kiosk.members.groups import queries as groups
from kiosk.partners import queries as partners
from kiosk.places import queries as places
from kiosk.storage import clock, transaction
from kiosk.training import queries, services, words
from kiosk.training.beside import reading as beside
from kiosk.training.beside.words import shares
from kiosk.training.clashes import wanted
from kiosk.training.following import reading
from kiosk.training.forms import AboutFields, DateFields, NewSessionForm
from kiosk.training.models import TrainingSession
from kiosk.training.routes import laying
from kiosk.training.routes.door import (
    Answer,
    blueprint,
    filled,
    go,
    plans,
    reads,
    space_uid,
    uid_in,
    words_asked,
)
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done
from kiosk.web.paging import paginate


@blueprint.get("/formations")
@reads
def index() -> str:
    """List the sessions to come and under way by month, or those that are over."""
    over, asked, theme = request.args.get("terminees") == "1", words_asked(), _theme_asked()
    page = paginate(queries.listing(space_uid(), over, asked, theme), scalars=False)
    lines = queries.session_lines(page.items)
    months = [(month, list(group)) for month, group in groupby(lines, key=lambda one: one.month)]
    about = queries.theme_names(space_uid()).get(theme, theme) if theme else ""
    shown = {"page": page, "months": months, "over": over, "asked": asked, "theme": theme, "about": about}
    return render_template("training/index.html", words=words, **shown)


def _theme_asked() -> str:
    """Return the key of the domain asked for in the address, bounded."""
    return request.args.get("domaine", "")[:40]


@blueprint.route("/formations/nouvelle", methods=["GET", "POST"])
@plans
def new() -> Answer:
    """Plan a session: what it is, and when."""
    form = NewSessionForm()
    titles, names = _offer(form)
    if request.method == "GET":
        form.course_uid.data = request.args.get("cours", "")
        form.kind.data = _kind(form.course_uid.data) or form.kind.data
        form.trainer_uid.data = str(current_user.uid)
    if is_submitted_ok(form):
        draft = request.form.get("act") == "draft"
        with refused(form) as outcome:
            plan = form.plan(titles, names)
            mine = wanted(plan.place, plan.outreach, plan.mode, [plan.trainer_uid])
            layout = laying.laid(form, space_uid(), mine)
            if laying.to_be_seen(layout):
                return _new(form, layout)
            with transaction():
                made = services.plan_session(space_uid(), plan, layout.halves, draft)
                made.group_uid = groups.named(space_uid(), plan.group_name)
                made.site_uid = places.point_named(plan.place)
        if outcome.ok:
            done(msg("La formation est au brouillon.") if draft else msg("La formation est au programme."))
            return go("training.show", uid=made.uid)
    return _new(form)


def _new(form: NewSessionForm, layout: laying.Layout | None = None) -> Answer:
    return filled(
        "new",
        form,
        rooms=[*places.rooms(space_uid()), *places.points()],
        groups=groups.groups(space_uid()),
        layout=layout,
        words=words,
    )


@blueprint.route("/formations/<uuid:uid>/modifier", methods=["GET", "POST"])
@plans
def edit(uid: uuid.UUID) -> Answer:
    """Change what a session says of itself."""
    training = services.find_session(uid)
    form = AboutFields(obj=training)
    titles, names = _offer(form, training)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            plan, training = form.plan(titles, names), services.find_session(uid)
            promoted = services.edit_session(training, plan)
            training.group_uid = groups.named(space_uid(), plan.group_name)
            training.site_uid = places.point_named(plan.place)
        if outcome.ok:
            done(msg("La formation est corrigée."))
            _tell_promoted(len(promoted))
            return go("training.show", uid=uid)
    known = {"rooms": [*places.rooms(space_uid()), *places.points()], "groups": groups.groups(space_uid())}
    return filled("edit", form, training=training, **known)


@blueprint.route("/formations/<uuid:uid>/dates", methods=["GET", "POST"])
@plans
def dates(uid: uuid.UUID) -> Answer:
    """Add sittings to a session, or give firm dates to one that had none."""
    training = services.find_session(uid)
    form = DateFields()
    if is_submitted_ok(form):
        with refused(form) as outcome:
            layout = laying.laid(form, training.space_uid, laying.taken_by(training), uid)
            if laying.to_be_seen(layout):
                return filled("dates", form, training=training, layout=layout, words=words)
            with transaction():
                made = services.add_sittings(services.find_session(uid), laying.demanded(layout))
        if outcome.ok:
            done(nmsg("La séance est ajoutée.", "%(n)s séances sont ajoutées.", len(made)))
            return go("training.show", uid=uid)
    return filled("dates", form, training=training)


@blueprint.get("/formations/<uuid:uid>")
@reads
def show(uid: uuid.UUID) -> str:
    """Show a session: its sittings, who is in it, who waits, what it counts so far."""
    training = services.find_session(uid)
    seated, waiting, left = queries.places(training)
    held = queries.held_in(queries.Scope(session_uid=uid))
    facts, heads = queries.facts_of_session(uid, held), queries.heads_in(queries.Scope(session_uid=uid), held)
    sittings = queries.sitting_lines(uid)
    return render_template(
        "training/show.html",
        training=training,
        state=services.told(training, [one.state for one in sittings]),
        sittings=sittings,
        waits=any(one.waits for one in sittings),
        today=clock.today(),
        deletable=not facts and not heads and not any(one.entered for one in sittings),
        seated=seated,
        waiting=waiting,
        keeps=not waiting or services.keeps_line(training),
        left=left,
        women=sum(one.person.sex == "F" for one in seated),
        men=sum(one.person.sex == "M" for one in seated),
        requests=queries.requests_of(training) if current_user.can("edit_training") else [],
        days=queries.as_days(queries.person_days(facts, heads)),
        hours=queries.person_minutes(facts, heads) // 60,
        estimated=queries.estimated(heads),
        trained=len(queries.trained(facts)),
        project=_project(training),
        about=queries.shown(training),
        **_came(queries.traits(held.values()).get(uid), facts, heads),
        team=beside.team(training),
        partners=beside.partners_of(uid),
        told=shares,
        inway=laying.in_the_way(training, sittings),
        faces=reading.faces(uid),
        judged=any(one.day <= clock.today() for one in sittings),
        words=words,
    )


def _came(
    trait: queries.Trait | None, facts: list[queries.Fact], heads: list[queries.Heads]
) -> dict[str, Any]:
    """Return who came, and what they published meanwhile (None where nobody counted)."""
    spoke = trait.spoke if trait else queries.Spoken()
    return {"came": queries.came_to(facts, heads, spoke), "posts": trait.posts if trait else None}


def _offer(
    form: AboutFields, training: TrainingSession | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """Fill the form's lists; return the titles of courses and the names of trainers by choice."""
    own = training.course_uid if training else None
    known = queries.courses(space_uid(), own)
    titles = {str(one.uid): one.title for one in known}
    levels = [(str(one.uid), " · ".join(filter(None, [one.title, one.level]))) for one in known]
    names = {str(one.uid): one.name for one in staff.trainers(space_uid())}
    if training and training.trainer_uid:
        names.setdefault(str(training.trainer_uid), training.trainer_name)
    projects = [(str(one.uid), f"{one.code} · {one.name}") for one in partners.projects()]
    form.offer(levels, list(names.items()), projects)
    domains = queries.with_own(queries.themes(space_uid()), training.theme if training else "", "")
    form.offer_kinds([(one.key, one.label) for one in domains])
    return titles, names


def _kind(course: str) -> str:
    """Return what a session of the course asked for in the address is, "" without one."""
    uid = uid_in(course)
    return str(services.outline_of(services.find_course(uid)).kind) if uid else ""


def _project(training: TrainingSession) -> str:
    if training.project_uid is None:
        return ""
    return {one.uid: one.name for one in partners.projects()}.get(training.project_uid, "")


def _tell_promoted(count: int) -> None:
    if count:
        done(nmsg("Une personne a maintenant sa place.", "%(n)s personnes ont maintenant leur place.", count))
