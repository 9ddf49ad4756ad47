"""A lighter log: changes of long ago go, once a copy of the centre elsewhere holds them.

Three things must agree before a change is dropped: its outcome came back at least
`KEEP_DAYS` before, by the centre's signed clock; the centre was met on `WITNESSES`
later days (one clock that jumped says nothing); and a person declared a copy of the
centre, kept elsewhere, that holds it. Then one position in `EVERY` keeps its hash.
Held and refused changes stay: somebody still has to look at them.
"""

import shutil
import uuid
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, tuple_, update
from sqlalchemy.exc import OperationalError

from kiosk.storage import Store, clock, transaction
from kiosk.storage.base import synced_models
from kiosk.storage.log import ACKED, sync_closed, sync_log
from kiosk.sync import link, outbox
from kiosk.sync.models import sync_mark, sync_witness
from kiosk.sync.outbox import chunks

KEEP_DAYS, WITNESSES, DAY_MS = 180, 12, clock.DAY_MS
MOST, EVERY = 2_000, 64
WORTH = 16 * 1024 * 1024
"""The bytes that must be free inside the file before it is written anew."""
MADE_HERE = {"cver_epoch": 0, "cver_n": 0}
"""The version of a row that this machine wrote and whose record is gone: the centre knows it."""


def witness(connection: Connection, now: int) -> None:
    """Note what is settled on the day (ms) that the centre's reply names; a letter by hand names none."""
    settled = outbox.me(connection).settled
    if not (now and settled and clock.is_plausible(clock.local(now).date())):
        return
    day = now // DAY_MS
    if connection.scalar(select(sync_witness.c.day).where(sync_witness.c.day == day)) is None:
        connection.execute(insert(sync_witness).values(day=day, seq=settled))


def unsay(connection: Connection, have: int) -> None:
    """Take back what was noted beyond `have`: the centre went back to before it."""
    connection.execute(delete(sync_witness).where(sync_witness.c.seq > have))


def start_over(connection: Connection) -> None:
    """Forget positions of a log that is left for a new one."""
    for table in (sync_mark, sync_witness):
        connection.execute(delete(table))
    if link.load(connection).saved:
        link.change(connection, saved=0)


def floor(connection: Connection) -> int:
    """Return the position up to which the log was made lighter, 0 for a whole one."""
    return connection.scalar(select(func.max(sync_mark.c.seq))) or 0


def lighten(connection: Connection) -> int:
    """Drop what may go, `MOST` changes at most; return how many went."""
    upto = _upto(connection)
    if upto <= 0:
        return 0
    low = floor(connection)
    gone = _drop(connection, low, min(upto, low + MOST)) + _drop_closed(connection)
    connection.execute(delete(sync_witness).where(sync_witness.c.seq <= floor(connection)))
    if gone:
        link.change(connection, dropped=link.load(connection).dropped + gone)
    return gone


def _upto(connection: Connection) -> int:
    """Return the position whose changes are old, witnessed and safe elsewhere; 0 where none is."""
    saved = link.load(connection).saved
    if not saved:
        return 0
    days = connection.execute(select(sync_witness).order_by(sync_witness.c.day)).all()
    before = days[: max(len(days) - WITNESSES, 0)]
    old = [one.seq for one in before if one.day <= days[-1].day - KEEP_DAYS]
    return min(max(old, default=0), saved, outbox.me(connection).settled)


def _drop(connection: Connection, low: int, to: int) -> int:
    if to <= low:
        return 0
    log = sync_log.c
    query = select(log.seq, log.op_id, log.chain, log.tab, log.row_uid, log.state)
    rows = connection.execute(query.where(log.seq > low, log.seq <= to)).all()
    if low % EVERY:
        connection.execute(delete(sync_mark).where(sync_mark.c.seq == low))
    marks = [row for row in rows if row.seq == to or row.seq % EVERY == 0]
    kept = [{"seq": row.seq, "op_id": row.op_id, "chain": row.chain} for row in marks]
    connection.execute(insert(sync_mark), kept)
    gone = [row for row in rows if row.state == ACKED]
    _remember(connection, ((row.tab, row.row_uid) for row in gone))
    for some in chunks(row.seq for row in gone):
        connection.execute(delete(sync_log).where(log.seq.in_(some)))
    return len(gone)


def _drop_closed(connection: Connection) -> int:
    """Drop what was settled before this log began: any of its positions in a copy proves those there."""
    closed = sync_closed.c
    query = select(closed.stream_uid, closed.seq, closed.tab, closed.row_uid).where(closed.state == ACKED)
    rows = connection.execute(query.limit(MOST)).all()
    _remember(connection, ((row.tab, row.row_uid) for row in rows))
    for some in chunks(((row.stream_uid, row.seq) for row in rows), 400):
        connection.execute(delete(sync_closed).where(tuple_(closed.stream_uid, closed.seq).in_(some)))
    return len(rows)


def _remember(connection: Connection, places: Iterable[tuple[str, uuid.UUID]]) -> None:
    """Say on the rows themselves that the centre knows them: no record of the log will."""
    named = defaultdict(set)
    for tab, uid in places:
        named[tab].add(uid)
    for tab, model in synced_models().items():
        table: Any = model.__table__
        for some in chunks(named[tab]):
            unknown = table.c.uid.in_(some) & table.c.cver_n.is_(None)
            connection.execute(update(table).where(unknown).values(ver=table.c.ver + 1, **MADE_HERE))


def after_exchange(store: Store) -> None:
    """Make the log a little lighter, then the file where it is worth it: quiet work, never in the way."""
    with store.open(), transaction() as session:
        gone = lighten(session.connection())
    if gone and store.url.database:
        shrink(store.engine, Path(store.url.database).parent)


def shrink(engine: Engine, path: Path) -> bool:
    """Write the database file anew where much of it is empty and the disk has room; tell whether it was."""
    raw = engine.raw_connection()
    try:
        pages, free, size = (
            raw.cursor().execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        if free * size < WORTH or free * 4 < pages or shutil.disk_usage(path).free < 2 * pages * size:
            return False
        with suppress(OperationalError):
            raw.cursor().execute("VACUUM")
            return True
    finally:
        raw.close()
    return False
