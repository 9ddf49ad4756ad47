"""Cards lent to another space: who has whose, since when, and taking one back."""

import uuid

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from kiosk.central import grants
from kiosk.central.routes.kiosks import blueprint
from kiosk.language import msg
from kiosk.places import queries as places
from kiosk.storage import transaction
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right


@blueprint.get("/cartes-pretees")
@needs(Right.COORDINATE)
def loans() -> str:
    """List the cards lent now, by number."""
    names = {one.uid: one.name for one in places.spaces()}
    return render_template("central/loans.html", loans=grants.loans(), spaces=names)


@blueprint.post("/cartes-pretees/<uuid:space>/<uuid:row>/reprendre")
@needs(Right.COORDINATE)
def end_loan(space: uuid.UUID, row: uuid.UUID) -> Response:
    """Take a card back."""
    with transaction():
        grants.take_back(space, row)
    done(msg("La carte est reprise au prochain échange."), undo=url_for(".lend_again", space=space, row=row))
    return redirect(url_for(".loans"), 303)


@blueprint.post("/cartes-pretees/<uuid:space>/<uuid:row>/preter")
@needs(Right.COORDINATE)
def lend_again(space: uuid.UUID, row: uuid.UUID) -> Response:
    """Lend a card once more: the undo of taking it back."""
    with transaction():
        grants.lend_again(space, row)
    done(msg("La carte est de nouveau prêtée."))
    return redirect(url_for(".loans"), 303)
