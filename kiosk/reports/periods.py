"""The period a report speaks of: asked for in the address, or the year so far."""

import datetime
from dataclasses import dataclass

from kiosk.language import Message, formats, msg
from kiosk.storage import Refusal

_CHART_MONTHS = 24


@dataclass(frozen=True)
class Period:
    """Two days, both counted. Raises Refusal when they stand the wrong way round."""

    first: datetime.date
    last: datetime.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refusal(msg("La fin est avant le début. Corrigez une des deux dates."), "au")

    @property
    def words(self) -> str:
        """« Du 1er janvier au 21 novembre 2026 », « Le 21 novembre 2026 »."""
        last = formats.date_medium(self.last)
        if self.first == self.last:
            return str(msg("Le %(day)s", day=last))
        same_year = self.first.year == self.last.year
        first = formats.day_month(self.first) if same_year else formats.date_medium(self.first)
        return str(msg("Du %(first)s au %(last)s", first=first, last=last))

    def months(self) -> list[datetime.date]:
        """Return the first day of each month the period touches; none when they are too many to draw."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return [_month(self.first, step) for step in range(count)] if count <= _CHART_MONTHS else []


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


def usual(today: datetime.date) -> list[tuple[Message, Period]]:
    """Return the periods people ask for most, with their names."""
    last_year = Period(datetime.date(today.year - 1, 1, 1), datetime.date(today.year - 1, 12, 31))
    return [
        (msg("Ce mois"), Period(today.replace(day=1), today)),
        (msg("Ce trimestre"), quarter(today)),
        (msg("Trimestre passé"), quarter(today, 1)),
        (msg("Cette année"), year_so_far(today)),
        (msg("Année passée"), last_year),
    ]


def asked(first: str, last: str, today: datetime.date) -> Period:
    """Return the period written in an address, the year so far where it says nothing.

    Raises Refusal, on `du` or `au`, for a date that cannot be read or dates reversed.
    """
    usual_one = year_so_far(today)
    return Period(_date("du", first, usual_one.first), _date("au", last, usual_one.last))


def _date(name: str, text: str, default: datetime.date) -> datetime.date:
    if not text.strip():
        return default
    try:
        return formats.parse_date(text.strip())
    except ValueError as error:
        raise Refusal(msg("Cette date n’est pas claire. Écrivez par exemple 21/11/2026."), name) from error
