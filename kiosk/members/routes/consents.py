"""What a person agrees to: one answer at a time, dated, and taken back as easily."""

import uuid

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members import photos, queries, services, vocabulary
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
    if purpose not in vocabulary.EVERY_PURPOSE:
        raise Refusal(msg("Cette question n’est pas posée."))
    with transaction():
        said = services.answer(uid, Purpose(purpose), request.form.get("granted") == "1")
    gone = photos.tidy(current_app.config["SETTINGS"].data, queries.one(uid))
    done(msg("Accord noté.") if said.granted else msg("Accord retiré."))
    if gone:
        done(msg("Sa photo est effacée de cette machine."))
    return redirect(url_for("members.show", uid=uid, _anchor="accords"), 303)
