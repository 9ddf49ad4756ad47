"""The period a report speaks of: asked for in the address, or the year so far."""

import datetime
from dataclasses import dataclass

from kiosk.language import formats, msg
from kiosk.storage import Refusal


@dataclass(frozen=True)
class Period:
    """Two days, both counted."""

    first: datetime.date
    last: datetime.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refusal(msg("La fin est avant le début. Corrigez une des deux dates."), "last")

    @property
    def words(self) -> str:
        """« Du 1 janvier au 21 novembre 2026 »."""
        first, last = formats.date_long(self.first), formats.date_long(self.last)
        return str(msg("Du %(first)s au %(last)s", first=first, last=last))

    def months(self) -> list[datetime.date]:
        """Return the first day of each month the period touches."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        return [_month(self.first, step) for step in range(count + 1)]


def _month(day: datetime.date, step: int) -> datetime.date:
    years, month = divmod(day.month - 1 + step, 12)
    return datetime.date(day.year + years, month + 1, 1)


def year_so_far(today: datetime.date) -> Period:
    """Return the period from the first of January to today."""
    return Period(today.replace(month=1, day=1), today)


def quarter(today: datetime.date, back: int = 0) -> Period:
    """Return the calendar quarter `back` quarters before that of `today`."""
    start = _month(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), -3 * back)
    return Period(start, _month(start, 3) - datetime.timedelta(days=1))


def usual(today: datetime.date) -> list[tuple[object, Period]]:
    """Return the periods people ask for most, with their names."""
    last_year = Period(datetime.date(today.year - 1, 1, 1), datetime.date(today.year - 1, 12, 31))
    month = Period(today.replace(day=1), today)
    return [
        (msg("Ce mois"), month),
        (msg("Ce trimestre"), quarter(today)),
        (msg("Trimestre passé"), quarter(today, 1)),
        (msg("Cette année"), year_so_far(today)),
        (msg("Année passée"), last_year),
    ]
