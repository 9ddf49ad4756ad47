"""A session deleted on one machine while another noted who came: shown, and brought back."""

import uuid

from flask import render_template
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.storage import NotFound, transaction
from kiosk.training import gone as deleted
from kiosk.training.routes.door import blueprint, go, plans
from kiosk.web.notices import done


@blueprint.get("/formations/<uuid:uid>/effacee")
@plans
def gone(uid: uuid.UUID) -> str:
    """Say what was deleted, and how many marks it holds."""
    found = next(iter(deleted.marked_on_deleted(uid)), None)
    if found is None:
        raise NotFound(msg("Aucune présence n’attend ici."))
    return render_template("training/gone.html", one=found)


@blueprint.post("/formations/<uuid:uid>/effacee")
@plans
def undelete(uid: uuid.UUID) -> Response:
    """Bring back the session and the sittings that somebody came to."""
    with transaction():
        deleted.bring_back(uid)
    done(msg("La formation est revenue, avec ses présences."))
    return go("training.show", uid=uid)
