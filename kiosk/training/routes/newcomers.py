"""Somebody who is not in the register yet: her card is made, and she is enrolled or marked, in one step."""

import uuid

from flask import url_for

from kiosk.language import Message, msg
from kiosk.members import queries as register
from kiosk.members import services as members
from kiosk.storage import NotFound, transaction
from kiosk.training import queries, services
from kiosk.training.forms import NewcomerForm
from kiosk.training.routes.door import Answer, blueprint, filled, go, space_uid, words_asked
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right


def named(words: str) -> dict[str, str]:
    """Return a name as it was typed in one piece, in its two parts."""
    given, _, family = words.strip().rpartition(" ")
    return {"given_name": given or family, "family_name": family if given else ""}


def _searched() -> dict[str, str]:
    """Return what was searched for as the form takes it: a name or a phone; a card's number is neither."""
    words = words_asked()
    if register.card_like(words.strip()):
        return {}
    return named(words) if any(sign.isalpha() for sign in words) else {"phone": words.strip()}


@blueprint.route("/formations/<uuid:uid>/inscrire/nouvelle-carte", methods=["GET", "POST"])
@needs(Right.EDIT_MEMBERS)
def enrol_newcomer(uid: uuid.UUID) -> Answer:
    """Write a person in the register and enrol her."""
    training, form = services.find_session(uid), NewcomerForm(**_searched())
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            member = members.register(space_uid(), **form.card())
            entry = services.enrol(services.find_session(uid), [member.uid])
        if outcome.ok:
            waits = msg("%(name)s est sur la liste d’attente.", name=member.name)
            done(waits if entry.waiting else msg("%(name)s a sa place.", name=member.name))
            return go("training.show", uid=uid)
    back = (msg("Inscrire des personnes"), url_for("training.enrol", uid=uid))
    return _page(form, training.title, back, msg("Elle entre au registre et prend sa place."))


@blueprint.route("/seances/<uuid:uid>/arrivee/nouvelle-carte", methods=["GET", "POST"])
@needs(Right.EDIT_MEMBERS)
def arrival_newcomer(uid: uuid.UUID) -> Answer:
    """Write a person who came in the register, and on the sheet as present."""
    line, form = queries.sitting_line(uid), NewcomerForm(**_searched())
    if line is None:
        raise NotFound(msg("Cette séance n’existe pas ici."))
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            member = members.register(space_uid(), **form.card())
            services.welcome(services.find_sitting(uid), member.uid)
        if outcome.ok:
            done(msg("%(name)s est sur la feuille.", name=member.name))
            return go("training.presences", uid=uid)
    back = (msg("Ajouter une personne venue"), url_for("training.arrival", uid=uid))
    return _page(form, line.title, back, msg("Elle entre au registre et elle est notée présente."))


def _page(form: NewcomerForm, over: str, back: tuple[Message, str], under: Message) -> Answer:
    return filled("newcomer", form, over=over, back=back, under=under)
