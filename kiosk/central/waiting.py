"""Signed pushes that came by hand ahead of what precedes them: kept until it comes."""

import json
import uuid
from collections.abc import Callable

from sqlalchemy import delete, func, insert, select

from kiosk.central.door import Sent
from kiosk.central.models import carried_push, carried_receipt, stream
from kiosk.storage import clock, session, transaction
from kiosk.storage.changes import dumps
from kiosk.sync.bundle.letters import Letter

MOST_BYTES = 64 * 1024 * 1024
"""What is kept for one machine, at most."""
_RECEIPTS = 20
Span = tuple[int, int]


def keep(node_no: int, uid: uuid.UUID, letter: Letter) -> None:
    """Keep a letter that starts beyond what is here, once, within bounds."""
    first, last = int(letter.about["first"]), int(letter.about["last"])
    if last < first:
        return
    push = carried_push.c
    same = (push.stream_uid == uid) & (push.first == first) & (push.last == last)
    with transaction() as current:
        connection = current.connection()
        connection.execute(delete(carried_push).where(same))
        size = func.coalesce(func.sum(func.length(push.body)), 0)
        held = connection.scalar(select(size).where(push.node_no == node_no)) or 0
        if held + len(letter.body) <= MOST_BYTES:
            row = {"node_no": node_no, "stream_uid": uid, "first": first, "last": last}
            said = {"recv_ms": clock.now_ms(), "headers": dumps(dict(letter.headers)), "body": letter.body}
            connection.execute(insert(carried_push).values(**row, **said))


def follow(uid: uuid.UUID, hand_in: Callable[[Letter], Sent]) -> tuple[Letter, Sent] | None:
    """Hand in what waited for what is here now; return the last that was taken, with its answer."""
    taken: tuple[Letter, Sent] | None = None
    while (found := _next(uid)) is not None:
        number, letter = found
        sent = hand_in(letter)
        if sent.status != 200:
            return taken
        taken = (letter, sent)
        with transaction() as current:
            current.connection().execute(delete(carried_push).where(carried_push.c.id == number))
    return taken


def _next(uid: uuid.UUID) -> tuple[int, Letter] | None:
    """Return the first kept letter that attaches, once what is here already is forgotten."""
    have = select(stream.c.have).where(stream.c.stream_uid == uid).scalar_subquery()
    push, mine = carried_push.c, carried_push.c.stream_uid == uid
    if session().scalar(select(push.id).where(mine).limit(1)) is None:
        return None
    with transaction() as current:
        current.connection().execute(delete(carried_push).where(mine, push.last <= have))
    query = select(carried_push).where(mine, push.first <= have + 1).order_by(push.first)
    row = session().execute(query.limit(1)).first()
    if row is None:
        return None
    return row.id, Letter(json.loads(row.headers), bytes(row.body), {"first": row.first, "last": row.last})


def lacking(uid: uuid.UUID, have: int) -> Span | None:
    """Return the positions that must come first, None where nothing waits."""
    first: int | None = session().scalar(
        select(func.min(carried_push.c.first)).where(carried_push.c.stream_uid == uid)
    )
    return (have + 1, first - 1) if first is not None and first > have + 1 else None


def forget_receipts(node_no: int) -> None:
    """Keep the last answers only, in the caller's transaction."""
    receipts = carried_receipt.c
    newest = select(receipts.token).where(receipts.node_no == node_no).order_by(receipts.at.desc())
    kept = list(session().scalars(newest.limit(_RECEIPTS - 1)))
    old = (receipts.node_no == node_no) & receipts.token.not_in(kept)
    session().execute(delete(carried_receipt).where(old))
