"""What a volunteer gave: days by task, and events elsewhere."""

import uuid

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members.routes.giving_forms import EventForm, TimeForm
from kiosk.members.routes.volunteers import Answer, filled, go, guard, here, mine
from kiosk.members.volunteers import queries, services
from kiosk.storage import clock, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    both, post = ["GET", "POST"], ["POST"]
    for rule, name, view, methods in (
        ("/benevoles/<uuid:uid>/temps", "give_time", give, both),
        ("/benevoles/<uuid:uid>/evenement", "attend_event", attend, both),
        ("/benevoles/temps/<uuid:uid>/retirer", "take_time_back", take_back, post),
        ("/benevoles/temps/<uuid:uid>/remettre", "put_time_back", put_back, post),
        ("/benevoles/evenements/<uuid:uid>/retirer", "forget_event", forget_event, post),
        ("/benevoles/evenements/<uuid:uid>/remettre", "keep_event", keep_event, post),
    ):
        blueprint.add_url_rule(rule, name, guard(view), methods=methods)


def give(uid: uuid.UUID) -> Answer:
    """Write days given for a task."""
    one, form = mine(uid), TimeForm(day=clock.today())
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.give(uid, form.day.data, form.task.data, form.given(), form.remote.data)
        if outcome.ok:
            undo = url_for("members.take_time_back", uid=made.uid)
            done(msg("Ce temps est noté."), undo=undo)
            return go(uid)
    return filled("volunteer_time", form, one=one, name=queries.name_of(one), tasks=queries.tasks(here()))


def attend(uid: uuid.UUID) -> Answer:
    """Write an event elsewhere."""
    one, form = mine(uid), EventForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.attend(uid, form.event())
        if outcome.ok:
            done(msg("L’événement est noté."), undo=url_for("members.forget_event", uid=made.uid))
            return go(uid)
    return filled("volunteer_event", form, one=one, name=queries.name_of(one))


def take_back(uid: uuid.UUID) -> Response:
    """Take time out of the count."""
    with transaction():
        found = services.take_back(uid)
    done(msg("Ce temps est retiré."), undo=url_for("members.put_time_back", uid=uid))
    return go(found.volunteer_uid)


def put_back(uid: uuid.UUID) -> Response:
    """Put time into the count again."""
    with transaction():
        found = services.take_back(uid, back=True)
    done(msg("Ce temps est de nouveau compté."))
    return go(found.volunteer_uid)


def forget_event(uid: uuid.UUID) -> Response:
    """Take an event out of a profile."""
    with transaction():
        found = services.forget_event(uid)
    done(msg("L’événement est retiré."), undo=url_for("members.keep_event", uid=uid))
    return go(found.volunteer_uid)


def keep_event(uid: uuid.UUID) -> Response:
    """Put an event into a profile again."""
    with transaction():
        found = services.forget_event(uid, back=True)
    done(msg("L’événement est noté."))
    return go(found.volunteer_uid)
