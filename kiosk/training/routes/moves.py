"""What happens to a session: published, put off, cancelled, deleted, and each taken back."""

import datetime
import uuid
from collections.abc import Callable
from typing import NamedTuple

from flask import url_for
from werkzeug.wrappers import Response

from kiosk.language import Message, msg, nmsg
from kiosk.storage import clock, transaction
from kiosk.training import services
from kiosk.training.forms import MoveForm, ReasonForm
from kiosk.training.models import TrainingSession
from kiosk.training.routes.door import Answer, blueprint, day_in, filled, go, plans, sealed, unsealed
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done


class Act(NamedTuple):
    """One button: what it does, what is said after, and the act that takes it back."""

    do: Callable[[TrainingSession], None]
    said: Message
    undo: str = ""


ACTS = {
    "publier": Act(services.publish, msg("La formation est au programme.")),
    "reprendre": Act(services.resume, msg("La formation a de nouveau lieu.")),
}


@blueprint.post(f"/formations/<uuid:uid>/<any({','.join(ACTS)}):act>")
@plans
def move(uid: uuid.UUID, act: str) -> Response:
    """Do one act of the table on a session."""
    with transaction():
        ACTS[act].do(services.find_session(uid))
    done(ACTS[act].said)
    return go("training.show", uid=uid)


@blueprint.route("/formations/<uuid:uid>/annuler", methods=["GET", "POST"])
@plans
def cancel(uid: uuid.UUID) -> Answer:
    """Cancel a session with its reason, which the programme shows."""
    training = services.find_session(uid)
    form = ReasonForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.cancel(services.find_session(uid), form.reason.data or "")
        if outcome.ok:
            done(msg("La formation est annulée."), undo=url_for("training.move", uid=uid, act="reprendre"))
            return go("training.show", uid=uid)
    late = sum(services.is_open(one) and one.day < clock.today() for one in services.sittings_of(training))
    return filled("cancel", form, training=training, late=late)


@blueprint.route("/formations/<uuid:uid>/reporter", methods=["GET", "POST"])
@plans
def put_off(uid: uuid.UUID) -> Answer:
    """Put a session off: to a new first day, to a month, or until further notice."""
    training = services.find_session(uid)
    form = MoveForm(reason=training.reason)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            _put_off(services.find_session(uid), form)
        if outcome.ok:
            return go("training.show", uid=uid)
    waits = any(services.is_open(one) for one in services.sittings_of(training))
    return filled("put_off", form, training=training, waits=waits)


def _put_off(training: TrainingSession, form: MoveForm) -> None:
    reason, day = form.reason.data or "", form.first_day.data
    if day is None:
        services.put_off(training, reason, form.month.data)
        done(
            msg("La formation est reportée."),
            undo=url_for("training.move", uid=training.uid, act="reprendre"),
        )
        return
    count, stood = services.move_to(training, day, reason)
    seal = sealed(training.uid, [str(part or "") for part in (*stood, services.timetable(training))])
    back = url_for("training.move_back", uid=training.uid, avant=seal)
    done(nmsg("La séance change de jour.", "%(n)s séances changent de jour.", count), undo=back)


@blueprint.post("/formations/<uuid:uid>/remettre")
@plans
def move_back(uid: uuid.UUID) -> Response:
    """Take back a move: the sittings return to where they were."""
    first, state, reason, month, left = unsealed(uid)
    day = datetime.date.fromisoformat(first)
    stood = services.Stage(day, state, reason, day_in(month))
    with transaction():
        services.move_back(services.find_session(uid), stood, left)
    done(msg("Les séances sont revenues à leur jour."))
    return go("training.show", uid=uid)


@blueprint.post("/formations/<uuid:uid>/supprimer")
@plans
def delete(uid: uuid.UUID) -> Response:
    """Delete a session that left no trace."""
    with transaction():
        services.delete_session(services.find_session(uid))
    done(msg("La formation est supprimée."), undo=url_for("training.restore", uid=uid))
    return go("training.index")


@blueprint.post("/formations/<uuid:uid>/retablir")
@plans
def restore(uid: uuid.UUID) -> Response:
    """Take back the deletion of a session."""
    with transaction():
        services.restore_session(uid)
    done(msg("La formation est revenue."))
    return go("training.show", uid=uid)
