"""What people thought of a session: one tap on a face, by nobody."""

import uuid

from flask import redirect, render_template, request, session, url_for

from kiosk.language import msg
from kiosk.storage import Refusal, set_actor, transaction
from kiosk.training import services as training_services
from kiosk.training.following import reading, services
from kiosk.training.routes.door import Answer, blueprint
from kiosk.web.pace import slow_down

_TAPPED, _KEPT, _MOST = "avis", 20, 30


@blueprint.route("/programme/<uuid:uid>/avis", methods=["GET", "POST"])
def opinion(uid: uuid.UUID) -> Answer:
    """Ask what somebody thought; a phone says it once a session, by its own cookie only."""
    training = training_services.find_session(uid)
    tapped = uid.hex in session.get(_TAPPED, [])
    if request.method == "POST" and not tapped:
        _keep(uid, request.form.get("visage", ""))
        return redirect(url_for("training.opinion", uid=uid), 303)
    if not tapped and not services.can_be_judged(training):
        raise Refusal(msg("Cette formation n’a pas encore commencé."))
    return render_template("training/opinion.html", training=training, tapped=tapped, faces=reading.WORDS)


def _keep(uid: uuid.UUID, face: str) -> None:
    slow_down(f"avis {request.remote_addr}", _MOST)
    with transaction():
        set_actor(None)  # whoever is signed in on this phone, a tap is nobody's
        services.tap(training_services.find_session(uid), face)
    session[_TAPPED] = [*session.get(_TAPPED, []), uid.hex][-_KEPT:]
