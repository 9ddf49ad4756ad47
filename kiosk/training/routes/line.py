"""Seats that came free elsewhere: who gives them, and the machine that takes the line over."""

import uuid

from flask import request, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg, nmsg
from kiosk.storage import transaction
from kiosk.training import queries, services
from kiosk.training.routes.door import blueprint, go, plans, sealed, uid_in, unsealed
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right


@blueprint.post("/formations/<uuid:uid>/places-libres")
@plans
def give_seats(uid: uuid.UUID) -> Response:
    """Give the free seats to the first in line."""
    with transaction():
        promoted = services.give_free_seats(services.find_session(uid))
    up = ".".join(row.uid.hex for row in promoted)
    names = queries.people({row.member_uid for row in promoted}).values()
    said = nmsg(
        "%(name)s a maintenant sa place.",
        "%(name)s ont maintenant leur place.",
        len(promoted),
        name=", ".join(person.name for person in names),
    )
    undo = url_for("training.take_seats_back", uid=uid, promu=up)
    done(*((said, undo) if promoted else (msg("Aucune place n’est libre."),)))
    return go("training.show", uid=uid)


@blueprint.post("/formations/<uuid:uid>/places-libres/annuler")
@plans
def take_seats_back(uid: uuid.UUID) -> Response:
    """Send who was just given a seat back to her place in the line."""
    people = [found for text in request.args.get("promu", "").split(".") if (found := uid_in(text))]
    with transaction():
        services.back_to_line(services.find_session(uid), people)
    done(msg("Les personnes attendent de nouveau."))
    return go("training.show", uid=uid)


@blueprint.post("/formations/<uuid:uid>/liste-ici")
@needs(Right.MANAGE_SPACE)
def keep_line(uid: uuid.UUID) -> Response:
    """Let this machine give the free seats: the one that did is gone, or stays away."""
    with transaction():
        before = services.keep_line(services.find_session(uid))
    done(
        msg("Cette machine tient la liste d’attente."),
        undo=url_for("training.leave_line", uid=uid, avant=sealed(uid, [before])),
    )
    return go("training.show", uid=uid)


@blueprint.post("/formations/<uuid:uid>/liste-ici/annuler")
@needs(Right.MANAGE_SPACE)
def leave_line(uid: uuid.UUID) -> Response:
    """Let the line be kept where it was."""
    (before,) = unsealed(uid)
    with transaction():
        services.leave_line(services.find_session(uid), before)
    done(msg("La liste d’attente est tenue comme avant."))
    return go("training.show", uid=uid)
