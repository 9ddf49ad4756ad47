"""One sitting: its real day and weight, cut short, cancelled, removed, and each taken back."""

import uuid
from collections.abc import Callable
from typing import NamedTuple

from flask import url_for
from werkzeug.wrappers import Response

from kiosk.language import Message, msg
from kiosk.storage import transaction
from kiosk.training import queries, services
from kiosk.training.forms import ReasonForm, SittingForm
from kiosk.training.models import SessionKind, Sitting, SittingState, TrainingSession
from kiosk.training.routes.door import Answer, blueprint, filled, go, marks, plans
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done


@blueprint.route("/seances/<uuid:uid>/modifier", methods=["GET", "POST"])
@marks
def change(uid: uuid.UUID) -> Answer:
    """Say when a sitting really took place, how long it lasted, and what it counts."""
    sitting = services.find_sitting(uid)
    form = SittingForm(obj=sitting, cut=sitting.state == SittingState.INTERRUPTED)
    form.offer(sitting.weight, sitting.confirmed_weight)
    if form.confirmed.data is None:
        form.confirmed.data = 0
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            _change(services.find_sitting(uid), form)
        if outcome.ok:
            done(msg("La séance est corrigée."))
            return go("training.presences", uid=uid)
    of = services.find_session(sitting.session_uid)
    gathering = not queries.shown(of).trains
    told = {"gathering": gathering, "publishes": _publishes(of)}
    return filled("sitting", form, line=queries.sitting_line(uid), **told)


def _publishes(training: TrainingSession) -> bool:
    """Tell whether people publish while they learn: a campaign asks how much."""
    return training.kind == SessionKind.ACTION or bool(training.campaign)


def _change(sitting: Sitting, form: SittingForm) -> None:
    half = services.HalfDay(form.day.data or sitting.day, form.starts.data or "", form.minutes.data or 0)
    services.change_sitting(sitting, half, form.weight.data)
    services.note_spoken(sitting, form.spoke.data, form.spoke_women.data, form.spoke_youth.data)
    services.note_posts(sitting, form.posts.data)
    if form.cut.data:
        services.interrupt(sitting, form.confirmed.data)
    else:
        services.complete(sitting)


@blueprint.route("/seances/<uuid:uid>/annuler", methods=["GET", "POST"])
@plans
def cancel_sitting(uid: uuid.UUID) -> Answer:
    """Cancel one sitting with its reason."""
    form = ReasonForm()
    sitting = services.find_sitting(uid)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.cancel_sitting(services.find_sitting(uid), form.reason.data or "")
        if outcome.ok:
            undo = url_for("training.sitting_act", uid=uid, act="retablir")
            done(msg("La séance est annulée."), undo=undo)
            return go("training.show", uid=sitting.session_uid)
    return filled("cancel_sitting", form, line=queries.sitting_line(uid))


class Act(NamedTuple):
    """One button: what it does, what is said after, and the act that takes it back."""

    do: Callable[[Sitting], None]
    said: Message
    undo: str = ""


ACTS = {
    "retablir": Act(services.restore_sitting, msg("La séance a de nouveau lieu.")),
    "enlever": Act(services.remove_sitting, msg("La séance est enlevée."), "remettre"),
    "remettre": Act(services.bring_sitting_back, msg("La séance est revenue.")),
}


@blueprint.post(f"/seances/<uuid:uid>/<any({','.join(ACTS)}):act>")
@plans
def sitting_act(uid: uuid.UUID, act: str) -> Response:
    """Do one act of the table on a sitting."""
    found = ACTS[act]
    with transaction():
        sitting = services.find_sitting(uid, removed=act == "remettre")
        found.do(sitting)
    done(found.said, undo=url_for("training.sitting_act", uid=uid, act=found.undo) if found.undo else None)
    return go("training.show", uid=sitting.session_uid)
