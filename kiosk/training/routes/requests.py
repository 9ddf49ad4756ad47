"""Seats asked for from phones: accepted for a member, accepted with a new card, or refused."""

import uuid

from flask import abort, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members import queries as register
from kiosk.members import services as members
from kiosk.storage import transaction
from kiosk.training import queries, services, words
from kiosk.training.forms import NewcomerForm
from kiosk.training.models import SeatRequest
from kiosk.training.routes.door import Answer, blueprint, filled, go, plans, space_uid, uid_in
from kiosk.training.routes.newcomers import named
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

_LIKELY = 5


@blueprint.get("/demandes")
@plans
def requests() -> Answer:
    """List the seats asked for from phones; a single one is answered at once."""
    waiting = queries.asked_seats(space_uid())
    if len(waiting) == 1:
        return go("training.answer", uid=waiting[0][0].uid)
    return render_template("training/requests.html", waiting=waiting, words=words)


@blueprint.get("/demandes/<uuid:uid>")
@plans
def answer(uid: uuid.UUID) -> str:
    """Show a request, the members it may come from, and the way to a new card."""
    asked = services.find_request(uid)
    return render_template(
        "training/answer.html",
        asked=asked,
        phone=register.shown(asked.phone),
        training=services.find_session(asked.session_uid),
        likely=_likely(asked),
    )


@blueprint.post("/demandes/<uuid:uid>")
@plans
def accept(uid: uuid.UUID) -> Response:
    """Give the seat to a member of the register."""
    member = uid_in(request.form.get("member", "")) or abort(400)
    with transaction():
        asked = services.find_request(uid)
        entry = services.accept(asked, member)
    return _accepted(asked, entry)


@blueprint.route("/demandes/<uuid:uid>/nouvelle-carte", methods=["GET", "POST"])
@needs(Right.EDIT_MEMBERS)
def newcomer(uid: uuid.UUID) -> Answer:
    """Write the person in the register, and give her the seat."""
    asked = services.find_request(uid)
    form = NewcomerForm(**named(asked.name), phone=register.shown(asked.phone))
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            asked = services.find_request(uid)
            entry = services.accept(asked, members.register(space_uid(), **form.card()).uid)
        if outcome.ok:
            return _accepted(asked, entry)
    back = (asked.name, url_for("training.answer", uid=uid))
    over = services.find_session(asked.session_uid).title
    return filled(
        "newcomer", form, over=over, back=back, under=msg("Elle entre au registre et prend sa place.")
    )


@blueprint.post("/demandes/<uuid:uid>/refuser")
@plans
def refuse(uid: uuid.UUID) -> Response:
    """Answer no."""
    with transaction():
        asked = services.find_request(uid)
        services.refuse(asked)
    done(msg("La demande est refusée."), undo=url_for("training.wait_again", uid=uid))
    return _next(asked)


@blueprint.post("/demandes/<uuid:uid>/remettre")
@plans
def wait_again(uid: uuid.UUID) -> Response:
    """Take back a refusal."""
    with transaction():
        asked = services.find_request(uid)
        services.wait_again(asked)
    done(msg("La demande attend de nouveau."))
    return go("training.show", uid=asked.session_uid)


def _accepted(asked: SeatRequest, entry: services.Entry) -> Response:
    if entry.waiting:
        done(msg("%(name)s est sur la liste d’attente.", name=asked.name))
    else:
        done(msg("%(name)s a sa place.", name=asked.name))
    return _next(asked)


def _next(asked: SeatRequest) -> Response:
    """Go to those who still wait for an answer, or to the session once nobody does."""
    waiting = queries.waiting_requests(space_uid())
    return go("training.requests") if waiting else go("training.show", uid=asked.session_uid)


def _likely(asked: SeatRequest) -> list[queries.Person]:
    """Return who may have sent it: by phone first, then by name, then what the manager searches."""
    space, words = current_user.space_uid, request.args.get("q", "")[:80]
    if words:
        return queries.find_people(space, words, 20)
    by_phone = queries.find_people(space, asked.phone, _LIKELY)
    by_name = queries.find_people(space, asked.name, _LIKELY)
    return list({one.uid: one for one in [*by_phone, *by_name]}.values())
