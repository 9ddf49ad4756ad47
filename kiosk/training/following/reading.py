"""Reading accompaniment and faces: lists, one follow-up, figures of a period."""

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from kiosk.language import Message, msg
from kiosk.storage import session
from kiosk.training.beside.models import SessionTrainer
from kiosk.training.figures import FULL_DAY, counted_weight
from kiosk.training.following.models import Face, FollowUp, FollowUpMeeting, SessionFace
from kiosk.training.models import Sitting, SittingState, TrainingSession

WORDS: dict[str, Message] = {
    Face.GOOD: msg("J’ai aimé"),
    Face.NEUTRAL: msg("C’était moyen"),
    Face.BAD: msg("Je n’ai pas aimé"),
}
_TOOK_PLACE = (SittingState.HELD, SittingState.INTERRUPTED)


@dataclass(frozen=True)
class Taught:
    """What one person held unpaid on one day of a session, in hundredths of a day."""

    staff_uid: uuid.UUID
    session_uid: uuid.UUID
    title: str
    day: datetime.date
    weight: int
    space_uid: uuid.UUID


@dataclass(frozen=True)
class Met:
    """One meeting of a follow-up: whose, when, in which domain ("": not said)."""

    member_uid: uuid.UUID
    day: datetime.date
    minutes: int
    space_uid: uuid.UUID
    theme: str


def listing(space_uid: uuid.UUID, closed: bool) -> Select[tuple[FollowUp, int]]:
    """Return the follow-ups of a space with how many meetings each had, the latest first."""
    met = (
        select(func.count())
        .where(FollowUpMeeting.follow_up_uid == FollowUp.uid, FollowUpMeeting.deleted_at.is_(None))
        .scalar_subquery()
    )
    query = select(FollowUp, met).where(FollowUp.space_uid == space_uid, FollowUp.deleted_at.is_(None))
    ended = FollowUp.closed_on.is_not(None) if closed else FollowUp.closed_on.is_(None)
    return query.where(ended).order_by(FollowUp.opened_on.desc(), FollowUp.uid.desc())


def of_member(member_uid: uuid.UUID) -> list[tuple[FollowUp, int]]:
    """Return a member's follow-ups, each with its number of meetings."""
    query = select(FollowUp, func.count(FollowUpMeeting.uid)).outerjoin(
        FollowUpMeeting,
        (FollowUpMeeting.follow_up_uid == FollowUp.uid) & FollowUpMeeting.deleted_at.is_(None),
    )
    mine = (FollowUp.member_uid == member_uid, FollowUp.deleted_at.is_(None))
    rows = session().execute(query.where(*mine).group_by(FollowUp.uid).order_by(FollowUp.uid))
    return [(row[0], row[1]) for row in rows]


def meetings(uid: uuid.UUID) -> Sequence[FollowUpMeeting]:
    """Return the meetings of a follow-up, the latest first."""
    mine = (FollowUpMeeting.follow_up_uid == uid, FollowUpMeeting.deleted_at.is_(None))
    query = select(FollowUpMeeting).where(*mine)
    return session().scalars(query.order_by(FollowUpMeeting.day.desc(), FollowUpMeeting.uid.desc())).all()


def met(space_uid: uuid.UUID | None, first: datetime.date, last: datetime.date) -> list[Met]:
    """Return every meeting of a period, days inclusive (one statement)."""
    one, at = FollowUp, FollowUpMeeting
    query = select(one.member_uid, at.day, at.minutes, at.space_uid, one.theme)
    query = query.join(at, at.follow_up_uid == one.uid)
    query = query.where(one.deleted_at.is_(None), at.deleted_at.is_(None), at.day.between(first, last))
    query = query if space_uid is None else query.where(at.space_uid == space_uid)
    return [Met(*row) for row in session().execute(query.order_by(at.day, at.uid))]


def taught(
    space_uid: uuid.UUID | None = None,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
    staff_uid: uuid.UUID | None = None,
) -> list[Taught]:
    """Return what unpaid trainers held: derived from the sittings that took place, never written twice.

    A person gives one day a date at most, whatever she held on it.
    """
    held = [_taught(row) for row in session().execute(_held(space_uid, first, last, staff_uid))]
    left: Counter[tuple[uuid.UUID, datetime.date]] = Counter()
    found = []
    for one in held:
        weight = min(one.weight, FULL_DAY - left[one.staff_uid, one.day])
        left[one.staff_uid, one.day] += weight
        if weight > 0:
            found.append(Taught(**{**vars(one), "weight": weight}))
    return found


def _taught(row: Sequence[object]) -> Taught:
    staff, training, title, day, state, weight, confirmed, space = row
    counted = counted_weight(str(state), weight, confirmed)  # type: ignore[arg-type]
    return Taught(staff, training, title, day, counted, space)  # type: ignore[arg-type]


def _held(
    space_uid: uuid.UUID | None,
    first: datetime.date | None,
    last: datetime.date | None,
    staff_uid: uuid.UUID | None,
) -> Select:
    who, at, of = SessionTrainer, Sitting, TrainingSession
    told = (at.state, at.weight, at.confirmed_weight, at.space_uid)
    query = (
        select(who.staff_uid, of.uid, of.title, at.day, *told)
        .join(of, who.session_uid == of.uid)
        .join(at, at.session_uid == of.uid)
        .where(who.volunteer, who.active, *(one.deleted_at.is_(None) for one in (who, at, of)))
        .where(at.state.in_(_TOOK_PLACE))
        .order_by(at.day, at.starts, at.uid, who.uid)
    )
    for holds, bound in (
        (at.space_uid.__eq__, space_uid),
        (at.day.__ge__, first),
        (at.day.__le__, last),
        (who.staff_uid.__eq__, staff_uid),
    ):
        query = query if bound is None else query.where(holds(bound))
    return query


def faces(session_uid: uuid.UUID) -> dict[str, int]:
    """Return how many tapped each face, every face named; no name, no hour."""
    query = select(SessionFace.face, func.count()).where(
        SessionFace.session_uid == session_uid, SessionFace.deleted_at.is_(None)
    )
    told = {str(face): count for face, count in session().execute(query.group_by(SessionFace.face))}
    return {face: told.get(face, 0) for face in WORDS}
