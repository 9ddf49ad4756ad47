"""What a sheet and a session page show: people, their answers, their place in the line."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import and_, or_, select

from kiosk.language import sort_key
from kiosk.members import queries as members
from kiosk.storage import session
from kiosk.training.agenda import SittingLine
from kiosk.training.enrolling import SEATED, has_name, waiting_line
from kiosk.training.listings import waits_in
from kiosk.training.models import (
    Attendance,
    Enrolment,
    EnrolmentState,
    Mark,
    RequestState,
    SeatRequest,
    SessionState,
    Sitting,
    TrainingSession,
)

_SEATED = Enrolment.state.in_(SEATED)


@dataclass(frozen=True)
class Person:
    """A member as a sheet shows her; one taken out of the register keeps her place without a name."""

    uid: uuid.UUID
    name: str
    family_first: str
    number: str
    sex: str
    sort: str
    born: int | None = None
    village: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a sheet: a person, what is written beside her name, her line on paper (0: none)."""

    person: Person
    mark: str
    minutes: int | None
    line: int = 0


@dataclass(frozen=True)
class Place:
    """A person's place in a session; `rank` is her place in the line, 1 first, None with a seat."""

    person: Person
    enrolment: Enrolment
    rank: int | None = None


def sheet(sitting: Sitting | SittingLine) -> list[Row]:
    """Return the lines of a sheet in the order of the paper one: who has a seat, then whoever was marked."""
    marked = and_(Attendance.member_uid == Enrolment.member_uid, Attendance.sitting_uid == sitting.uid)
    query = (
        select(Enrolment, Attendance.mark, Attendance.minutes)
        .outerjoin(Attendance, marked)
        .where(Enrolment.session_uid == sitting.session_uid, Enrolment.deleted_at.is_(None))
        .where(or_(and_(Enrolment.state.in_(SEATED), has_name()), Attendance.mark != Mark.NONE))
    )
    found = {row[0].member_uid: row for row in session().execute(query)}
    known = people(found)
    ordered = sorted(
        ((known[uid], row) for uid, row in found.items()), key=lambda one: _paper(one[0], one[1][0])
    )
    seats = count(1)
    return [
        Row(person, str(said or Mark.NONE), minutes, next(seats) if _is_seated(person, enrolment) else 0)
        for person, (enrolment, said, minutes) in ordered
    ]


def _is_seated(person: Person, enrolment: Enrolment) -> bool:
    return bool(person.name) and enrolment.state in SEATED


def _paper(person: Person, enrolment: Enrolment) -> tuple[Any, ...]:
    """Return the place on paper: family names, then who walked in, as they were written under them."""
    came = (1, enrolment.ticket) if enrolment.walk_in else (0, 0)
    return (not _is_seated(person, enrolment), *came, sort_key(person.family_first), person.uid)


def marks_of(training: TrainingSession) -> dict[tuple[uuid.UUID, uuid.UUID], str]:
    """Return every answer of a session by (sitting, member), voided ones left out (one statement)."""
    query = select(Attendance.sitting_uid, Attendance.member_uid, Attendance.mark)
    query = query.join(Sitting, Sitting.uid == Attendance.sitting_uid).where(
        Sitting.session_uid == training.uid, Attendance.mark != Mark.NONE, Attendance.deleted_at.is_(None)
    )
    return {(sitting, member): mark for sitting, member, mark in session().execute(query)}


def people(uids: Mapping[uuid.UUID, object] | set[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """Return persons by uid (one statement), whoever left the register without a name."""
    found = members.by_uids(uids)
    return {uid: _person(uid, found.get(uid)) for uid in uids}


def _person(uid: uuid.UUID, member: "members.Member | None") -> Person:
    if member is None:
        return Person(uid, "", "", "", "", "\uffff")
    family_first = f"{member.family_name.upper()} {member.given_name}".strip()
    told = (member.name, family_first, member.card, str(member.sex), member.sort_key)
    return Person(uid, *told, member.birth_year, member.village or "")


def find_people(space_uid: uuid.UUID, words: str, limit: int = 30) -> list[Person]:
    """Return members by half a name, a number, a phone or a village, in the order of names."""
    found = session().scalars(members.listing(words, space_uid).limit(limit))
    return [_person(member.uid, member) for member in found]


def visitor(words: str, space_uid: uuid.UUID) -> Person | None:
    """Return the member of another space whose whole card number was typed, once the centre lent her row."""
    found = members.by_card(words) if words else None
    return _person(found.uid, found) if found and found.space_uid != space_uid else None


def seated(training: TrainingSession) -> list[Person]:
    """Return who has a seat, in the order of the printed sheet."""
    mine = Enrolment.session_uid == training.uid, Enrolment.deleted_at.is_(None), has_name()
    rows = {row.member_uid: row for row in session().scalars(select(Enrolment).where(*mine, _SEATED))}
    known = people(rows)
    return sorted(known.values(), key=lambda one: _paper(one, rows[one.uid]))


def places(training: TrainingSession) -> tuple[list[Place], list[Place], list[Place]]:
    """Return who has a seat (by name), who waits (by rank), who left (by name); two statements."""
    mine = [Enrolment.session_uid == training.uid, Enrolment.deleted_at.is_(None)]
    query = select(Enrolment).where(*mine, *([] if training.state == SessionState.DONE else [has_name()]))
    rows = {row.member_uid: row for row in session().scalars(query)}
    known = people(rows)
    order = sorted(rows.values(), key=lambda row: (known[row.member_uid].sort, row.uid))
    left = (EnrolmentState.WITHDRAWN, EnrolmentState.REFUSED)
    return (
        [Place(known[row.member_uid], row) for row in order if row.state in SEATED],
        [Place(known[row.member_uid], row, at) for at, row in enumerate(waiting_line(order), 1)],
        [Place(known[row.member_uid], row) for row in order if row.state in left],
    )


def requests_of(training: TrainingSession) -> list[SeatRequest]:
    """Return the seats asked for from phones that wait for an answer, first come first."""
    query = select(SeatRequest).where(
        SeatRequest.session_uid == training.uid,
        SeatRequest.state == RequestState.WAITING,
        SeatRequest.deleted_at.is_(None),
    )
    return list(session().scalars(query.order_by(SeatRequest.uid)))


def asked_seats(space_uid: uuid.UUID, most: int = 60) -> list[tuple[SeatRequest, TrainingSession]]:
    """Return the seats asked for from phones in a whole space, first come first, and of which session."""
    query = select(SeatRequest, TrainingSession).join(
        TrainingSession, TrainingSession.uid == SeatRequest.session_uid
    )
    query = query.where(*waits_in(space_uid)).order_by(SeatRequest.uid)
    return [(row[0], row[1]) for row in session().execute(query.limit(most))]


def requests_by_uid(uids: list[uuid.UUID]) -> dict[uuid.UUID, SeatRequest]:
    """Return the requests among `uids` that were not taken back, by session: those this phone made."""
    if not uids:
        return {}
    made = SeatRequest.uid.in_(uids) & (SeatRequest.state != RequestState.WITHDRAWN)
    query = select(SeatRequest).where(made, SeatRequest.deleted_at.is_(None)).order_by(SeatRequest.uid)
    return {row.session_uid: row for row in session().scalars(query)}
