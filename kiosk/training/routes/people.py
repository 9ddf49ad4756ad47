"""Who takes part: enrolling several at once, leaving, coming back."""

import uuid

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.language import Message, msg, nmsg
from kiosk.members.groups import queries as groups
from kiosk.storage import Refusal, transaction
from kiosk.training import queries, services, words
from kiosk.training.models import TrainingSession
from kiosk.training.routes.door import (
    Answer,
    blueprint,
    go,
    plans,
    space_uid,
    uid_in,
    words_asked,
)
from kiosk.web.notices import done

MOST_AT_ONCE = 100
_MOST_TAKEN_BACK = 1000
"""More than any group holds: an undo names tickets, and one page of tickets is not the whole line."""


@blueprint.get("/formations/<uuid:uid>/inscrire")
@plans
def enrol(uid: uuid.UUID) -> str:
    """Search the register by half a name and tick who takes part."""
    training = services.find_session(uid)
    seated, waiting, _ = queries.places(training)
    return render_template(
        "training/enrol.html",
        training=training,
        asked=words_asked(),
        found=queries.find_people(space_uid(), words_asked()),
        seated={one.person.uid for one in seated},
        waiting={one.person.uid for one in waiting},
        words=words,
        free=None if training.seats is None else 0 if waiting else max(training.seats - len(seated), 0),
        groups=_groups(training),
    )


def _groups(training: TrainingSession) -> list[groups.GroupLine]:
    """Return the groups that have people, the one the session is for first."""
    found = [line for line in groups.groups(training.space_uid) if line.people]
    return sorted(found, key=lambda line: line.uid != training.group_uid)


@blueprint.post("/formations/<uuid:uid>/inscrire/groupe")
@plans
def enrol_group(uid: uuid.UUID) -> Answer:
    """Enrol everybody of a group at once, in the order of the alphabet; beyond the seats they wait."""
    group = groups.find(uid_in(request.form.get("groupe", "")) or uid)
    people = groups.those_in(group.uid)
    if not people:
        done(msg("Personne dans ce groupe"), kind="wait")
        return go("training.enrol", uid=uid)
    with transaction():
        entry = services.enrol(services.find_session(uid), people)
    done(_said(entry) if entry.new else msg("Tout le groupe est déjà inscrit."), undo=_undo(uid, entry))
    return go("training.show", uid=uid)


@blueprint.post("/formations/<uuid:uid>/inscrire")
@plans
def do_enrol(uid: uuid.UUID) -> Answer:
    """Enrol the people ticked, in the order of the list."""
    people = [found for text in request.form.getlist("people")[:MOST_AT_ONCE] if (found := uid_in(text))]
    if not people:
        done(msg("Cochez au moins une personne."), kind="wait")
        return go("training.enrol", uid=uid, q=request.form.get("q") or None)
    with transaction():
        entry = services.enrol(services.find_session(uid), people)
    done(_said(entry), undo=_undo(uid, entry))
    return go("training.show", uid=uid)


def _undo(uid: uuid.UUID, entry: services.Entry) -> str | None:
    if not entry.new:
        return None
    first, last = entry.new[0].ticket, entry.new[-1].ticket
    return url_for("training.unenrol", uid=uid, de=first, a=last)


def _said(entry: services.Entry) -> Message:
    seated, waiting = len(entry.enrolled), len(entry.waiting)
    if seated and waiting:
        return msg("Places données : %(seated)s. En attente : %(waiting)s.", seated=seated, waiting=waiting)
    if waiting:
        return nmsg("C’est complet : elle attend une place.", "C’est complet : %(n)s attendent.", waiting)
    return nmsg("Une personne est inscrite.", "%(n)s personnes sont inscrites.", seated)


@blueprint.post("/formations/<uuid:uid>/inscriptions/annuler")
@plans
def unenrol(uid: uuid.UUID) -> Response:
    """Take back the enrolments just made, named by their tickets."""
    first, last = request.args.get("de", type=int), request.args.get("a", type=int)
    if not first or not last or last - first >= _MOST_TAKEN_BACK:
        raise Refusal(msg("Il n’y a plus rien à annuler."))
    with transaction():
        count = services.take_back_batch(services.find_session(uid), first, last)
    done(nmsg("L’inscription est annulée.", "%(n)s inscriptions sont annulées.", count))
    return go("training.show", uid=uid)


@blueprint.post("/inscriptions/<uuid:uid>/retirer")
@plans
def withdraw(uid: uuid.UUID) -> Response:
    """Take someone out of a session; the first in line moves up."""
    with transaction():
        one = services.find_enrolment(uid)
        promoted = services.withdraw(one)
    up = ".".join(row.uid.hex for row in promoted)
    undo = url_for("training.take_back", uid=uid, promu=up or None)
    names = queries.people({row.member_uid for row in promoted})
    moved = ", ".join(person.name for person in names.values())
    if moved:
        done(msg("La place est libérée. %(name)s monte de la liste d’attente.", name=moved), undo=undo)
    else:
        done(msg("La personne est retirée."), undo=undo)
    return go("training.show", uid=one.session_uid)


@blueprint.post("/inscriptions/<uuid:uid>/remettre")
@plans
def take_back(uid: uuid.UUID) -> Response:
    """Take back a withdrawal; who moved up goes back to the line."""
    promoted = [found for text in request.args.get("promu", "").split(".") if (found := uid_in(text))]
    with transaction():
        one = services.find_enrolment(uid)
        services.take_back(one, promoted)
    done(msg("La personne est de nouveau inscrite."))
    return go("training.show", uid=one.session_uid)
