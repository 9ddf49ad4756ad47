"""People accompanied one to one: the list, one follow-up, its meetings."""

import uuid

from flask import abort, current_app, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from kiosk.language import msg
from kiosk.members import queries as members
from kiosk.storage import clock, transaction
from kiosk.training.catalogue import themes
from kiosk.training.following import reading, services
from kiosk.training.following.models import FollowUp
from kiosk.training.following.reading import Taught
from kiosk.training.routes.door import Answer, blueprint, filled, go, plans, space_uid
from kiosk.web.forms import Form, is_submitted_ok, max_length, refused
from kiosk.web.notices import done
from kiosk.web.paging import paginate


class FollowForm(Form):
    """Why somebody is accompanied."""

    theme = SelectField(msg("Domaine"), [Optional()])
    goal = StringField(msg("But"), [Optional(), max_length(200)])


class MeetingForm(Form):
    """One meeting."""

    day = DateField(msg("Jour"), [InputRequired(msg("Écrivez le jour."))])
    minutes = IntegerField(msg("Durée en minutes"), [InputRequired(msg("Écrivez la durée."))])
    subject = StringField(msg("Sujet"), [InputRequired(msg("Écrivez le sujet.")), max_length(200)])
    next_step = TextAreaField(msg("Prochaine étape"), [Optional(), max_length(500)])

    def meeting(self) -> services.Meeting:
        """Return the meeting as typed."""
        told = (self.subject.data or "", self.next_step.data or "")
        return services.Meeting(self.day.data, self.minutes.data, *told)


@blueprint.get("/suivis")
@plans
def follow_ups() -> str:
    """List who is accompanied, or who was."""
    closed = request.args.get("finis") == "1"
    page = paginate(reading.listing(space_uid(), closed), scalars=False)
    return render_template(
        "training/follow_ups.html",
        page=page,
        closed=closed,
        names=members.names_of(one.member_uid for one, _ in page.items),
        themes=themes.names(space_uid()),
    )


@blueprint.route("/suivis/nouveau/<uuid:uid>", methods=["GET", "POST"])
@plans
def follow(uid: uuid.UUID) -> Answer:
    """Begin to accompany a member."""
    member, form = members.one(uid), FollowForm()
    known = [(one.key, one.label) for one in themes.themes(space_uid())]
    form.theme.choices = [("", msg("Non dit")), *known]
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            me = uuid.UUID(str(current_user.uid))
            made = services.open_follow_up(uid, me, form.theme.data or "", form.goal.data or "")
        if outcome.ok:
            done(msg("Le suivi de %(name)s commence.", name=member.name))
            return go("training.follow_up", uid=made.uid)
    return filled("follow", form, member=member)


@blueprint.get("/suivis/<uuid:uid>")
@plans
def follow_up(uid: uuid.UUID) -> str:
    """Show a follow-up and its meetings."""
    one = _mine(uid)
    return render_template(
        "training/follow_up.html",
        one=one,
        name=members.names_of([one.member_uid]).get(one.member_uid, ""),
        theme=themes.names(space_uid()).get(one.theme, one.theme),
        meetings=reading.meetings(uid),
    )


def _mine(uid: uuid.UUID) -> FollowUp:
    found = services.find(uid)
    return found if found.space_uid == space_uid() else abort(404)


@blueprint.route("/suivis/<uuid:uid>/rencontre", methods=["GET", "POST"])
@plans
def follow_meeting(uid: uuid.UUID) -> Answer:
    """Write a meeting."""
    one, form = _mine(uid), MeetingForm(day=clock.today())
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.meet(uid, form.meeting())
        if outcome.ok:
            done(msg("La rencontre est notée."), undo=url_for("training.strike_meeting", uid=made.uid))
            return go("training.follow_up", uid=uid)
    name = members.names_of([one.member_uid]).get(one.member_uid, "")
    return filled("follow_meeting", form, one=one, name=name)


@blueprint.post("/suivis/rencontres/<uuid:uid>/retirer")
@plans
def strike_meeting(uid: uuid.UUID) -> Response:
    """Take a meeting out of the count."""
    with transaction():
        found = services.strike(uid)
    done(msg("La rencontre est retirée."), undo=url_for("training.keep_meeting", uid=uid))
    return go("training.follow_up", uid=found.follow_up_uid)


@blueprint.post("/suivis/rencontres/<uuid:uid>/remettre")
@plans
def keep_meeting(uid: uuid.UUID) -> Response:
    """Put a meeting into the count again."""
    with transaction():
        found = services.strike(uid, back=True)
    done(msg("La rencontre est de nouveau comptée."))
    return go("training.follow_up", uid=found.follow_up_uid)


@blueprint.post("/suivis/<uuid:uid>/finir")
@plans
def close_follow_up(uid: uuid.UUID) -> Response:
    """End a follow-up."""
    with transaction():
        services.close(_mine(uid).uid)
    done(msg("Le suivi est fini."), undo=url_for("training.reopen_follow_up", uid=uid))
    return go("training.follow_up", uid=uid)


@blueprint.post("/suivis/<uuid:uid>/reprendre")
@plans
def reopen_follow_up(uid: uuid.UUID) -> Response:
    """Take a follow-up up again."""
    with transaction():
        services.close(_mine(uid).uid, again=True)
    done(msg("Le suivi reprend."))
    return go("training.follow_up", uid=uid)


def panel(member_uid: uuid.UUID) -> Markup:
    """Say on a member's page how she is accompanied."""
    if "training.follow" not in current_app.view_functions or not current_user.can("edit_training"):
        return Markup()
    found, gone = reading.of_member(member_uid), members.one(member_uid).is_erased
    if gone and not found:
        return Markup()
    card = render_template("training/_followed.html", found=found, member_uid=member_uid, gone=gone)
    return Markup(card)  # noqa: S704 - a template of ours, escaped by Jinja


def taught_by(staff_uid: uuid.UUID) -> list[Taught]:
    """Return what a volunteer held unpaid."""
    return reading.taught(staff_uid=staff_uid)
