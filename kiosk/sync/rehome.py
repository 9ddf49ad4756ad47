"""A new identity for a log that forked: cheap, local, nothing discarded.

When the centre's chain is not ours (a copy of this disk wrote too, or this disk
was restored), what is not settled moves to a new random stream, its authors
unchanged, so that op ids stay what they were and nothing counts twice. Changes move
inside the database, some hundreds at a time: a log of any length fits a small machine.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)

from kiosk.storage import fault
from kiosk.storage.changes import first_link, next_link
from kiosk.storage.log import HELD, PENDING, sync_closed, sync_log, sync_self
from kiosk.storage.types import Uid
from kiosk.sync import compaction, outbox

SLICE = 400
_ASIDE = 2**40
"""How far below any position changes stand that wait for a new one; twice as far those that were closed."""
_REST = [column.name for column in sync_log.columns if column.name != "seq"]
_ROWID: ColumnElement[int] = literal_column("rowid", BigInteger)
_SET_ASIDE = update(sync_log).values(seq=sync_log.c.seq - _ASIDE)
_MOVED = update(sync_log).where(sync_log.c.seq == bindparam("was")).values(seq=bindparam("now"))
_SENT_ANEW = _MOVED.values(chain=bindparam("link"), state=PENDING, reason=None)
_OPENED = insert(sync_log).from_select(
    ["seq", *_REST],
    select(bindparam("now", type_=BigInteger), *(sync_closed.c[name] for name in _REST)).where(
        bindparam("latest") == _ROWID
    ),
)


def rehome(connection: Connection, common: int) -> None:
    """Open a new stream that forks at `common`; take what is not settled along."""
    mine = outbox.me(connection)
    settled = ~_waits(min(common, mine.settled))
    link = outbox.link_at(connection, mine.stream, common)
    columns = [sync_log.c[name] for name in ("seq", *_REST)]
    closed = select(literal(mine.stream, Uid), *columns).where(settled).order_by(sync_log.c.seq)
    connection.execute(insert(sync_closed).from_select(["stream_uid", "seq", *_REST], closed))
    connection.execute(delete(sync_log).where(settled))
    connection.execute(_SET_ASIDE)
    _restart(connection, (mine.stream, common, link or first_link(mine.stream)))


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
    connection.execute(_SET_ASIDE)
    # In the order in which they were closed: a clock may have been put back between two streams.
    places = (func.min(_ROWID).label("first"), func.max(_ROWID).label("latest"))
    closed = select(sync_closed.c.op_id, *places).group_by(sync_closed.c.op_id)
    for some in connection.execute(closed).partitions(SLICE):
        _open_again(connection, some)
    connection.execute(delete(sync_closed))
    _restart(connection, (mine.stream, 0, first_link(mine.stream)))


def _open_again(connection: Connection, closed: Sequence[Row[Any]]) -> None:
    """Put closed changes before those of the log, each once: as the log has it, or as it was closed last."""
    log = sync_log.c
    here = select(log.op_id, log.seq).where(log.op_id.in_([row.op_id for row in closed]))
    known = {row.op_id: row.seq for row in connection.execute(here)}
    moved = [{"was": known[r.op_id], "now": r.first - 2 * _ASIDE} for r in closed if r.op_id in known]
    fresh = [{"latest": r.latest, "now": r.first - 2 * _ASIDE} for r in closed if r.op_id not in known]
    for statement, rows in ((_MOVED, moved), (_OPENED, fresh)):
        if rows:
            connection.execute(statement, rows)


def _restart(connection: Connection, origin: tuple[uuid.UUID, int, bytes]) -> None:
    """Make what was set aside, in its order, a new stream that forks from `origin`."""
    stream = uuid.uuid4()
    compaction.start_over(connection)
    fault.at("stream.left")
    seq, link = 0, first_link(stream)
    following = select(sync_log.c.seq, sync_log.c.op_id).where(sync_log.c.seq < 0).order_by(sync_log.c.seq)
    while some := connection.execute(following.limit(SLICE)).all():
        moved = []
        for row in some:
            seq, link = seq + 1, next_link(link, row.op_id)
            moved.append({"was": row.seq, "now": seq, "link": link})
        connection.execute(_SENT_ANEW, moved)
    parent = {"parent_uid": origin[0], "parent_seq": origin[1], "parent_chain": origin[2]}
    head = {"stream_uid": stream, "seq": seq, "chain": link, "acked": 0, "settled": 0}
    connection.execute(update(sync_self).values(**head, **parent))
