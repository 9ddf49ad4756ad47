"""The kiosk's own log as the exchange sees it: what to send, what the centre has."""

import json
import sys
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select, update

from kiosk.storage import versions
from kiosk.storage.changes import INSERT, SCHEMA, Authored, Change, first_link
from kiosk.storage.log import ACKED, HELD, PENDING, REJECTED, sync_log, sync_self
from kiosk.sync.messages import Origin
from kiosk.sync.models import sync_mark
from kiosk.sync.packing import named_by

CHUNK = 900
_PACKING = 4


@dataclass(frozen=True)
class Me:
    """Where this machine stands: its stream, its log, what the centre has of it."""

    stream: uuid.UUID
    origin: Origin | None
    seq: int
    chain: bytes
    acked: int
    settled: int
    epoch: int
    cursor: str
    hlc: int
    node_no: int | None
    machine: str


def me(connection: Connection) -> Me:
    """Read the machine's own row."""
    row = connection.execute(select(sync_self)).one()
    origin = (row.parent_uid, row.parent_seq, row.parent_chain) if row.parent_uid else None
    return Me(
        row.stream_uid,
        origin,
        row.seq,
        row.chain,
        row.acked,
        row.settled,
        row.centre_epoch or 0,
        row.cursor or "",
        row.hlc,
        row.node_no,
        row.hw_print or "",
    )


def batch(connection: Connection, after: int, most: int, size: int) -> list[Authored]:
    """Return at most `most` changes that follow position `after`, about `size` bytes once packed.

    One at least: an article that is larger than a batch goes alone.
    """
    query = select(sync_log).where(sync_log.c.seq > after).order_by(sync_log.c.seq).limit(most)
    found: list[Authored] = []
    left = size * _PACKING
    for row in connection.execute(query):
        left -= len(row.body)
        if found and left < 0:
            break
        found.append(authored(row))
    return found


def authored(row: Row[Any]) -> Authored:
    """Return the change a log row holds, with its author's mark."""
    base = None if row.base_n is None else (row.base_epoch, row.base_n)
    change = Change(
        row.tab, row.row_uid, row.op, _fields(row.body), base, row.schema, row.hlc, row.boot_no, row.actor_uid
    )
    return Authored(change, row.author_stream, row.author_seq, row.op_id, row.emptied)


def _fields(body: str) -> dict[str, Any]:
    """Return the fields of a body; one that a failing disk spoilt goes to the centre as it is."""
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return {"spoilt": body}
    # The names of a thousand bodies are the same few.
    return {sys.intern(name): value for name, value in found.items()}


def link_at(connection: Connection, stream: uuid.UUID, seq: int) -> bytes | None:
    """Return the own chain at a position, None beyond the log and where it was made lighter."""
    if seq == 0:
        return first_link(stream)
    found: bytes | None = connection.scalar(select(sync_log.c.chain).where(sync_log.c.seq == seq))
    if found is None:
        found = connection.scalar(select(sync_mark.c.chain).where(sync_mark.c.seq == seq))
    return found


def shared(connection: Connection, stream: uuid.UUID, probes: Iterable[tuple[int, bytes]]) -> int:
    """Return the last probed position that both chains share, 0 without one."""
    return max((seq for seq, link in probes if link_at(connection, stream, seq) == link), default=0)


def created(connection: Connection, rows: Iterable[Authored], first: int) -> dict[uuid.UUID, int]:
    """Return where the log, before `first`, created rows that these changes name."""
    schema = versions.schema(SCHEMA)
    by_table: dict[str, set[uuid.UUID]] = {}
    for row in rows:
        for tab, uid in named_by(row.change, schema):
            by_table.setdefault(tab, set()).add(uid)
    found: dict[uuid.UUID, int] = {}
    log = sync_log.c
    before = (log.op == INSERT) & (log.seq < first)
    for tab, uids in by_table.items():
        for some in chunks(uids):
            here = log.tab.in_([tab] if tab else list(schema.tables)) & log.row_uid.in_(some)
            query = select(log.row_uid, log.seq).where(here, before)
            found |= {row.row_uid: row.seq for row in connection.execute(query)}
    return found


def acknowledge(connection: Connection, mine: Me, have: int) -> None:
    """Say that the centre holds the log up to `have`, and no further."""
    log = sync_log.c
    up = and_(log.seq <= have, log.state == PENDING)
    connection.execute(update(sync_log).where(up).values(state=ACKED))
    if have < mine.acked:
        down = and_(log.seq > have, log.state != PENDING)
        connection.execute(update(sync_log).where(down).values(state=PENDING, reason=None))
    connection.execute(update(sync_self).values(acked=have, settled=min(mine.settled, have)))


def mark(connection: Connection, state: str, found: Sequence[tuple[int, str]]) -> None:
    """Note positions the centre holds back or refuses, with the reason's code."""
    for reason in {reason for _, reason in found}:
        seqs = [seq for seq, why in found if why == reason]
        for some in chunks(seqs):
            changed = update(sync_log).where(sync_log.c.seq.in_(some))
            connection.execute(changed.values(state=state, reason=reason))


def release(connection: Connection, still: Collection[int]) -> list[int]:
    """Return the positions no longer held, now acknowledged."""
    query = select(sync_log.c.seq).where(sync_log.c.state == HELD)
    freed = [seq for seq in connection.scalars(query) if seq not in still]
    for some in chunks(freed):
        connection.execute(update(sync_log).where(sync_log.c.seq.in_(some)).values(state=ACKED, reason=None))
    return freed


def unsettled(settled: int) -> Any:
    """Return the condition that a log row's outcome has not come back yet."""
    log = sync_log.c
    return or_(and_(log.seq > settled, log.state != REJECTED), log.state == HELD)


def chunks(values: Iterable[Any], size: int = CHUNK) -> Iterable[list[Any]]:
    """Cut values into lists that fit an IN (…)."""
    every = list(values)
    return (every[at : at + size] for at in range(0, len(every), size))
