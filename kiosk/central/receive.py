"""Receiving: durable first, applied second.

`store` commits the bytes of a push before anything looks into them; `settle.settle`
applies whatever waits, in its own transaction. A crash between the two loses
nothing: what was stored is applied by the next exchange.
"""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.central import erased
from kiosk.central.models import HELD, RECEIVED, inbox, stream
from kiosk.storage import clock, session
from kiosk.storage.changes import INSERT, dumps, first_link, next_link
from kiosk.sync.frame import FrameError
from kiosk.sync.messages import FORK, OK, REGRESS, Request
from kiosk.sync.outbox import chunks
from kiosk.sync.rows_on_wire import packed

UNREADABLE, TOO_LONG = "wire", "size"


class ForeignStream(Exception):
    """The stream belongs to another machine: a copied disk was enrolled under its own code."""


def store(connection: Connection, node_no: int, request: Request) -> str:
    """Append a push to the inbox: OK, REGRESS (it starts beyond what is here) or FORK.

    Raises FrameError when the rows do not make the chain they claim, ForeignStream
    when another machine opened the stream.
    """
    known = _stream(connection, node_no, request)
    _note(connection, request)
    if request.first - 1 > known.have:
        return REGRESS
    ends = links(request)
    if not _attaches(connection, known, request, ends):
        return FORK
    if request.last < known.have:
        return FORK
    _append(connection, erased.admitted(connection, request), ends, max(known.have - request.first + 1, 0))
    return OK


def _stream(connection: Connection, node_no: int, request: Request) -> Row[Any]:
    """Return the stream's row, locked; opened on its first sight."""
    query = select(stream).where(stream.c.stream_uid == request.stream).with_for_update()
    row = connection.execute(query).first()
    if row is None:
        connection.execute(insert(stream).values(**_opened(connection, node_no, request)))
        row = connection.execute(query).one()
    if row.node_no != node_no:
        raise ForeignStream
    return row


def _opened(connection: Connection, node_no: int, request: Request) -> dict[str, Any]:
    now = clock.now_ms()
    origin: dict[str, Any] = {"parent_uid": None, "parent_seq": None}
    if request.origin:
        origin = {"parent_uid": request.origin[0], "parent_seq": _shared(connection, *request.origin)}
    seen = {"opened_at": now, "last_seen": now, "machine": request.machine, "program": request.program}
    place = {"stream_uid": request.stream, "node_no": node_no, "last": request.last}
    return {**place, **origin, **seen, "have": 0, "chain": first_link(request.stream)}


def _shared(connection: Connection, uid: uuid.UUID, seq: int, link: bytes) -> int:
    """Return up to where a stream's origin is its past: nowhere, unless the log here is the one it left.

    A restored centre may know another log under that name: a copied card goes on in it from
    an older image, and what it writes there this stream has never seen.
    """
    return seq if link_at(connection, uid, seq) == link else 0


def _note(connection: Connection, request: Request) -> None:
    about = {"machine": request.machine, "program": request.program, "last": request.last}
    changed = update(stream).where(stream.c.stream_uid == request.stream)
    connection.execute(changed.values(last_seen=clock.now_ms(), left_at=None, **about))


def links(request: Request) -> list[bytes]:
    """Return the chain before and after each row; raises FrameError if it is not the claimed one."""
    ends = [request.prev]
    for op in request.ops:
        ends.append(next_link(ends[-1], op))
    if ends[-1] != request.head:
        raise FrameError("the rows do not make their chain")
    return ends


def link_at(connection: Connection, uid: uuid.UUID, seq: int) -> bytes | None:
    """Return the chain the centre holds at a position of a stream."""
    if seq == 0:
        return first_link(uid)
    query = select(inbox.c.chain).where(inbox.c.stream_uid == uid, inbox.c.seq == seq)
    found: bytes | None = connection.scalar(query)
    return found


def _attaches(connection: Connection, known: Row[Any], request: Request, ends: Sequence[bytes]) -> bool:
    """Compare chains where the push starts and where it meets the end of what is here."""
    meet = min(known.have, request.first - 1 + len(request.ops))
    return all(
        link_at(connection, request.stream, seq) == ends[seq - request.first + 1]
        for seq in {request.first - 1, meet}
    )


def _append(connection: Connection, request: Request, ends: Sequence[bytes], known: int) -> None:
    ops = request.ops[known:]
    if not ops:
        return
    again = known_ops(connection, ops)
    now, first, taken = clock.now_ms(), request.first + known, []
    for seq, op in enumerate(ops, first):
        is_first = op not in again
        again.add(op)
        spot = {"stream_uid": request.stream, "seq": seq, "op_id": op, "first": is_first}
        about = {"recv_ms": now, "chain": ends[seq - request.first + 1], **_kept(request, seq, is_first)}
        taken.append({**spot, **about})
    connection.execute(insert(inbox), taken)
    head = {"have": first + len(ops) - 1, "chain": ends[-1]}
    connection.execute(update(stream).where(stream.c.stream_uid == request.stream).values(**head))


def _kept(request: Request, seq: int, is_first: bool) -> dict[str, Any]:
    """Return what is stored of a change; one that cannot be read is held as the text it came in."""
    if request.opaque and is_first:
        reason = TOO_LONG if request.opaque.is_cut else UNREADABLE
        return {"raw": dumps([request.opaque.text]), "state": HELD, "reason": reason, "late": True}
    row = None if request.opaque or not is_first else request.rows[seq - request.first]
    raw = dumps(packed([row], request.stream, seq)[0]) if row else ""
    return {"raw": raw, "state": RECEIVED, "reason": None, "late": False}


def known_ops(connection: Connection, ops: Sequence[bytes]) -> set[bytes]:
    """Return which of these changes are here, whoever brought them."""
    found: set[bytes] = set()
    for some in chunks(ops):
        query = select(inbox.c.op_id).where(inbox.c.op_id.in_(some), inbox.c.first)
        found |= {bytes(op) for op in connection.scalars(query)}
    return found


def created(uid: uuid.UUID, seqs: Sequence[int]) -> dict[int, uuid.UUID]:
    """Return the rows that positions of a stream created; a position may hold an op known from elsewhere."""
    connection = session().connection()
    found: dict[int, uuid.UUID] = {}
    original = inbox.alias()
    same = (original.c.op_id == inbox.c.op_id) & original.c.first
    for some in chunks(seqs):
        query = select(inbox.c.seq, original.c.raw).join(original, same)
        here = (inbox.c.stream_uid == uid) & inbox.c.seq.in_(some)
        for seq, raw in connection.execute(query.where(here)):
            row = json.loads(raw)
            if len(row) > 1 and row[2] == INSERT:
                found[seq] = uuid.UUID(hex=row[1])
    return found
