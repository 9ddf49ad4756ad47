"""The one place that tells the time.

A kiosk has no battery behind its clock, so nothing here decides a state: rows
are ordered by the log, business dates are typed or confirmed by a person, and
the hybrid logical clock only breaks ties between truly concurrent edits.

A kiosk stands on a *footing*: the moment at which its uptime was zero. It is taken
once, from the system's clock where that is believable, and holds whatever the
system's clock does afterwards; `storage.boots` takes another when somebody knows
better. A file beside the database tells it to every process of the machine.
"""

import datetime
import json
import time
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.storage.notes import write_whole

ZONE = ZoneInfo("Africa/Bamako")
_COUNTER_BITS = 16
_EARLIEST, _LATEST = datetime.date(2026, 1, 1), datetime.date(2080, 1, 1)
FLOOR, UNSURE, CONFIRMED, SURE = 0, 1, 2, 3
"""How good the time is: believed by the floor alone; out of the window, to be asked; confirmed by
a person; told by the centre or the network since the power came."""
DAY_MS = 86_400_000
WINDOW_MS = 36 * 3_600_000
_YEARS_MS = 10 * 366 * DAY_MS
FILE = "clock.json"
_LOOK_EVERY = 1.0
_NETWORK = Path("/run/systemd/timesync/synchronized")


@dataclass(frozen=True)
class Footing:
    """On what a power-up tells the time: now is `base_ms` plus the uptime.

    `boot` names the power-up, `number` the stretch of the log told on this footing,
    `floor_ms` a moment that is past for certain.
    """

    boot: str
    number: int
    base_ms: int
    quality: int
    floor_ms: int


class _Place:
    """Where this process reads its footing; a process that follows none believes its system."""

    path: Path | None = None
    stamp: int = -1
    looked: float = -_LOOK_EVERY
    footing: Footing | None = None


_here = _Place()


def now_ms() -> int:
    """Return the machine's idea of now, in milliseconds since 1970 UTC."""
    known = footing()
    return known.base_ms + uptime_ms() if known else system_ms()


def system_ms() -> int:
    """Return what the system's clock says, whatever that is worth."""
    return time.time_ns() // 1_000_000


def uptime_ms() -> int:
    """Return milliseconds since the power came, sleep included."""
    return int((time.clock_gettime(time.CLOCK_BOOTTIME) + _skew()) * 1000)


@cache
def _skew() -> float:
    """A clock made up for a process alone may shift its uptime by years; the kernel's own does not."""
    try:
        told = float(Path("/proc/uptime").read_text().split()[0])
    except (OSError, ValueError):
        return 0.0
    apart = told - time.clock_gettime(time.CLOCK_BOOTTIME)
    return apart if abs(apart) > 1 else 0.0


def follow(data: Path) -> None:
    """Tell the time as the machine of that data directory does."""
    _here.path, _here.stamp, _here.looked, _here.footing = data / FILE, -1, -_LOOK_EVERY, None


def footing() -> Footing | None:
    """Return on what this machine tells the time, None for one that believes its system."""
    if _here.path is None:
        return None
    moment = time.monotonic()
    if abs(moment - _here.looked) >= _LOOK_EVERY:
        _here.looked = moment
        _look(_here.path)
    return _here.footing


def _look(path: Path) -> None:
    """Read the file again if it changed; judge alone where it speaks of another power-up."""
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        stamp = 0
    if stamp == _here.stamp and _here.footing is not None:
        return
    known = _read(path) if stamp else None
    if known is None or known.boot != boot_id() or not boot_id():
        known = judged(known.floor_ms, before_boot=True) if known else judged(0)
    _here.stamp, _here.footing = stamp, known


def _read(path: Path) -> Footing | None:
    try:
        known = Footing(**json.loads(path.read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError):
        return None
    return known if all(isinstance(one, int) for one in (known.base_ms, known.floor_ms)) else None


def stand(data: Path, known: Footing) -> None:
    """Tell every process of the machine its footing. Call after the commit that keeps it."""
    write_whole(data / FILE, json.dumps(asdict(known)))
    if _here.path == data / FILE:
        _here.looked = -_LOOK_EVERY


def raise_floor(data: Path) -> None:
    """Note that now is past for certain: after a power cut, time goes on from here."""
    known = footing()
    if known is not None and known.number and _here.path == data / FILE:
        stand(data, replace(known, floor_ms=now_ms()))


def judged(floor_ms: int, before_boot: bool = False) -> Footing:
    """Return the footing of a machine that knows only its floor, numbered 0.

    The system's clock is believed from the floor to a day and a half beyond: longer
    than a night, shorter than a forgotten battery. A machine that has never written
    anything believes the next ten years. A floor from before the power came is
    raised by the uptime.
    """
    system, uptime, first = system_ms(), uptime_ms(), midnight_ms(_EARLIEST)
    floor = max(floor_ms, first)
    since = uptime if before_boot else 0
    latest = floor + since + (WINDOW_MS if floor_ms > first else _YEARS_MS)
    network = _NETWORK.exists() and system >= first
    if network or floor <= system <= latest:
        return Footing(boot_id(), 0, system - uptime, SURE if network else FLOOR, floor)
    return Footing(boot_id(), 0, floor + since - uptime, UNSURE, floor)


def quality() -> int:
    """Return how good the time is, `FLOOR` to `SURE`."""
    known = footing()
    return known.quality if known else SURE


def is_sure() -> bool:
    """Tell whether the machine can propose today's date, however it came by it."""
    return quality() != UNSURE and is_plausible(today())


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
