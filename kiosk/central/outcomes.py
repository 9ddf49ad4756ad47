"""What became of a stream's changes, as its kiosk has to hear of it."""

import uuid

from sqlalchemy import Connection, select, union

from kiosk.central.models import HELD, REJECTED, inbox


def settled(connection: Connection, stream: uuid.UUID, have: int, upto: int) -> int:
    """Return the position whose outcome a cursor at commit `upto` covers, late ones apart."""
    box = inbox.c
    beyond = select(box.seq).where(box.stream_uid == stream, box.late.is_(False), box.n > upto)
    first: int | None = connection.scalar(beyond.order_by(box.seq).limit(1))
    return have if first is None else first - 1


def held(connection: Connection, stream: uuid.UUID, upto: int) -> list[tuple[int, str]]:
    """Return positions held back, with why; also those freed by a commit after `upto`."""
    box = inbox.c
    query = select(box.seq, box.reason).where(box.stream_uid == stream)
    found = union(query.where(box.state == HELD), query.where(box.late, box.n > upto)).subquery().c
    rows = connection.execute(select(found.seq, found.reason).order_by(found.seq))
    return [(row.seq, row.reason or "") for row in rows]


def rejected(connection: Connection, stream: uuid.UUID, after: int) -> list[tuple[int, str]]:
    """Return refused positions the kiosk may not have heard of."""
    box = inbox.c
    query = select(box.seq, box.reason).where(
        box.stream_uid == stream, box.state == REJECTED, box.seq > after
    )
    return [(row.seq, row.reason or "") for row in connection.execute(query.order_by(box.seq))]
