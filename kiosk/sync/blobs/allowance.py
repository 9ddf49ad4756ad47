"""What files may cost: so many bytes a day, at night alone where the operator says so.

A day is a day of the clock only while the clock can be believed. A machine that
woke up in 1970 counts by power-up instead and heeds no window: it cannot know
what a night is, and files that wait for one would wait for ever.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from kiosk.config import Settings
from kiosk.storage import clock
from kiosk.storage.log import sync_self
from kiosk.sync.models import sync_blob_use

EVENING, MORNING = 22, 6
_KEEP = 60


@dataclass(frozen=True)
class Rules:
    """Bytes of files a day both ways, the largest file (bytes) the network carries, at night alone or not."""

    a_day: int
    largest: int
    at_night: bool

    @classmethod
    def of(cls, settings: Settings) -> "Rules":
        """Return the rules an operator chose."""
        return cls(settings.files_a_day, settings.files_largest, settings.files_at_night)


def left(connection: Connection, rules: Rules) -> int:
    """Return how many bytes of files may still pass in this day, or this power-up."""
    used = select(sync_blob_use.c.bytes).where(sync_blob_use.c.period == _period(connection))
    return max(rules.a_day - (connection.scalar(used) or 0), 0)


def spend(connection: Connection, size: int) -> None:
    """Count bytes that passed."""
    period, use = _period(connection), sync_blob_use
    more = update(use).where(use.c.period == period).values(bytes=use.c.bytes + size)
    if connection.execute(more).rowcount == 0:
        connection.execute(insert(use).values(period=period, bytes=size))
        kept = select(use.c.period).order_by(use.c.period.desc()).limit(_KEEP)
        connection.execute(delete(use).where(use.c.period.not_in(kept)))


def is_open(rules: Rules) -> bool:
    """Tell whether files may pass at this hour."""
    if not rules.at_night or not clock.is_sure():
        return True
    hour = clock.local(clock.now_ms()).hour
    return hour >= EVENING or hour < MORNING


def _period(connection: Connection) -> str:
    if clock.is_sure():
        return clock.today().isoformat()
    return f"boot-{connection.scalar(select(sync_self.c.boot_no)) or 0:09}"
