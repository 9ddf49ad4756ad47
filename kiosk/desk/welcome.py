"""What the welcome page of a space shows to anybody, gathered from the rooms' queries."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.language import Message
from kiosk.library import queries as library
from kiosk.posts import queries as posts
from kiosk.storage import clock
from kiosk.training import programme, words

_LATEST = 3


@dataclass(frozen=True)
class Welcome:
    """What a stranger sees on the first page: the next lesson with a seat, news, new materials."""

    next: programme.Showing | None
    news: Sequence[posts.Published]
    materials: Sequence[library.Item]


def welcome(space_uid: uuid.UUID | None, language: str) -> Welcome:
    """Gather the first page of a space, for a reader of `language` (three statements)."""
    hour = f"{clock.local(clock.now_ms()):%H}:00"
    coming = programme.next_with_seats(space_uid, clock.today(), 1, hour) if space_uid else []
    latest = library.latest(language, _LATEST)
    return Welcome(next(iter(coming), None), posts.latest_public(_LATEST, space_uid), latest)


def lesson_note(one: programme.Showing) -> list[Message | str]:
    """The small line of a lesson on the first page: its hour, its level, for whom."""
    parts = (one.starts, one.offer.level, words.for_whom(one.offer.audience, one.offer.group_name))
    return [part for part in parts if part]


def seats(one: programme.Showing) -> words.Pill:
    """The pill of free seats."""
    return words.seats_left(one.offer.free, one.offer.waiting)
