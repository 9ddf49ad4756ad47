"""Receiving: durable first, applied second.

`store` commits the bytes of a push before anything looks into them; `settle`
applies whatever waits, in its own transaction. A crash between the two loses
nothing: what was stored is applied by the next exchange.
"""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from kiosk.central import merge
from kiosk.central.journal import Journal, lock
from kiosk.central.merge import Arrived, Outcome, Sender
from kiosk.central.models import APPLIED, HELD, RECEIVED, REJECTED, commit_log, inbox, node, stream
from kiosk.storage import clock
from kiosk.storage.changes import Authored, dumps, first_link, next_link
from kiosk.sync.frame import FrameError
from kiosk.sync.messages import FORK, OK, REGRESS, Request
from kiosk.sync.outbox import chunks
from kiosk.sync.rows_on_wire import packed, unpacked

_TURNS = 60


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
    ends = _ends(request)
    if not _attaches(connection, known, request, ends):
        return FORK
    if request.last < known.have:
        return FORK
    _append(connection, request, ends, max(known.have - request.first + 1, 0))
    return OK


def _stream(connection: Connection, node_no: int, request: Request) -> Row[Any]:
    """Return the stream's row, locked; opened on its first sight."""
    query = select(stream).where(stream.c.stream_uid == request.stream).with_for_update()
    row = connection.execute(query).first()
    if row is None:
        connection.execute(insert(stream).values(**_opened(node_no, request)))
        row = connection.execute(query).one()
    if row.node_no != node_no:
        raise ForeignStream
    return row


def _opened(node_no: int, request: Request) -> dict[str, Any]:
    now = clock.now_ms()
    parent = request.origin[:2] if request.origin else (None, None)
    origin = {"parent_uid": parent[0], "parent_seq": parent[1]}
    seen = {"opened_at": now, "last_seen": now, "machine": request.machine, "program": request.program}
    place = {"stream_uid": request.stream, "node_no": node_no, "last": request.last}
    return {**place, **origin, **seen, "have": 0, "chain": first_link(request.stream)}


def _note(connection: Connection, request: Request) -> None:
    about = {"machine": request.machine, "program": request.program, "last": request.last}
    changed = update(stream).where(stream.c.stream_uid == request.stream)
    connection.execute(changed.values(last_seen=clock.now_ms(), **about))


def _ends(request: Request) -> list[bytes]:
    """Return the chain before and after each row; raises FrameError if it is not the claimed one."""
    ends = [request.prev]
    for row in request.rows:
        ends.append(next_link(ends[-1], row.op_id))
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
    meet = min(known.have, request.first - 1 + len(request.rows))
    return all(
        link_at(connection, request.stream, seq) == ends[seq - request.first + 1]
        for seq in {request.first - 1, meet}
    )


def _append(connection: Connection, request: Request, ends: Sequence[bytes], known: int) -> None:
    rows = request.rows[known:]
    if not rows:
        return
    again = _known_ops(connection, [row.op_id for row in rows])
    now, first, taken = clock.now_ms(), request.first + known, []
    for seq, row in enumerate(rows, first):
        is_first = row.op_id not in again
        again.add(row.op_id)
        raw = dumps(packed([row], request.stream, seq)[0]) if is_first else ""
        spot = {"stream_uid": request.stream, "seq": seq, "op_id": row.op_id, "first": is_first}
        state = {"state": RECEIVED, "recv_ms": now, "late": False, "raw": raw}
        taken.append({**spot, **state, "chain": ends[seq - request.first + 1]})
    connection.execute(insert(inbox), taken)
    head = {"have": first + len(rows) - 1, "chain": ends[-1]}
    connection.execute(update(stream).where(stream.c.stream_uid == request.stream).values(**head))


def _known_ops(connection: Connection, ops: Sequence[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for some in chunks(ops):
        query = select(inbox.c.op_id).where(inbox.c.op_id.in_(some), inbox.c.first)
        found |= {bytes(op) for op in connection.scalars(query)}
    return found


def settle(connection: Connection) -> None:
    """Apply everything stored and not yet applied, then what waited for it."""
    for turn in range(_TURNS):
        before = lock(connection).n
        waiting = _streams_with(connection, RECEIVED)
        for uid in waiting:
            _apply_stream(connection, uid)
        moved = lock(connection).n > before
        # A change woken in vain must not be woken again: only a new commit helps it.
        if (turn and not moved) or not _wake_held(connection):
            return


def _streams_with(connection: Connection, state: str) -> list[uuid.UUID]:
    query = select(inbox.c.stream_uid).where(inbox.c.state == state).distinct()
    return list(connection.scalars(query))


def _apply_stream(connection: Connection, uid: uuid.UUID) -> None:
    query = select(inbox).where(inbox.c.stream_uid == uid, inbox.c.state == RECEIVED)
    rows = connection.execute(query.order_by(inbox.c.seq)).all()
    space = select(node.c.space_uid).join(stream, stream.c.node_no == node.c.node_no)
    sender = Sender(uid, connection.execute(space.where(stream.c.stream_uid == uid)).scalar_one())
    fresh = [Arrived(row.seq, _entry(row)) for row in rows if row.first]
    late = {row.seq for row in rows if row.late}
    _record(connection, uid, merge.apply(connection, sender, fresh, clock.now_ms()), late)
    for row in rows:
        if not row.first:
            _again(connection, sender, row)


def _entry(row: Row[Any]) -> Authored:
    return unpacked([json.loads(row.raw)], row.stream_uid, row.seq)[0]


def _record(connection: Connection, uid: uuid.UUID, outcomes: Sequence[Outcome], late: set[int]) -> None:
    """Write what became of each change, and of its other arrivals."""
    here = (inbox.c.stream_uid == uid) & (inbox.c.seq == bindparam("b_seq"))
    values: dict[str, Any] = {
        name: bindparam(f"v_{name}") for name in ("state", "reason", "missing", "n", "late")
    }
    rows = [_outcome_row(one, one.arrived.seq in late) for one in outcomes]
    if rows:
        connection.execute(update(inbox).where(here).values(values), rows)
    for one in outcomes:
        if one.arrived.seq in late:
            others = update(inbox).where(inbox.c.op_id == one.arrived.entry.op_id)
            connection.execute(others.values(state=one.state, reason=one.reason, n=one.n, late=True))


def _outcome_row(one: Outcome, late: bool) -> dict[str, Any]:
    is_late = late or one.state == HELD
    about = {"v_state": one.state, "v_reason": one.reason, "v_missing": one.missing}
    return {"b_seq": one.arrived.seq, **about, "v_n": one.n, "v_late": is_late}


def _again(connection: Connection, sender: Sender, row: Row[Any]) -> None:
    """Give a known op its outcome; mention the row again if another value stands there now."""
    query = select(inbox).where(inbox.c.op_id == row.op_id, inbox.c.first)
    original = connection.execute(query).one()
    entry, n = _entry(original), original.n
    if original.state in (APPLIED, REJECTED):
        n = _mention_again(connection, entry, original.state) or n
    here = (inbox.c.stream_uid == row.stream_uid) & (inbox.c.seq == row.seq)
    values = {"state": original.state, "reason": original.reason, "n": n, "late": original.state == HELD}
    connection.execute(update(inbox).where(here).values(**values))


def _mention_again(connection: Connection, entry: Authored, state: str) -> int | None:
    journal, place = Journal(connection), (entry.change.tab, entry.change.row_uid)
    journal.load([place])
    known = journal.registers.get(place)
    if known is None:
        return None
    beaten = [n for n in entry.change.fields if known.fields.get(n, known.insert).op != entry.op_id]
    if not beaten:
        return None
    if state == REJECTED:
        at = journal.repeat(place, beaten)
    else:
        at = journal.mention(place, known.scope)
        journal.touch(place, beaten, at)
    journal.flush()
    return at


def _wake_held(connection: Connection) -> bool:
    """Try again the changes whose missing row has come; tell whether there were any."""
    come = select(commit_log.c.n).where(commit_log.c.row_uid == inbox.c.missing).exists()
    held = (inbox.c.state == HELD) & inbox.c.missing.is_not(None) & inbox.c.first
    woken = update(inbox).where(held, come).values(state=RECEIVED, missing=None)
    return bool(connection.execute(woken).rowcount)
