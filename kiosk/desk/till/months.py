"""A month of the counter on one sheet: what each service came to, what each day brought in.

The space's own money: it stands in no report that goes to a donor. Amounts are whole
francs CFA; sheets given free are counted apart from those that were paid.
"""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kiosk.desk.till import services
from kiosk.desk.till.services import Sum
from kiosk.language import msg, sort_key
from kiosk.members.exporting import as_csv as table_file
from kiosk.members.exporting import harmless


@dataclass(frozen=True)
class Line:
    """What stands under a name: sheets paid, sheets given free, francs brought in."""

    name: str
    paid: int
    free: int
    cash: int


@dataclass(frozen=True)
class Month:
    """A month of a space: `services` by name, `days` on which something was noted, and their `total`."""

    first: datetime.date
    services: Sequence[Line]
    days: Mapping[datetime.date, Line]
    detail: Sequence[tuple[datetime.date, Line]]

    @property
    def total(self) -> Line:
        """All services together."""
        return _sum("", self.services)


def month(space_uid: uuid.UUID, first: datetime.date) -> Month:
    """Return the month that begins on `first` (two statements)."""
    last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    names = {one.key: str(one.label) for one in services.services(space_uid, put_away=True)}
    found = services.sums(space_uid, first, last)
    by_day = {day: _lines(services.together(found[day]), names) for day in sorted(found)}
    every = services.together(one for some in found.values() for one in some)
    days = {day: _sum("", some) for day, some in by_day.items() if some}
    return Month(first, _lines(every, names), days, [(day, one) for day in by_day for one in by_day[day]])


def _lines(sums: Sequence[Sum], names: Mapping[str, str]) -> list[Line]:
    told = [
        Line(names.get(one.service, one.service), one.sheets - one.free, one.free, one.cash) for one in sums
    ]
    return sorted(told, key=lambda one: sort_key(one.name))


def _sum(name: str, lines: Sequence[Line]) -> Line:
    return Line(name, *(sum(getattr(one, what) for one in lines) for what in ("paid", "free", "cash")))


def as_csv(told: Month) -> bytes:
    """Return each day's services as a table file."""
    heads = (msg("Jour"), msg("Service"), msg("Feuilles payées"), msg("Feuilles gratuites"), msg("Francs"))
    rows = ([day.isoformat(), harmless(one.name), one.paid, one.free, one.cash] for day, one in told.detail)
    return table_file(chain([list(map(str, heads))], rows))
