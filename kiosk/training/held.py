"""Sittings that take place, with what their session is: read once, for all the figures made of them."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from kiosk.storage import session
from kiosk.training.catalogue.kinds import TRAINING, is_training
from kiosk.training.catalogue.seeds import theme_of
from kiosk.training.figures import counted_weight
from kiosk.training.models import Attendance, Course, Sitting, SittingState, TrainingSession


@dataclass(frozen=True)
class Scope:
    """Which facts: every part that is None lets everything through; days are inclusive.

    `training` keeps only sessions that count as training (see `catalogue.kinds`).
    """

    space_uid: uuid.UUID | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    session_uid: uuid.UUID | None = None
    sitting_uid: uuid.UUID | None = None
    member_uid: uuid.UUID | None = None
    training: bool = False


@dataclass(frozen=True)
class Spoken:
    """How many people took the floor; None where nobody counted."""

    all: int | None = None
    women: int | None = None
    youth: int | None = None


UNSPOKEN = Spoken()


@dataclass(frozen=True)
class Held:
    """One sitting that is not cancelled, and its session.

    `weight` is what it counts, of `whole` (hundredths of a day), `minutes` how long it
    was meant to last. `theme` is the key of a domain, `campaign` a tag, `posts` the
    publications made at it by those who came (None: nobody counted).
    """

    day: datetime.date
    weight: int
    whole: int
    minutes: int
    session_uid: uuid.UUID
    project_uid: uuid.UUID | None
    space_uid: uuid.UUID
    kind: str
    theme: str
    campaign: str
    national_actor: bool
    spoke: Spoken
    posts: int | None

    @property
    def trains(self) -> bool:
        """Tell whether it makes people trained and person-days."""
        return is_training(self.kind)


def held_in(scope: Scope) -> dict[uuid.UUID, Held]:
    """Return the sittings of a scope by uid, in the order of days (one statement)."""
    at, of = Sitting, TrainingSession
    told = (at.uid, at.day, at.state, at.weight, at.confirmed_weight, at.minutes)
    what = (of.uid, of.project_uid, at.space_uid, of.kind, of.theme, of.campaign, of.national_actor)
    query = select(*told, *what, at.spoke, at.spoke_women, at.spoke_youth, at.posts, Course)
    query = query.join(of, at.session_uid == of.uid).outerjoin(Course, Course.uid == of.course_uid)
    query = query.where(at.deleted_at.is_(None), of.deleted_at.is_(None), *bounds(scope))
    if scope.training:
        query = query.where(of.kind.in_(TRAINING))
    if scope.member_uid:
        hers = select(Attendance.sitting_uid).where(Attendance.member_uid == scope.member_uid)
        query = query.where(at.uid.in_(hers))
    return {row[0]: _held(*row[1:]) for row in session().execute(query.order_by(at.day, at.uid))}


def bounds(scope: Scope) -> Sequence[ColumnElement[bool]]:
    """Return what a scope asks of the sittings it lets through: never one that is cancelled."""
    asked = [
        (held_at, scope.space_uid),
        (Sitting.day.__ge__, scope.start),
        (Sitting.day.__le__, scope.end),
        (Sitting.session_uid.__eq__, scope.session_uid),
        (Sitting.uid.__eq__, scope.sitting_uid),
    ]
    stands = Sitting.state != SittingState.CANCELLED
    return [stands, *(holds(value) for holds, value in asked if value is not None)]


def held_at(space_uid: uuid.UUID) -> ColumnElement[bool]:
    """A space's own sittings; of a point without a machine, those that spaces hold there."""
    there = select(TrainingSession.uid).where(TrainingSession.site_uid == space_uid)
    return or_(Sitting.space_uid == space_uid, Sitting.session_uid.in_(there))


def _held(
    day: datetime.date, state: str, whole: int, confirmed: int | None, minutes: int, *rest: Any
) -> Held:
    session_uid, project, space, kind, theme, campaign, actor, *counted, posts, course = rest
    theme = theme or (theme_of(course) if course else "")
    what = (session_uid, project, space, str(kind), theme, campaign, actor)
    return Held(day, counted_weight(state, whole, confirmed), whole, minutes, *what, Spoken(*counted), posts)


def within(query: Select, model: Any, scope: Scope) -> Select:
    """Bind a statement over what hangs on sittings to those of a scope."""
    query = query.join(Sitting, model.sitting_uid == Sitting.uid)
    return query.where(model.deleted_at.is_(None), Sitting.deleted_at.is_(None), *bounds(scope))
