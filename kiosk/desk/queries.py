"""Reading visits: a day's counts, by sex, by hour, by service."""

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select

from kiosk.desk.models import Visit
from kiosk.storage import session

OPENS, CLOSES = 8, 19
Group = tuple[int | None, str, str, int]
"""Hour, sex, service, and how many visits are alike."""


@dataclass(frozen=True)
class Day:
    """The visits of one day. `by_hour` counts those noted as they came in."""

    day: datetime.date
    total: int = 0
    women: int = 0
    men: int = 0
    unsaid: int = 0
    by_hour: dict[int, int] = field(default_factory=dict)
    by_family: dict[str, int] = field(default_factory=dict)

    def hours(self) -> list[tuple[int, int]]:
        """Return (hour, visits) from opening to closing, wider where someone came outside."""
        first = min([OPENS, *self.by_hour])
        last = max([CLOSES - 1, *self.by_hour])
        return [(hour, self.by_hour.get(hour, 0)) for hour in range(first, last + 1)]


def days(space_uid: uuid.UUID | None, first: datetime.date, last: datetime.date) -> dict[datetime.date, Day]:
    """Return the visits of each day from `first` to `last` (one statement); quiet days are absent."""
    counts = func.count()
    query = select(Visit.day, Visit.hour, Visit.sex, Visit.family, counts).where(
        Visit.day.between(first, last), Visit.deleted_at.is_(None)
    )
    if space_uid:
        query = query.where(Visit.space_uid == space_uid)
    rows: dict[datetime.date, list[Group]] = {}
    for day, hour, sex, family, count in session().execute(
        query.group_by(Visit.day, Visit.hour, Visit.sex, Visit.family)
    ):
        rows.setdefault(day, []).append((hour, sex, family, count))
    return {day: _day(day, groups) for day, groups in rows.items()}


def _day(day: datetime.date, rows: Sequence[Group]) -> Day:
    hours: Counter[int] = Counter()
    sexes: Counter[str] = Counter()
    families: Counter[str] = Counter()
    for hour, sex, family, count in rows:
        sexes[sex] += count
        families[family] += count
        if hour is not None:
            hours[hour] += count
    women, men = sexes["F"], sexes["M"]
    total = sexes.total()
    return Day(day, total, women, men, total - women - men, dict(hours), dict(families))


def count_visits(first: datetime.date, last: datetime.date) -> dict[uuid.UUID, int]:
    """Return the number of visits of each space in a period."""
    query = select(Visit.space_uid, func.count()).where(
        Visit.day.between(first, last), Visit.deleted_at.is_(None)
    )
    return {row[0]: row[1] for row in session().execute(query.group_by(Visit.space_uid))}


def journal(space_uid: uuid.UUID, day: datetime.date) -> Select[Any]:
    """Return the lines of a day, the last one first."""
    query = select(Visit).where(Visit.space_uid == space_uid, Visit.day == day, Visit.deleted_at.is_(None))
    return query.order_by(Visit.noted_at.desc(), Visit.uid)
