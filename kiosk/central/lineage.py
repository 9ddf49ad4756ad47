"""The past of a stream: its own positions, and its origins' up to where it forked."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from kiosk.central.models import inbox, stream
from kiosk.sync.outbox import chunks

_DEPTH = 200


def own(connection: Connection, uid: uuid.UUID, ops: Iterable[bytes]) -> set[bytes]:
    """Return which of these op ids lie in the stream's past."""
    past = _past(connection, uid)
    found: set[bytes] = set()
    for some in chunks(set(ops)):
        query = select(inbox.c.op_id).where(inbox.c.op_id.in_(some), past).distinct()
        found |= {bytes(op) for op in connection.scalars(query)}
    return found


def _past(connection: Connection, uid: uuid.UUID) -> ColumnElement[bool]:
    """Return the condition that an inbox row belongs to the stream's past."""
    parts = [inbox.c.stream_uid == uid]
    seen = {uid}
    for _ in range(_DEPTH):
        row = connection.execute(select(stream).where(stream.c.stream_uid == uid)).first()
        if row is None or row.parent_uid is None or row.parent_uid in seen:
            break
        parts.append(and_(inbox.c.stream_uid == row.parent_uid, inbox.c.seq <= row.parent_seq))
        uid = row.parent_uid
        seen.add(uid)
    return or_(*parts)


def later(connection: Connection, entries: Iterable[bytes], ops: Iterable[bytes]) -> dict[bytes, set[bytes]]:
    """Return, for each of these changes, which of `ops` stand behind it in a log that holds both."""
    mine, other = inbox.alias(), inbox.alias()
    behind = (other.c.stream_uid == mine.c.stream_uid) & (other.c.seq > mine.c.seq)
    query = select(mine.c.op_id, other.c.op_id.label("later")).join(other, behind).distinct()
    found: dict[bytes, set[bytes]] = defaultdict(set)
    every = set(ops)
    for some in chunks(entries, 400):
        for others in chunks(every, 400):
            here = query.where(mine.c.op_id.in_(some), other.c.op_id.in_(others))
            for row in connection.execute(here):
                found[bytes(row.op_id)].add(bytes(row.later))
    return found
