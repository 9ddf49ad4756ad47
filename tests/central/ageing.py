"""Time that passes at a centre: days noted long ago, machines that fell silent."""

from typing import Any

from sqlalchemy import delete, func, insert, select, update

from kiosk.central import compaction
from kiosk.central.models import central_meta, commit_log, log_day, stream
from kiosk.storage import Store, clock, transaction
from tests.support.machines import Machine


def grow_old(store: Store, silent: bool = False) -> None:
    """Let all that is in the log now be old enough; `silent`: no machine has spoken since."""
    today = clock.now_ms() // clock.DAY_MS
    with store.open(), transaction() as current:
        connection = current.connection()
        n = connection.scalar(select(central_meta.c.n)) or 0
        connection.execute(delete(log_day))
        days = [today - 2 * compaction.STALE_DAYS, *range(today - compaction.WITNESSES, today)]
        connection.execute(insert(log_day), [{"day": day, "n": n} for day in days])
        if silent:
            connection.execute(update(stream).values(last_seen=1))


def compacted(store: Store, silent: bool = False) -> int:
    """Let time pass, then make the log lighter; return how many commits went."""
    grow_old(store, silent)
    return compaction.lighten(store)


def logged(centre: Machine) -> int:
    with centre.open() as current:
        return current.scalar(select(func.count()).select_from(commit_log)) or 0


def commits(centre: Machine, **where: Any) -> list[int]:
    with centre.open() as current:
        query = select(commit_log.c.n).order_by(commit_log.c.n)
        return list(current.scalars(query.where(*(commit_log.c[k] == v for k, v in where.items()))))
