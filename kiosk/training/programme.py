"""What the public reads: what is taught, when, and whether a seat is free. No name, no phone."""

import datetime
import uuid
from dataclasses import dataclass, replace

from sqlalchemy import Select, select

from kiosk.language import msg
from kiosk.storage import NotFound, session
from kiosk.training.counting import called_off, held, in_line, seats_taken
from kiosk.training.models import Course, SessionState, Sitting, SittingState, TrainingSession

_SHOWN = (SessionState.PLANNED, SessionState.RUNNING, SessionState.POSTPONED, SessionState.CANCELLED)
_ASKABLE = (SessionState.PLANNED, SessionState.RUNNING, SessionState.POSTPONED)


@dataclass(frozen=True)
class Offer:
    """A session as a passer-by sees it: its state, its seats, the course it runs.

    `called_off`: it was not cancelled, but each of its sittings was.
    """

    uid: uuid.UUID
    title: str
    state: str
    place: str
    outreach: bool
    audience: str
    group_name: str
    language: str
    seats: int | None
    rough_month: datetime.date | None
    reason: str
    level: str
    summary: str
    seated: int
    waiting: int
    called_off: bool

    @property
    def free(self) -> int | None:
        """How many seats are free, never under nought; None without a limit."""
        return None if self.seats is None else max(self.seats - self.seated, 0)

    @property
    def full(self) -> bool:
        """Tell whether the next person will have to wait."""
        return self.free == 0

    @property
    def open(self) -> bool:
        """Tell whether a seat, or a place in the line, may be asked for."""
        return self.state in _ASKABLE and not self.called_off


@dataclass(frozen=True)
class Showing:
    """One sitting on the programme; `moved_to` on the day it was first announced for.

    `held`: it took place; a session cancelled afterwards takes nothing of that away.
    """

    offer: Offer
    uid: uuid.UUID
    day: datetime.date
    starts: str
    minutes: int
    held: bool
    cancelled: bool
    reason: str
    moved_from: datetime.date | None
    moved_to: datetime.date | None = None

    @property
    def goes_on(self) -> bool:
        """Tell whether it is still to come, on this day."""
        return not self.held and not self.cancelled and self.moved_to is None


def programme(space_uid: uuid.UUID, start: datetime.date, end: datetime.date | None = None) -> list[Showing]:
    """Return the sittings due from `start` to `end` inclusive, in order (one statement).

    A sitting that was moved stands on both days: where it was announced, and where it is.
    """
    query = _showings().where(Sitting.space_uid == space_uid, TrainingSession.state.in_(_SHOWN))
    query = query.where((Sitting.day >= start) | (Sitting.moved_from >= start))
    found = [_showing(row) for row in session().execute(query)]
    both = [*found, *(_announced(one) for one in found if one.moved_from)]
    due = [one for one in both if one.day >= start and (end is None or one.day <= end)]
    return sorted(due, key=lambda one: (one.day, one.starts, one.offer.title))


def without_date(space_uid: uuid.UUID) -> list[Offer]:
    """Return the sessions that have a month only, or wait for a new date, by month."""
    dated = select(Sitting.uid).where(
        Sitting.session_uid == TrainingSession.uid, Sitting.deleted_at.is_(None)
    )
    waits = (TrainingSession.state == SessionState.POSTPONED) | (
        TrainingSession.state.in_(_ASKABLE) & ~dated.exists()
    )
    query = _offers().where(TrainingSession.space_uid == space_uid, waits)
    rows = session().execute(query.order_by(TrainingSession.rough_month, TrainingSession.title))
    return [Offer(*row) for row in rows]


def offer(session_uid: uuid.UUID) -> tuple[Offer, list[Showing]]:
    """Return one session of the programme and all its sittings; raises NotFound for any other."""
    row = session().execute(_offers().where(TrainingSession.uid == session_uid)).first()
    if row is None or row.state not in (*_SHOWN, SessionState.DONE):
        raise NotFound(msg("Cette formation n’est pas au programme."))
    query = _showings().where(Sitting.session_uid == session_uid).order_by(Sitting.day, Sitting.starts)
    return Offer(*row), [_showing(one) for one in session().execute(query)]


def next_with_seats(
    space_uid: uuid.UUID, today: datetime.date, limit: int = 3, since: str = ""
) -> list[Showing]:
    """Return the next sittings of sessions in which a seat is free, one for each session.

    What began today before the hour `since` (« 15:00 ») is over for a passer-by.
    """
    kept: dict[uuid.UUID, Showing] = {}
    for showing in programme(space_uid, today):
        going_on = showing.offer.open and not showing.cancelled and not showing.moved_to
        if showing.day == today and showing.starts < since:
            continue
        if going_on and not showing.offer.full and showing.offer.state != SessionState.POSTPONED:
            kept.setdefault(showing.offer.uid, showing)
    return list(kept.values())[:limit]


def _offers() -> Select:
    one = TrainingSession
    return (
        select(one.uid, one.title, one.state, one.place, one.outreach, one.audience, one.group_name)
        .add_columns(one.language, one.seats, one.rough_month, one.reason, Course.level, Course.summary)
        .add_columns(seats_taken(), in_line(), called_off())
        .outerjoin(Course, Course.uid == one.course_uid)
        .where(one.deleted_at.is_(None))
    )


def _showings() -> Select:
    one = Sitting
    return (
        _offers()
        .add_columns(one.uid, one.day, one.starts, one.minutes, held(one).label("held"))
        .add_columns(one.state, one.reason, one.moved_from)
        .join(Sitting, Sitting.session_uid == TrainingSession.uid)
        .where(Sitting.deleted_at.is_(None))
    )


def _showing(row: tuple) -> Showing:
    *told, uid, day, starts, minutes, took_place, state, reason, moved_from = row
    shown = Offer(*told)
    off = state == SittingState.CANCELLED or (shown.state == SessionState.CANCELLED and not took_place)
    return Showing(shown, uid, day, starts, minutes, took_place, off, reason or shown.reason, moved_from)


def _announced(one: Showing) -> Showing:
    return replace(one, day=one.moved_from or one.day, moved_from=None, moved_to=one.day)
