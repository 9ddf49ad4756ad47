"""The past of a stream: its own positions, and its origins' up to where it forked."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import CTE, BigInteger, Connection, cast, select

from kiosk.central.models import inbox, stream
from kiosk.sync.outbox import chunks

_LAST = 2**62


def own(connection: Connection, uid: uuid.UUID, ops: Iterable[bytes]) -> set[bytes]:
    """Return which of these op ids lie in the stream's past."""
    past = _past(uid)
    mine = (inbox.c.stream_uid == past.c.stream_uid) & (inbox.c.seq <= past.c.upto)
    query = select(inbox.c.op_id).where(select(past.c.upto).where(mine).exists()).distinct()
    found: set[bytes] = set()
    for some in chunks(set(ops)):
        found |= {bytes(op) for op in connection.scalars(query.where(inbox.c.op_id.in_(some)))}
    return found


def _past(uid: uuid.UUID) -> CTE:
    """Return the streams of the past, each with the last of its positions that belongs to it.

    In one statement, however often the machine moved: the database walks from origin to origin.
    """
    whole = select(stream.c.stream_uid, cast(_LAST, BigInteger).label("upto"))
    past = whole.where(stream.c.stream_uid == uid).cte("past", recursive=True)
    origin = select(stream.c.parent_uid, stream.c.parent_seq)
    origin = origin.where(stream.c.stream_uid == past.c.stream_uid, stream.c.parent_uid.is_not(None))
    return past.union(origin)


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
