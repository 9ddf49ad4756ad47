"""The days of a session, laid out by a pattern: which they are, and which were skipped and why."""

import datetime
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

_LONGEST = 366 * 3


class Rhythm(StrEnum):
    """How the days of a session follow each other."""

    DAILY = "daily"
    WORKDAYS = "workdays"
    WEEKLY = "weekly"


class Laid(NamedTuple):
    """Days in order, and those skipped, each with its reason (« » for a usual day off)."""

    days: list[datetime.date]
    skipped: list[tuple[datetime.date, str]]


@dataclass(frozen=True)
class Pattern:
    """`count` days from `first` on; `only` ISO weekdays (none: any that the rhythm takes)."""

    first: datetime.date
    count: int
    rhythm: Rhythm = Rhythm.DAILY
    only: Collection[int] = ()


def _open(day: datetime.date) -> str | None:
    return None


def lay(pattern: Pattern, why_closed: Callable[[datetime.date], str | None] = _open) -> Laid:
    """Lay out a pattern, stepping over the days for which `why_closed` gives a reason.

    The first day is the manager's own word: it stays, closed or not. Weekly with
    several weekdays takes each of them every week. Three years are as far as it goes.
    """
    laid = Laid([], [])
    for day in _candidates(pattern):
        reason = None if day == pattern.first else why_closed(day)
        if reason is None:
            laid.days.append(day)
        else:
            laid.skipped.append((day, reason))
        if len(laid.days) >= pattern.count:
            break
    return laid


def _candidates(pattern: Pattern) -> Iterator[datetime.date]:
    usual = [pattern.first.isoweekday()] if pattern.rhythm == Rhythm.WEEKLY else range(1, 8)
    wanted = set(pattern.only or usual)
    if pattern.rhythm == Rhythm.WORKDAYS:
        wanted -= {6, 7} - set(pattern.only)
    for step in range(_LONGEST):
        day = pattern.first + datetime.timedelta(days=step)
        if day.isoweekday() in wanted:
            yield day
