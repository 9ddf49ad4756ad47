"""A session made ready: its checklist ticked; a training of one person written down in two taps."""

import uuid

from flask import request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members import queries as members
from kiosk.storage import clock, transaction
from kiosk.training import queries, services
from kiosk.training.routes.catalogue_forms import OneForm
from kiosk.training.routes.door import Answer, blueprint, filled, go, plans, space_uid
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done


@blueprint.post("/formations/<uuid:uid>/preparation")
@plans
def check_off(uid: uuid.UUID) -> Response:
    """Say which lines of the checklist are done."""
    with transaction():
        training = services.find_session(uid)
        outline = queries.shown(training).outline
        services.check_off(training, outline.checklist if outline else (), request.form.getlist("done"))
    done(msg("La préparation est notée."))
    return go("training.show", uid=uid)


@blueprint.route("/formations/seule/<uuid:member>", methods=["GET", "POST"])
@plans
def alone(member: uuid.UUID) -> Answer:
    """Write down that one person was trained: each course is a button, the day stands over them."""
    form = OneForm(day=clock.today())
    taught = {str(one.uid): one for one in queries.courses(space_uid())}
    form.course.choices = [(uid, one.title) for uid, one in taught.items()]
    if is_submitted_ok(form):
        who = services.Trainer(current_user.uid, current_user.name)
        with refused(form) as outcome, transaction():
            course = taught[form.course.data]
            made = services.teach_one(course, member, form.day.data or clock.today(), who)
            save = services.last_save(services.sittings_of(made)[0])
        if outcome.ok:
            done(msg("C’est noté."), undo=url_for("training.untaught", uid=made.uid, de=save))
            return go("training.show", uid=made.uid)
    return filled("alone", form, courses=list(taught.values()), member=members.one(member))


@blueprint.post("/formations/<uuid:uid>/seule/annuler")
@plans
def untaught(uid: uuid.UUID) -> Response:
    """Take back a training of one person that was just written down."""
    with transaction():
        services.untaught(services.find_session(uid), request.args.get("de", ""))
    done(msg("La formation est supprimée."))
    return go("training.index")
