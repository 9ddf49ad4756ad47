"""Seats asked for from a phone without account: a name and a phone, held until someone answers."""

import re
import uuid

from sqlalchemy import select

from kiosk.language import fold, msg
from kiosk.members import queries as members
from kiosk.storage import NotFound, Refusal, session
from kiosk.training import enrolling
from kiosk.training.finding import sittings_of
from kiosk.training.models import RequestState, SeatRequest, SessionState, TrainingSession
from kiosk.training.stages import told

MOST_WAITING = 80
_WHOLE = re.compile(r"\+\d{9,15}")
_OPEN = (SessionState.PLANNED, SessionState.RUNNING, SessionState.POSTPONED)


def ask_seat(training: TrainingSession, name: str, phone: str) -> SeatRequest:
    """Hold a request for a seat; the same person asking twice is noted once.

    Raises Refusal for a closed session, a name or a phone that cannot be one, and
    when too many requests of this session wait already.
    """
    if told(training, [one.state for one in sittings_of(training)]) not in _OPEN:
        raise Refusal(msg("Cette formation ne prend plus d’inscriptions."))
    number = members.normalise(phone)
    _check(name, number)
    waiting = _waiting(training)
    for request in waiting:
        if request.phone == number and fold(request.name) == fold(name):
            return request
    if len(waiting) >= MOST_WAITING:
        raise Refusal(msg("Beaucoup de demandes attendent déjà. Passez à l’espace."))
    keys = {"space_uid": training.space_uid, "session_uid": training.uid}
    made = SeatRequest(name=name, phone=number, state=RequestState.WAITING, **keys)
    session().add(made)
    session().flush()
    return made


def accept(request: SeatRequest, member_uid: uuid.UUID) -> enrolling.Entry:
    """Answer yes: the member it was for gets a seat, or a place in the line."""
    _check_waiting(request)
    training = session().get_one(TrainingSession, request.session_uid)
    entry = enrolling.enrol(training, [member_uid])
    request.state, request.member_uid = RequestState.ACCEPTED, member_uid
    return entry


def refuse(request: SeatRequest) -> None:
    """Answer no."""
    _check_waiting(request)
    request.state = RequestState.REFUSED


def call_off(request: SeatRequest) -> None:
    """Take a request back, by whoever made it; an answered one stays as it is."""
    if request.state == RequestState.WAITING:
        request.state = RequestState.WITHDRAWN


def wait_again(request: SeatRequest) -> None:
    """Take back a refusal: the request waits for an answer again."""
    if request.state == RequestState.REFUSED:
        request.state = RequestState.WAITING


def find_request(uid: uuid.UUID) -> SeatRequest:
    """Return a request, or raise NotFound."""
    found = session().get(SeatRequest, uid)
    if found is None or found.deleted_at:
        raise NotFound(msg("Cette demande n’existe pas ici."))
    return found


def _waiting(training: TrainingSession) -> list[SeatRequest]:
    query = select(SeatRequest).where(
        SeatRequest.session_uid == training.uid, SeatRequest.state == RequestState.WAITING
    )
    return list(session().scalars(query))


def _check(name: str, phone: str) -> None:
    if sum(sign.isalpha() for sign in name) < 2:
        raise Refusal(msg("Écrivez votre prénom et votre nom."), field="name")
    if not _WHOLE.fullmatch(phone):
        raise Refusal(msg("Écrivez un numéro de 8 chiffres, par exemple 76 12 34 56."), field="phone")


def _check_waiting(request: SeatRequest) -> None:
    if request.state != RequestState.WAITING:
        raise Refusal(msg("Cette demande a déjà sa réponse."))
