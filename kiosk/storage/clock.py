"""The one place that tells the time.

A kiosk has no battery behind its clock, so nothing here decides a state: rows
are ordered by the log, business dates are typed or confirmed by a person, and
the hybrid logical clock only breaks ties between truly concurrent edits.
"""

import datetime
import time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Africa/Bamako")
_COUNTER_BITS = 16
_EARLIEST, _LATEST = datetime.date(2026, 1, 1), datetime.date(2080, 1, 1)


def now_ms() -> int:
    """Return the machine's idea of now, in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def monotonic() -> float:
    """Return seconds on a clock that only goes forward, for waits and speeds."""
    return time.monotonic()


def stamp() -> int:
    """Return the moment of an entry, for columns such as `deleted_at`."""
    return now_ms()


def local(moment: int) -> datetime.datetime:
    """Return a stored moment (ms) as local time at the space."""
    return datetime.datetime.fromtimestamp(moment / 1000, ZONE)


def today() -> datetime.date:
    """Return the machine's date; a form proposes it, a person confirms it."""
    return local(now_ms()).date()


def is_plausible(day: datetime.date) -> bool:
    """Tell whether a machine's date can be right: one that lost its battery wakes up long before."""
    return _EARLIEST <= day <= _LATEST


def midnight_ms(day: datetime.date) -> int:
    """Return the moment (ms) at which `day` begins at the space."""
    return int(datetime.datetime.combine(day, datetime.time(), ZONE).timestamp() * 1000)


def next_hlc(last: int, physical_ms: int) -> int:
    """Return the hybrid logical clock after `last`: 48 bits of ms, 16 of counter."""
    return max(last + 1, physical_ms << _COUNTER_BITS)


def hlc_ms(hlc: int) -> int:
    """Return the milliseconds of a hybrid logical clock value."""
    return hlc >> _COUNTER_BITS


@cache
def boot_id() -> str:
    """Return what tells one power-up from the next, '' where the system hides it."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
