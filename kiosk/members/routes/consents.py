"""What a person agrees to: one answer at a time, dated, and taken back as easily."""

import uuid

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members import services, vocabulary
from kiosk.members.vocabulary import Purpose
from kiosk.storage import Refusal, transaction
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right


def add_to(blueprint: Blueprint) -> None:
    """Put this act under a blueprint."""
    blueprint.post("/membres/<uuid:uid>/accord")(consent)


@needs(Right.EDIT_MEMBERS)
def consent(uid: uuid.UUID) -> Response:
    """Write down that a person agrees, or no longer agrees, to one purpose."""
    purpose = request.form.get("purpose", "")
    if purpose not in {**vocabulary.PURPOSES, **vocabulary.GUARDIAN}:
        raise Refusal(msg("Cette question n’est pas posée."))
    with transaction():
        said = services.answer(uid, Purpose(purpose), request.form.get("granted") == "1")
    done(msg("Accord noté.") if said.granted else msg("Accord retiré."))
    return redirect(url_for("members.show", uid=uid, _anchor="accords"), 303)
