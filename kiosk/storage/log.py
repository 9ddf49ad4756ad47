"""The kiosk's own log: every local change, in order, chained (SYNC tables of one machine).

The domain row, the log row and the counter are written in one transaction: a
power cut leaves all of them or none.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    false,
    insert,
    select,
    update,
)

from kiosk.storage import clock, fault
from kiosk.storage.base import Base
from kiosk.storage.changes import INSERT, SCHEMA, Authored, Change, dumps, first_link, next_link, op_id
from kiosk.storage.putting import put
from kiosk.storage.types import Uid
from kiosk.storage.versions import needed, written_in

PENDING, ACKED, HELD, REJECTED = "pending", "acked", "held", "rejected"

sync_self = Table(
    "sync_self",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("node_no", Integer),
    Column("stream_uid", Uid, nullable=False),
    Column("parent_uid", Uid),
    Column("parent_seq", BigInteger),
    Column("parent_chain", LargeBinary(16)),
    Column("seq", BigInteger, nullable=False),
    Column("chain", LargeBinary(16), nullable=False),
    Column("acked", BigInteger, nullable=False),
    Column("settled", BigInteger, nullable=False),
    Column("centre_epoch", BigInteger),
    Column("cursor", Text),
    Column("hlc", BigInteger, nullable=False),
    Column("boot_no", Integer, nullable=False),
    Column("clock_quality", Integer, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("hw_print", Text),
    Column("heard", BigInteger),
)
"""This machine's own row. `heard` is the centre's time (ms) when `cursor` last came."""


def _log_columns() -> list[Column[Any]]:
    return [
        Column("op_id", LargeBinary(16), nullable=False),
        Column("chain", LargeBinary(16), nullable=False),
        Column("author_stream", Uid, nullable=False),
        Column("author_seq", BigInteger, nullable=False),
        Column("tab", String(60), nullable=False),
        Column("row_uid", Uid, nullable=False),
        Column("op", String(1), nullable=False),
        Column("body", Text, nullable=False),
        Column("base_epoch", BigInteger),
        Column("base_n", BigInteger),
        Column("schema", Integer, nullable=False),
        Column("hlc", BigInteger, nullable=False),
        Column("boot_no", Integer, nullable=False),
        Column("actor_uid", Uid),
        Column("state", String(10), nullable=False),
        Column("reason", Text),
        Column("emptied", Boolean, nullable=False, server_default=false()),
        Column("adopted", Boolean, nullable=False, server_default=false()),
    ]


sync_log = Table(
    "sync_log",
    Base.metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    *_log_columns(),
    Index("ix_sync_log_row", "tab", "row_uid"),
    Index("ix_sync_log_state", "state"),
    Index("ix_sync_log_op", "op_id"),
)
sync_closed = Table(
    "sync_closed",
    Base.metadata,
    Column("stream_uid", Uid, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    *_log_columns(),
)
sync_base = Table(
    "sync_base",
    Base.metadata,
    Column("tab", String(60), primary_key=True),
    Column("row_uid", Uid, primary_key=True),
    Column("field", String(60), primary_key=True),
    Column("value", Text),
    Column("cver_epoch", BigInteger),
    Column("cver_n", BigInteger),
)
sync_boot = Table(
    "sync_boot",
    Base.metadata,
    Column("boot_no", Integer, primary_key=True, autoincrement=False),
    Column("boot_id", String(40), nullable=False),
    Column("wall_at_start", BigInteger, nullable=False),
    Column("offset_ms", BigInteger),
    Column("source", String(20), nullable=False),
    Column("base_ms", BigInteger),
    Column("quality", Integer),
)
"""One line a stretch of time told on one footing: a power-up, or the rest of one after its
clock was put right. `base_ms` is the moment at which the machine's uptime was zero,
`offset_ms` (known later) what its moments lack."""

sync_other = Table("sync_other", Base.metadata, Column("stream_uid", Uid, primary_key=True))
"""Streams of the machine that this one is a copy of: what began in them is the other one's."""

sync_lease = Table(
    "sync_lease",
    Base.metadata,
    Column("stream_uid", Uid, primary_key=True),
    Column("first", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
    Column("next", Integer, nullable=False),
)
"""Blocks of printed numbers that the centre leased to a stream: `first` to `last`, `next` to give."""


def ensure_self(connection: Connection) -> None:
    """Give a new database its first identity; keep an existing one."""
    if connection.execute(select(sync_self.c.id)).first():
        return
    stream = uuid.uuid4()
    row = {"id": 1, "stream_uid": stream, "seq": 0, "chain": first_link(stream), "acked": 0, "settled": 0}
    clocks = {"hlc": 0, "boot_no": 0, "clock_quality": 1, "schema": SCHEMA}
    connection.execute(insert(sync_self).values(**row, **clocks))


class LocalLog:
    """The kiosk's sink: appends captured changes to `sync_log`."""

    def record(self, connection: Connection, changes: Sequence[Change], actor: uuid.UUID | None) -> None:
        """Append the changes in order and move the counter, in the caller's transaction."""
        me = connection.execute(select(sync_self)).one()
        seq, link, hlc = me.seq, me.chain, me.hlc
        now = _now(connection, me.boot_no)
        rows = []
        for change in changes:
            seq, hlc = seq + 1, clock.next_hlc(hlc, now)
            done = _signed(change, hlc, me.boot_no, actor)
            body = dumps(done.fields)
            name = op_id(me.stream_uid, seq, done, body)
            link = next_link(link, name)
            rows.append(log_row(seq, link, Authored(done, me.stream_uid, seq, name), body=body))
        put(connection, sync_log, rows)
        fault.at("log.appended")
        connection.execute(update(sync_self).values(seq=seq, chain=link, hlc=hlc))

    def version(self, connection: Connection) -> tuple[Any, ...]:
        """Return the position of the local log and of the centre's."""
        me = sync_self.c
        return tuple(connection.execute(select(me.stream_uid, me.seq, me.cursor, me.settled)).one())

    def awaits(self, connection: Connection, tab: str, uid: uuid.UUID) -> bool:
        """Tell whether such a row waits for a parent, or for the outcome of an own change."""
        waits = (sync_base.c.tab == tab) & (sync_base.c.value == dumps(uid.hex))
        return connection.scalar(select(sync_base.c.tab).where(waits).limit(1)) is not None


def _now(connection: Connection, boot_no: int) -> int:
    """Return now as that stretch of time tells it: another process may just have put the clock right."""
    known = clock.footing()
    if known is None or known.number in (0, boot_no):
        return clock.now_ms()
    base = connection.scalar(select(sync_boot.c.base_ms).where(sync_boot.c.boot_no == boot_no))
    return clock.now_ms() if base is None else base + clock.uptime_ms()


def _signed(change: Change, hlc: int, boot_no: int, actor: uuid.UUID | None) -> Change:
    fields = needed(change.tab, change.fields) if change.op == INSERT else change.fields
    schema = written_in(change.tab, fields) if change.schema == SCHEMA else change.schema
    return Change(change.tab, change.row_uid, change.op, fields, change.base, schema, hlc, boot_no, actor)


def log_row(
    seq: int, link: bytes, authored: Authored, state: str = PENDING, body: str | None = None
) -> dict[str, Any]:
    """Return the column values of a log row for an authored change at `seq`.

    `body` is `dumps` of the change's fields where the caller already has it.
    """
    change = authored.change
    base = change.base or (None, None)
    return {
        "seq": seq,
        "op_id": authored.op_id,
        "chain": link,
        "author_stream": authored.author_stream,
        "author_seq": authored.author_seq,
        "tab": change.tab,
        "row_uid": change.row_uid,
        "op": change.op,
        "body": dumps(change.fields) if body is None else body,
        "base_epoch": base[0],
        "base_n": base[1],
        "schema": change.schema,
        "hlc": change.hlc,
        "boot_no": change.boot_no,
        "actor_uid": change.actor,
        "state": state,
        "reason": None,
        "emptied": authored.emptied,
    }
