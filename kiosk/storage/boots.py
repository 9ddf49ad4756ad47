"""The stretches of a machine's time: one a power-up, and one more when its clock is put right.

Every change names its stretch, so that its moment can be corrected for as long
as the log is kept. Order inside a log is the position, never a moment.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.storage import clock
from kiosk.storage.clock import Footing
from kiosk.storage.log import sync_boot, sync_self

SLACK_MS = 2_000
SYSTEM, PERSON, CENTRE = "system", "person", "centre"


def begin(connection: Connection) -> Footing:
    """Note the power-up where it is new, and judge the system's clock; return the footing.

    Within a power-up a clock that jumps changes nothing, unless it becomes believable.
    """
    me, last = connection.execute(select(sync_self)).one(), _last(connection)
    floor = clock.hlc_ms(me.hlc)
    if last is None or last.boot_id != clock.boot_id() or not last.boot_id or last.base_ms is None:
        return _open(connection, clock.judged(floor, before_boot=_is_another(last)), SYSTEM)
    known = Footing(last.boot_id, last.boot_no, last.base_ms, last.quality or clock.FLOOR, floor)
    better = _better(known)
    if better is None:
        return known
    return correct(connection, better.base_ms + clock.uptime_ms(), better.quality, SYSTEM)


def _is_another(last: Row[Any] | None) -> bool:
    """Tell whether everything written so far was written before the power came."""
    return last is not None and last.boot_id != clock.boot_id()


def _better(known: Footing) -> Footing | None:
    """Return the footing that the system's clock now gives where that is worth more, else None."""
    if known.quality >= clock.CONFIRMED:
        return None
    told = clock.judged(known.base_ms + clock.uptime_ms())
    is_apart = abs(told.base_ms - known.base_ms) > SLACK_MS
    return told if told.quality != clock.UNSURE and (is_apart or told.quality > known.quality) else None


def correct(connection: Connection, now_ms: int, quality: int, source: str) -> Footing:
    """Stand on `now_ms` from now on: a new stretch, and what the earlier ones of this power-up lack."""
    last, base = _last(connection), now_ms - clock.uptime_ms()
    floor = clock.hlc_ms(connection.execute(select(sync_self.c.hlc)).scalar_one())
    known = Footing(clock.boot_id(), last.boot_no if last else 0, base, quality, floor)
    if last is not None and last.base_ms is not None and abs(base - last.base_ms) <= SLACK_MS:
        here = update(sync_boot).where(sync_boot.c.boot_no == last.boot_no)
        connection.execute(here.values(quality=quality, source=source, offset_ms=0))
        connection.execute(update(sync_self).values(clock_quality=quality))
        return Footing(known.boot, known.number, last.base_ms, quality, floor)
    opened = _open(connection, known, source)
    for one in of_this_boot(connection):
        here = update(sync_boot).where(sync_boot.c.boot_no == one.boot_no)
        connection.execute(here.values(offset_ms=base - one.base_ms))
    return opened


def _open(connection: Connection, known: Footing, source: str) -> Footing:
    last = _last(connection)
    number = last.boot_no + 1 if last else 1
    told = {"base_ms": known.base_ms, "quality": known.quality, "source": source}
    start = {"boot_no": number, "boot_id": known.boot, "wall_at_start": clock.system_ms()}
    connection.execute(insert(sync_boot).values(**start, **told))
    connection.execute(update(sync_self).values(boot_no=number, clock_quality=known.quality))
    return Footing(known.boot, number, known.base_ms, known.quality, known.floor_ms)


def _last(connection: Connection) -> Row[Any] | None:
    return connection.execute(select(sync_boot).order_by(sync_boot.c.boot_no.desc()).limit(1)).first()


def of_this_boot(connection: Connection) -> Sequence[Row[Any]]:
    """Return the stretches of this power-up, oldest first."""
    mine = (sync_boot.c.boot_id == clock.boot_id()) & sync_boot.c.base_ms.is_not(None)
    return connection.execute(select(sync_boot).where(mine).order_by(sync_boot.c.boot_no)).all()
