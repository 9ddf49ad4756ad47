"""When a text goes to readers: a day that was chosen, and what waited so long that a person is asked again.

A chosen day publishes by itself while it is recent. After a long shutdown nothing
goes out late by surprise and nothing expires: the text stays where it is, and
« publier, reprogrammer ou annuler ? » stands until somebody answers.
"""

import datetime
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import defer

from kiosk.language import msg
from kiosk.posts import services
from kiosk.posts.models import Kind, Post, PostEvent, State
from kiosk.posts.people import Person, visible_to
from kiosk.posts.states import Side
from kiosk.storage import Refusal, clock, session

LATE_DAYS = 30
"""After so many days a text that waits is asked about, and no chosen day publishes any more."""

KEEP, PLAN = "wait", "plan"
_MOST = 200


@dataclass(frozen=True)
class Standing:
    """A text that waits, and what was done with it last: `due` is the day it was to go, or was sent."""

    post: Post
    last: PostEvent

    @property
    def due(self) -> datetime.date:
        """The day that was chosen, else that of the last move."""
        return self.last.day if self.last.move in (KEEP, PLAN) else clock.local(self.last.at).date()

    @property
    def days(self) -> int:
        """How many days ago it was due; less than nought where that day is to come."""
        return (clock.today() - self.due).days

    @property
    def is_late(self) -> bool:
        """Tell whether it waited so long that somebody has to say again what becomes of it."""
        return self.days >= LATE_DAYS

    @property
    def chosen(self) -> datetime.date | None:
        """The day somebody chose for it, unless that day is over."""
        return self.due if self.last.move in (KEEP, PLAN) and self.days <= 0 else None

    @property
    def is_planned(self) -> bool:
        """Tell whether it goes to readers by itself on its day."""
        return self.last.move == PLAN and self.last.to_state == State.APPROVED and not self.is_late


@dataclass(frozen=True)
class Late:
    """A text that waited so long that it is asked about."""

    uid: uuid.UUID
    title: str
    space_uid: uuid.UUID
    days: int


def standing(post: Post, history: Sequence[PostEvent]) -> Standing | None:
    """Return how a post waits, given its history (the newest first); None for one that does not."""
    waits = post.kind == Kind.ARTICLE and post.state in (State.QUEUED, State.APPROVED)
    return Standing(post, history[0]) if waits and history else None


def late(person: Person) -> tuple[Late, ...]:
    """Return what a person has to decide about again, the longest waiting first."""
    states = [State.QUEUED, State.APPROVED] if Side.REVIEWER in person.sides else [State.QUEUED]
    found = [one for one in _waiting(Post.state.in_(states), visible_to(person)) if one.is_late]
    told = (Late(one.post.uid, one.post.title, one.post.space_uid, one.days) for one in found)
    return tuple(sorted(told, key=lambda one: -one.days))


def _waiting(*which: ColumnElement[bool]) -> list[Standing]:
    """Return the articles that wait, each with its last move, in one statement."""
    mine = (PostEvent.post_uid == Post.uid) & PostEvent.deleted_at.is_(None)
    last = select(func.max(PostEvent.number)).where(mine).correlate(Post).scalar_subquery()
    query = select(Post, PostEvent).join(PostEvent, and_(mine, PostEvent.number == last))
    query = query.where(Post.kind == Kind.ARTICLE, Post.deleted_at.is_(None), *which)
    rows = session().execute(
        query.order_by(PostEvent.at, PostEvent.uid).limit(_MOST).options(defer(Post.body))
    )
    newest: dict[uuid.UUID, Standing] = {post.uid: Standing(post, event) for post, event in rows}
    return list(newest.values())


def keep(post: Post, person: Person, day: datetime.date | None = None) -> Post:
    """Leave a text in the line for the desk, today or for another day: the writers' answer."""
    return services.step(post, KEEP, person, day=_to_come(day or clock.today()))


def plan(post: Post, person: Person, day: datetime.date) -> Post:
    """Choose the day on which an approved text goes to readers by itself: the desk's answer."""
    return services.step(post, PLAN, person, day=_to_come(day))


def approve_for(post: Post, person: Person, revision_hash: str, day: datetime.date) -> Post:
    """Approve the text that was read, for a day to come."""
    services.approve(post, person, revision_hash)
    return plan(post, person, day)


def _to_come(day: datetime.date) -> datetime.date:
    if day < clock.today():
        raise Refusal(msg("Ce jour est passé. Choisissez un jour à venir."), field="day")
    return day


def publish_due() -> None:
    """Publish, in the name of who chose it, what a recent day was chosen for; in the caller's transaction.

    One that may not be shown (a word taken back) waits, and holds no other back.
    """
    if not clock.is_sure():
        return
    for one in _waiting(Post.state == State.APPROVED, PostEvent.move == PLAN):
        if one.is_planned and one.days >= 0:
            planner = Person(one.last.by_uid, one.last.by_name, frozenset({Side.REVIEWER}))
            with suppress(Refusal):
                services.publish(one.post, planner)
