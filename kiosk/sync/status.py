"""What waits, what the centre has, how the link does: for the page, the card and the command."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, not_, select, union_all

from kiosk.storage import clock, session
from kiosk.storage.log import ACKED, HELD, PENDING, REJECTED, sync_closed, sync_log, sync_self
from kiosk.sync import link, outbox
from kiosk.sync.models import sync_exchange
from kiosk.sync.on_disk import trouble_now

_TRIP = 2.0
_BEST_KNOWN = 2_000.0


@dataclass(frozen=True)
class Waiting:
    """Changes of one table that wait: how many, and about how many bytes on the wire."""

    tab: str
    count: int
    size: int


@dataclass(frozen=True)
class Withheld:
    """Changes the centre holds back or refuses, by table and reason."""

    tab: str
    state: str
    reason: str
    count: int


@dataclass(frozen=True)
class Exchanged:
    """One past exchange; moment in ms, duration in s."""

    at: int
    outcome: str
    sent: int
    received: int
    size: int
    seconds: float


@dataclass(frozen=True)
class Status:
    """Where the kiosk stands towards its centre. Moments in ms, `seconds` an estimate.

    `trouble` is the code of what stopped the last try, None when it went well. `dropped` of
    the `acknowledged` changes are no longer kept one by one.
    """

    enrolled: bool
    waiting: int
    acknowledged: int
    held: int
    rejected: int
    running: bool
    done: int
    goal: int
    twins: bool
    trouble: str | None
    last_exchange: int | None
    next_try: int | None
    seconds: int
    bytes_month: int
    dropped: int = 0

    @property
    def state(self) -> str:
        """`running`, `alone` (no centre yet), `stopped` (a person is needed), `waiting` or `sent`."""
        if self.running:
            return "running"
        if not self.enrolled:
            return "alone"
        if self.trouble in ("revoked", "key_unreadable", "unknown", "not_enrolled", "refused"):
            return "stopped"
        return "waiting" if self.waiting else "sent"


def current() -> Status:
    """Return the status of this kiosk, in few statements."""
    connection = session().connection()
    mine, known = outbox.me(connection), link.load(connection)
    counts = {row.state: row.total for row in connection.execute(_by_state())}
    waiting = counts.get(PENDING, 0)
    full = trouble_now(connection)
    running = known.state == link.RUNNING and not full
    return Status(
        enrolled=mine.node_no is not None,
        waiting=waiting,
        acknowledged=counts.get(ACKED, 0) + known.dropped,
        dropped=known.dropped,
        held=counts.get(HELD, 0),
        rejected=counts.get(REJECTED, 0),
        running=running,
        done=max(known.goal - waiting, 0) if running else 0,
        goal=known.goal if running else 0,
        twins=known.twins,
        trouble=full or known.trouble,
        last_exchange=known.last_ok,
        next_try=known.next_try,
        seconds=_estimate(waiting, known),
        bytes_month=_bytes_since(_month_start()),
    )


def waiting_count() -> int:
    """Return how many changes wait, from the counters alone: every staff page asks."""
    return session().connection().scalar(select(sync_self.c.seq - sync_self.c.acked)) or 0


def _by_state() -> Select[Any]:
    """Count the changes of this stream and of the closed ones, by state."""
    both = union_all(*(select(log.c.state).where(_told(log)) for log in (sync_log, sync_closed))).subquery()
    return select(both.c.state, func.count().label("total")).group_by(both.c.state)


def _told(log: Table) -> ColumnElement[bool]:
    """Leave out what nobody wrote and the centre refused: there is nothing to look at."""
    return not_(log.c.adopted & (log.c.state == REJECTED))


def _estimate(waiting: int, known: link.Link) -> int:
    rate = known.rate or _BEST_KNOWN
    return round(_TRIP + waiting * known.change_size / rate) if waiting else 0


def _month_start() -> int:
    today = clock.today()
    return clock.midnight_ms(today.replace(day=1))


def _bytes_since(moment: int) -> int:
    size = func.coalesce(func.sum(sync_exchange.c.bytes_up + sync_exchange.c.bytes_down), 0)
    return session().connection().scalar(select(size).where(sync_exchange.c.at >= moment)) or 0


def waiting_by_table() -> list[Waiting]:
    """Return what waits, by table, most first."""
    connection = session().connection()
    size = link.load(connection).change_size
    log = sync_log.c
    query = select(log.tab, func.count().label("total")).where(log.state == PENDING).group_by(log.tab)
    rows = connection.execute(query.order_by(func.count().desc())).all()
    return [Waiting(row.tab, row.total, round(row.total * size)) for row in rows]


def withheld() -> list[Withheld]:
    """Return what the centre holds back or refuses, and why."""
    names = ("tab", "state", "reason")
    kept = [
        select(*(log.c[name] for name in names)).where(log.c.state.in_((HELD, REJECTED)), _told(log))
        for log in (sync_log, sync_closed)
    ]
    both = union_all(*kept).subquery()
    parts = [both.c[name] for name in names]
    query = select(*parts, func.count().label("total")).group_by(*parts).order_by(both.c.state, both.c.tab)
    rows = session().connection().execute(query).all()
    return [Withheld(row.tab, row.state, row.reason or "", row.total) for row in rows]


def last_exchanges(count: int = 5) -> list[Exchanged]:
    """Return the last exchanges, newest first; those that moved nothing and went well are left out,

    but for the newest of all: an old cut at the top would read as the state of the link.
    """
    line = sync_exchange.c
    newest = line.id == select(func.max(line.id)).where(line.outcome != "files").scalar_subquery()
    said = newest | line.outcome.not_in(("ok", "files")) | (line.sent > 0) | (line.received > 0)
    query = select(sync_exchange).where(said).order_by(line.id.desc()).limit(count)
    rows = session().connection().execute(query).all()
    return [
        Exchanged(r.at, r.outcome, r.sent, r.received, r.bytes_up + r.bytes_down, r.seconds) for r in rows
    ]


def last_id() -> int:
    """Return the number of the last exchange that ended, 0 before the first."""
    return session().connection().scalar(select(func.max(sync_exchange.c.id))) or 0


def bytes_by_day() -> Sequence[tuple[str, int]]:
    """Return (day of the month, kB used) from the first of this month to today."""
    first, today = _month_start(), clock.today()
    line = sync_exchange.c
    query = select(line.at, (line.bytes_up + line.bytes_down).label("size")).where(line.at >= first)
    used: dict[datetime.date, int] = {}
    for row in session().connection().execute(query):
        day = clock.local(row.at).date()
        used[day] = used.get(day, 0) + row.size
    days = [today.replace(day=number) for number in range(1, today.day + 1)]
    return [(str(day.day), round(used.get(day, 0) / 1000)) for day in days]
