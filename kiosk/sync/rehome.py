"""A new identity for a log that forked: cheap, local, nothing discarded.

When the centre's chain is not ours (a copy of this disk wrote too, or this disk
was restored), what is not settled moves to a new random stream, its authors
unchanged, so that op ids stay what they were and nothing counts twice.
"""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, literal_column, select, update

from kiosk.storage import fault
from kiosk.storage.changes import first_link, next_link
from kiosk.storage.log import HELD, PENDING, sync_closed, sync_log, sync_self
from kiosk.sync import compaction, outbox

_ROW = [column.name for column in sync_log.columns]


def rehome(connection: Connection, common: int) -> None:
    """Open a new stream that forks at `common`; take what is not settled along."""
    mine = outbox.me(connection)
    kept = min(common, mine.settled)
    rows = select(sync_log).order_by(sync_log.c.seq)
    close, tail = (
        [dict(row) for row in connection.execute(rows.where(which)).mappings()]
        for which in (~_waits(kept), _waits(kept))
    )
    link = outbox.link_at(connection, mine.stream, common)
    if close:
        connection.execute(insert(sync_closed), [{**row, "stream_uid": mine.stream} for row in close])
    _restart(connection, (mine.stream, common, link or first_link(mine.stream)), tail)


def _waits(kept: int) -> ColumnElement[bool]:
    """Return the condition that a change goes along: not settled, held, or later than a held one of its row.

    Whoever applies them all anew finds the last word of a row last.
    """
    log, held = sync_log.c, sync_log.alias()
    same = (held.c.tab == log.tab) & (held.c.row_uid == log.row_uid) & (held.c.seq <= log.seq)
    return (log.seq > kept) | exists().where(same, held.c.state == HELD).correlate(sync_log)


def replay_all(connection: Connection) -> None:
    """Put everything retained into a fresh stream: the centre was restored and may lack any of it."""
    mine = outbox.me(connection)
    # In the order in which they were closed: a clock may have been put back between two streams.
    written = select(sync_closed).order_by(literal_column("rowid"))
    closed = [dict(row) for row in connection.execute(written).mappings()]
    current = [dict(row) for row in connection.execute(select(sync_log).order_by(sync_log.c.seq)).mappings()]
    unique = {row["op_id"]: row for row in [*closed, *current]}
    connection.execute(delete(sync_closed))
    _restart(connection, (mine.stream, 0, first_link(mine.stream)), list(unique.values()))


def _restart(
    connection: Connection, origin: tuple[uuid.UUID, int, bytes], rows: list[dict[str, Any]]
) -> None:
    stream = uuid.uuid4()
    link, moved = first_link(stream), []
    for seq, row in enumerate(rows, 1):
        link = next_link(link, row["op_id"])
        place = {"seq": seq, "chain": link, "state": PENDING, "reason": None}
        moved.append({name: {**row, **place}[name] for name in _ROW})
    connection.execute(delete(sync_log))
    compaction.start_over(connection)
    fault.at("stream.left")
    if moved:
        connection.execute(insert(sync_log), moved)
    parent = {"parent_uid": origin[0], "parent_seq": origin[1], "parent_chain": origin[2]}
    head = {"stream_uid": stream, "seq": len(moved), "chain": link, "acked": 0, "settled": 0}
    connection.execute(update(sync_self).values(**head, **parent))
