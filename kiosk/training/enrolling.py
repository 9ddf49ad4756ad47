"""Who has a seat, who waits, who left: enrolment, the waiting line, and the way up.

Free seats and ranks are counted each time. A seat that comes free goes to the
first in line at once, on the machine that keeps the line (see `keeping`); on another
of the space it waits, and nobody new passes those who stand in line.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from kiosk.language import msg
from kiosk.members import forgotten
from kiosk.members import queries as members
from kiosk.storage import NotFound, Refusal, derived_uid, session
from kiosk.training.keeping import keeps_line
from kiosk.training.models import Enrolment, EnrolmentState, SessionState, TrainingSession

SEATED = (EnrolmentState.ENROLLED, EnrolmentState.OFFERED, EnrolmentState.COMPLETED)
_CLOSED = (SessionState.DONE, SessionState.CANCELLED)


@dataclass
class Entry:
    """What an enrolment did: who has a seat, who waits, who was there already."""

    enrolled: list[Enrolment] = field(default_factory=list)
    waiting: list[Enrolment] = field(default_factory=list)
    already: list[Enrolment] = field(default_factory=list)

    @property
    def new(self) -> list[Enrolment]:
        """The enrolments this act made, in order."""
        return sorted([*self.enrolled, *self.waiting], key=lambda one: one.ticket)


class Seat(NamedTuple):
    """How a place stood at one moment: everything of an enrolment that an act may change."""

    state: str
    ticket: int
    promoted: bool
    walk_in: bool


def enrolment_uid(session_uid: uuid.UUID, member_uid: uuid.UUID) -> uuid.UUID:
    """Return the id of a member's place in a session, the same on every machine."""
    return derived_uid("enr", session_uid, member_uid)


def enrol(training: TrainingSession, people: Sequence[uuid.UUID]) -> Entry:
    """Enrol members in the order given; beyond the seats they wait in line.

    Someone who left comes back at the end of the line. Raises Refusal when the
    session is over, or when a person is not in the register.
    """
    if training.state in _CLOSED:
        raise Refusal(msg("Cette formation est terminée : on ne s’y inscrit plus."))
    wanted = list(dict.fromkeys(people))
    _check_known(wanted)
    rows = _rows(training)
    promote(training, rows.values())
    entry = Entry()
    for member_uid in wanted:
        _enter(training, member_uid, rows, entry)
    session().flush()
    return entry


def _enter(
    training: TrainingSession, member_uid: uuid.UUID, rows: dict[uuid.UUID, Enrolment], entry: Entry
) -> None:
    found = rows.get(member_uid)
    if found is not None and (found.state in SEATED or found.state == EnrolmentState.WAITING):
        entry.already.append(found)
        return
    free = free_seats(training, rows.values())
    seated = free is None or (free > 0 and not waiting_line(rows.values()))
    state = EnrolmentState.ENROLLED if seated else EnrolmentState.WAITING
    one = _write(training, member_uid, rows, state)
    (entry.enrolled if state == EnrolmentState.ENROLLED else entry.waiting).append(one)


def seat_walk_in(training: TrainingSession, member_uid: uuid.UUID) -> Enrolment:
    """Give a seat to someone who came unannounced: she is in the room, whatever the limit says."""
    _check_known([member_uid])
    rows = _rows(training)
    found = rows.get(member_uid)
    if found is not None and found.state == EnrolmentState.WAITING:
        found.state, found.promoted = EnrolmentState.ENROLLED, True
    elif found is None or found.state not in SEATED:
        found = _write(training, member_uid, rows, EnrolmentState.ENROLLED)
        found.walk_in = True
    session().flush()
    return found


def seat_of(training: TrainingSession, member_uid: uuid.UUID) -> Seat | None:
    """Return how a person's place stands, None for somebody who never had one."""
    row = session().get(Enrolment, enrolment_uid(training.uid, member_uid))
    return None if row is None else Seat(row.state, row.ticket, row.promoted, row.walk_in)


def put_back(enrolment: Enrolment, seat: Seat | None) -> None:
    """Make a place what it was; one that was none before is given up. Free seats go to the line."""
    if seat is None:
        enrolment.state = EnrolmentState.WITHDRAWN
    else:
        enrolment.state = EnrolmentState(seat.state)
        enrolment.ticket, enrolment.promoted, enrolment.walk_in = seat.ticket, seat.promoted, seat.walk_in
    session().flush()
    promote(_session_of(enrolment))


def _write(
    training: TrainingSession, member_uid: uuid.UUID, rows: dict[uuid.UUID, Enrolment], state: EnrolmentState
) -> Enrolment:
    ticket = max((row.ticket for row in rows.values()), default=0) + 1
    one = rows.get(member_uid)
    if one is None:
        uid = enrolment_uid(training.uid, member_uid)
        one = Enrolment(
            uid=uid, space_uid=training.space_uid, session_uid=training.uid, member_uid=member_uid
        )
        session().add(one)
        rows[member_uid] = one
    one.state, one.ticket, one.promoted, one.walk_in = state, ticket, False, False
    return one


def withdraw(enrolment: Enrolment) -> list[Enrolment]:
    """Take someone out of a session; return who moved up in her place."""
    had_seat = enrolment.state in SEATED
    enrolment.state = EnrolmentState.WITHDRAWN
    return promote(_session_of(enrolment)) if had_seat else []


def take_back(enrolment: Enrolment, promoted: Collection[uuid.UUID] = ()) -> None:
    """Take back a withdrawal: she has her seat again, who moved up returns to the line.

    Tickets never moved, so that everybody stands where they stood.
    """
    if enrolment.state != EnrolmentState.WITHDRAWN:
        return
    training = _session_of(enrolment)
    rows = _rows(training)
    back_to_line(training, promoted)
    free = free_seats(training, rows.values())
    seated = free is None or free > 0
    enrolment.state = EnrolmentState.ENROLLED if seated else EnrolmentState.WAITING


def take_back_batch(training: TrainingSession, first: int, last: int) -> int:
    """Take back the enrolments whose tickets lie between `first` and `last`; return how many."""
    batch = [row for row in _rows(training).values() if first <= row.ticket <= last]
    for row in batch:
        row.state = EnrolmentState.WITHDRAWN
    promote(training)
    return len(batch)


def promote(training: TrainingSession, rows: Collection[Enrolment] | None = None) -> list[Enrolment]:
    """Give free seats to the first in line; return who got one, nobody where another machine gives them."""
    known = list(_rows(training).values() if rows is None else rows)
    free = free_seats(training, known)
    line = waiting_line(known)
    moved = line if free is None else line[: max(free, 0)]
    if not moved or not keeps_line(training):
        return []
    for one in moved:
        one.state, one.promoted = EnrolmentState.ENROLLED, True
    return moved


def give_free_seats(training: TrainingSession) -> list[Enrolment]:
    """Give free seats because somebody asks for it. Raises Refusal where another machine gives them."""
    if not keeps_line(training):
        raise Refusal(msg("Une autre machine de l’espace donne ces places."))
    return promote(training)


def back_to_line(training: TrainingSession, uids: Collection[uuid.UUID]) -> None:
    """Send back to the line those of these enrolments that came off it; nobody loses her rank."""
    for row in _rows(training).values():
        if row.uid in uids and row.promoted and row.state == EnrolmentState.ENROLLED:
            row.state, row.promoted = EnrolmentState.WAITING, False


def waiting_line(rows: Collection[Enrolment]) -> list[Enrolment]:
    """Return who waits, first come first; equal tickets of two machines are told apart by uid."""
    waiting = [row for row in rows if row.state == EnrolmentState.WAITING]
    return sorted(waiting, key=lambda row: (row.ticket, row.uid))


def free_seats(training: TrainingSession, rows: Collection[Enrolment]) -> int | None:
    """Return how many seats are free (negative after an overflow), None without a limit."""
    if training.seats is None:
        return None
    return training.seats - sum(row.state in SEATED for row in rows)


def has_name() -> ColumnElement[bool]:
    """Return the condition that an enrolment is of somebody whose name was not erased.

    Nobody can call her: her seat is free, and what she came to stays counted.
    """
    return Enrolment.member_uid.not_in(forgotten.uids())


def find_enrolment(uid: uuid.UUID) -> Enrolment:
    """Return an enrolment, or raise NotFound."""
    found = session().get(Enrolment, uid)
    if found is None or found.deleted_at:
        raise NotFound(msg("Cette inscription n’existe pas ici."))
    return found


def _rows(training: TrainingSession) -> dict[uuid.UUID, Enrolment]:
    mine = Enrolment.session_uid == training.uid, Enrolment.deleted_at.is_(None), has_name()
    query = select(Enrolment).where(*mine)
    return {row.member_uid: row for row in session().scalars(query)}


def _session_of(enrolment: Enrolment) -> TrainingSession:
    return session().get_one(TrainingSession, enrolment.session_uid)


def _check_known(people: Collection[uuid.UUID]) -> None:
    known = members.by_uids(people)
    if any(uid not in known or known[uid].deleted_at or known[uid].is_erased for uid in people):
        raise Refusal(msg("Cette personne n’est pas dans le registre."), field="people")
