"""The past of a stream: its own positions, and its origins' up to where it forked."""

import uuid
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
