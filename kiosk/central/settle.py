"""Settling: what was received is applied, what lacks something waits for it.

A change is held where this program cannot read it, or where a row it needs has
not come; it lets the others pass, and is tried again when that row comes.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, select, update

from kiosk.central import kept, merge
from kiosk.central.journal import Journal, lock
from kiosk.central.merge import Arrived, Outcome, Sender
from kiosk.central.models import APPLIED, HELD, RECEIVED, REJECTED, commit_log, inbox, node, stream
from kiosk.central.receive import TOO_LONG, UNREADABLE
from kiosk.storage import clock, fault
from kiosk.storage.changes import Authored
from kiosk.sync.outbox import chunks

Read = Mapping[bytes, Authored]
"""Changes that were read a moment ago, by their op ids."""


def settle(connection: Connection, read: Read = MappingProxyType({})) -> None:
    """Apply everything stored and not yet applied, then what waited for it.

    `read` spares reading again what was just stored.
    """
    woken = True
    while woken:
        for uid in _streams_with(connection, RECEIVED):
            _apply_stream(connection, uid, read)
            fault.at("stream.settled")
        woken = _wake_held(connection)


def _streams_with(connection: Connection, state: str) -> list[uuid.UUID]:
    query = select(inbox.c.stream_uid).where(inbox.c.state == state).distinct()
    return list(connection.scalars(query))


def _apply_stream(connection: Connection, uid: uuid.UUID, read: Read) -> None:
    query = select(inbox).where(inbox.c.stream_uid == uid, inbox.c.state == RECEIVED)
    rows = connection.execute(query.order_by(inbox.c.seq)).all()
    space = select(node.c.space_uid).join(stream, stream.c.node_no == node.c.node_no)
    sender = Sender(uid, connection.execute(space.where(stream.c.stream_uid == uid)).scalar_one())
    # In the log's order: a kiosk takes what it is told of a row for older than its own changes that wait.
    for is_first, some in groupby(rows, key=lambda row: bool(row.first)):
        if is_first:
            _apply_first(connection, sender, list(some), read)
        else:
            _again(connection, list(some))


def _apply_first(connection: Connection, sender: Sender, rows: Sequence[Row[Any]], read: Read) -> None:
    entries = {row.seq: read.get(bytes(row.op_id)) or kept.entry(row) for row in rows}
    late, before = {row.seq for row in rows if row.late}, lock(connection).n
    fresh = [Arrived(seq, entry, seq in late) for seq, entry in entries.items() if entry]
    outcomes = merge.apply(connection, sender, fresh, clock.now_ms())
    _record(connection, sender.stream, [_dated(one, before) for one in outcomes], late)
    _hold_unreadable(connection, sender.stream, [seq for seq, entry in entries.items() if entry is None])


def _hold_unreadable(connection: Connection, uid: uuid.UUID, seqs: Sequence[int]) -> None:
    """Hold again what this program cannot read either; the next start may."""
    reason = case((inbox.c.reason == TOO_LONG, TOO_LONG), else_=UNREADABLE)
    for some in chunks(seqs):
        here = (inbox.c.stream_uid == uid) & inbox.c.seq.in_(some)
        connection.execute(update(inbox).where(here).values(state=HELD, reason=reason, late=True))


def _dated(one: Outcome, before: int) -> Outcome:
    """Note where the log stood when a change was held: only a later commit can help it."""
    return replace(one, n=before) if one.state == HELD else one


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


def _again(connection: Connection, rows: Sequence[Row[Any]]) -> None:
    """Give known ops their outcomes; mention the rows again where another value stands now."""
    originals: dict[bytes, Row[Any]] = {}
    for some in chunks({bytes(row.op_id) for row in rows}):
        query = select(inbox).where(inbox.c.op_id.in_(some), inbox.c.first)
        originals |= {bytes(one.op_id): one for one in connection.execute(query)}
    done = {op: kept.entry(one) for op, one in originals.items() if one.state in (APPLIED, REJECTED)}
    journal = Journal(connection)
    journal.load({(entry.change.tab, entry.change.row_uid) for entry in done.values() if entry})
    found = []
    for row in rows:
        one, entry = originals[bytes(row.op_id)], done.get(bytes(row.op_id))
        n = (_mention_again(journal, entry) if entry else None) or one.n
        about = {"v_state": one.state, "v_reason": one.reason, "v_n": n, "v_late": one.state == HELD}
        found.append({"b_stream": row.stream_uid, "b_seq": row.seq, **about})
    journal.flush()
    here = (inbox.c.stream_uid == bindparam("b_stream")) & (inbox.c.seq == bindparam("b_seq"))
    values: dict[str, Any] = {name: bindparam(f"v_{name}") for name in ("state", "reason", "n", "late")}
    connection.execute(update(inbox).where(here).values(values), found)


def _mention_again(journal: Journal, entry: Authored) -> int | None:
    place = (entry.change.tab, entry.change.row_uid)
    known = journal.registers.get(place)
    if known is None:
        return None
    beaten = [n for n in entry.change.fields if known.fields.get(n, known.insert).op != entry.op_id]
    return journal.say_again(place, beaten) if beaten else None


def _wake_held(connection: Connection) -> bool:
    """Try again the changes whose missing row came since they were held; tell whether there were any.

    Each is woken by a commit that it has not seen: where nothing moves, nothing wakes.
    """
    log = commit_log.c
    came = (log.row_uid == inbox.c.missing) & (log.n > func.coalesce(inbox.c.n, 0))
    held = (inbox.c.state == HELD) & inbox.c.missing.is_not(None) & inbox.c.first
    woken = update(inbox).where(held, select(log.n).where(came).exists())
    return bool(connection.execute(woken.values(state=RECEIVED, missing=None)).rowcount)
