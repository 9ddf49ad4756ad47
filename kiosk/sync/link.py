"""What the worker knows of its link: how fast, how much at once, how it went."""

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from kiosk.storage import clock
from kiosk.sync.models import sync_exchange, sync_link

SMALLEST, LARGEST = 1_024, 128 * 1_024
PATIENCE = 15.0
SLOWEST, GUESSED = 200.0, 2_000.0
_TELLING = 16_384
"""An exchange of few bytes measures the way, not the width: it counts by its size."""
_ENVELOPE = 600
"""The bytes of a request beside its changes."""
_KEEP_DAYS = 400
_SMALLEST_PAGE, _LARGEST_PAGE = 10, 250
MOST = 500
"""Changes in one push: as many as a small machine holds at once beside its pages."""
IDLE, RUNNING = "idle", "running"


@dataclass(frozen=True)
class Link:
    """The remembered link: `rate` bytes a second, `batch` bytes a push, `change_size` bytes."""

    resume: str = ""
    rate: float = 0.0
    batch: int = 8_192
    change_size: float = 60.0
    state: str = IDLE
    trouble: str | None = None
    goal: int = 0
    next_try: int | None = None
    last_ok: int | None = None
    speaks: int = 0
    twins: bool = False
    dropped: int = 0
    saved: int = 0

    @property
    def changes(self) -> int:
        """How many changes fit a push."""
        return min(max(1, int(self.batch / max(self.change_size, 5.0))), MOST)

    @property
    def page(self) -> int:
        """How many rows a page of the centre may hold."""
        return min(max(self.changes, _SMALLEST_PAGE), _LARGEST_PAGE)

    def patience(self, size: int) -> float:
        """Return how long (s) to wait for an exchange of `size` bytes: never a constant."""
        rate = max(self.rate, SLOWEST) if self.rate else GUESSED
        return PATIENCE + 3 * (size + 2_000) / rate


def load(connection: Connection) -> Link:
    """Read the link's row, or the values of a link never used."""
    row = connection.execute(select(sync_link)).mappings().first()
    return Link(**{one.name: row[one.name] for one in fields(Link)}) if row else Link()


def change(connection: Connection, **values: Any) -> None:
    """Write some of the link's values."""
    if connection.execute(update(sync_link).values(**values)).rowcount == 0:
        connection.execute(insert(sync_link).values(id=1, **{**vars(Link()), **values}))


def after_success(link: Link, sent: int, size: int, down: int, seconds: float, more: bool) -> dict[str, Any]:
    """Return what a round trip taught: the rate, a larger batch if `more` waits, the bytes of a change."""
    measured, share = (size + down) / max(seconds, 0.001), min((size + down) / _TELLING, 0.5)
    rate = measured if not link.rate else (1 - share) * link.rate + share * measured
    learnt: dict[str, Any] = {"rate": rate, "trouble": None}
    if more:
        learnt["batch"] = min(int(link.batch * 1.5), LARGEST)
    if sent >= 10:
        learnt["change_size"] = 0.5 * link.change_size + 0.5 * max(size - _ENVELOPE, sent) / sent
    return learnt


def after_cut(link: Link, size: int, seconds: float) -> dict[str, Any]:
    """Return what a cut after so many seconds taught: half of these `size` bytes at once.

    Where patience itself ended, the way is slower than it was: a large piece did not pass
    in all that time. The next one is waited for accordingly.
    """
    learnt: dict[str, Any] = {"batch": max(link.batch // 2, SMALLEST)}
    if seconds >= PATIENCE and size >= _TELLING // 2:
        learnt["rate"] = max(min(link.rate or GUESSED, size / seconds), SLOWEST)
    return learnt


def after_refusal(link: Link, changes: int) -> dict[str, Any]:
    """Return what a refused frame taught: half as many changes, down to a single one."""
    return {"batch": max(int(link.change_size * (changes // 2)), 1)}


@dataclass
class Tally:
    """What one exchange moved so far."""

    sent: int = 0
    received: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    seconds: float = 0.0


def note(connection: Connection, tally: Tally, outcome: str) -> None:
    """Write the line of an exchange; lines older than a year and a bit go."""
    now = clock.now_ms()
    connection.execute(insert(sync_exchange).values(at=now, outcome=outcome, **vars(tally)))
    connection.execute(delete(sync_exchange).where(sync_exchange.c.at < now - _KEEP_DAYS * 86_400_000))
