"""What came with a withdrawn key: kept for a person, who accepts it or discards it.

An honest manager may have work in it. Accepted, it goes the way of every push of its
own stream: the same chain, each change once, the scopes of the machine's own space.
"""

import logging
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from kiosk.central import acts, erased, erasing, frames, grants, meta, receive, settle
from kiosk.central.models import quarantine, stream
from kiosk.language import Message, msg
from kiosk.storage import NotFound, Refusal, clock, session, transaction
from kiosk.sync import emptying
from kiosk.sync.blobs import sweeping
from kiosk.sync.frame import FrameError
from kiosk.sync.messages import FORK, OK, REGRESS, Request

log = logging.getLogger("kiosk.central")

_BYTES, _COMPARED = 20 * 1024 * 1024, 100
"""How much is kept of one machine, and how many of its last sendings a new one is compared with."""
_UNREADABLE = msg("Cet envoi ne peut pas être lu. Il reste mis de côté.")
_COPY = msg("Cet envoi vient d’une copie. Il reste mis de côté.")
_WHY = {
    REGRESS: msg("Il manque un envoi avant celui-ci. Il reste mis de côté."),
    FORK: msg("Cet envoi ne suit pas le précédent. Il reste mis de côté."),
}


@dataclass(frozen=True)
class Aside:
    """One sending set aside, when it came (ms), its new changes by table, and what forbids to take it."""

    id: int
    recv_ms: int
    kinds: Mapping[str, int]
    trouble: Message | None = None

    @property
    def total(self) -> int:
        """How many of its changes are not here yet."""
        return sum(self.kinds.values())


def keep(connection: Connection, node_no: int, body: bytes) -> None:
    """Keep a frame of a withdrawn machine for a person to look at, within bounds.

    A machine repeats what was not taken: what says nothing new is not kept again, and
    what says all of the last one and more takes its place. Raises FrameError for one that
    names rows by positions which are not here: nothing could be emptied in it, and its
    machine can write it in full.
    """
    request = frames.read(body)
    if request and frames.leans(request):
        raise FrameError("rows named by positions that are not here")
    if request and not _fresh(connection, request):
        return
    mine = quarantine.c.node_no == node_no
    newest = select(quarantine).where(mine).order_by(quarantine.c.id.desc()).limit(_COMPARED)
    kept = connection.execute(newest).all()
    if any(_says(one.body, body, request) for one in kept):
        return
    if request:
        body = frames.without(body, request, erased.orders(connection, _rows(request)))
    values = {"recv_ms": clock.now_ms(), "body": body}
    size = connection.scalar(select(func.sum(func.length(quarantine.c.body))).where(mine)) or 0
    last = kept[0] if kept else None
    if (
        last
        and request
        and frames.is_sound(request)
        and _says(body, bytes(last.body), frames.read(last.body))
    ):
        connection.execute(update(quarantine).where(quarantine.c.id == last.id).values(**values))
    elif size + len(body) <= _BYTES:
        connection.execute(insert(quarantine).values(node_no=node_no, **values))


def _rows(request: Request) -> set[uuid.UUID]:
    return {row.change.row_uid for row in request.rows}


def _says(longer: bytes, body: bytes, request: Request | None) -> bool:
    """Tell whether a frame holds every change of another one of the same stream."""
    other = frames.read(longer)
    if other is None or request is None:
        return bytes(longer) == body
    return other.stream == request.stream and set(request.ops) <= set(other.ops)


def _fresh(connection: Connection, request: Request) -> list[bytes]:
    """Return the changes that are not here yet."""
    known = receive.known_ops(connection, request.ops)
    return [op for op in request.ops if op not in known]


def found(node_no: int) -> list[Aside]:
    """Return what is set aside of a machine, in order of arrival."""
    query = select(quarantine).where(quarantine.c.node_no == node_no).order_by(quarantine.c.id)
    return [_aside(row) for row in session().execute(query)]


def one(node_no: int, number: int) -> Aside:
    """Return one sending set aside of a machine. Raises NotFound."""
    return _aside(_row(session().connection(), node_no, number))


def _row(connection: Connection, node_no: int, number: int) -> Row[Any]:
    mine = (quarantine.c.node_no == node_no) & (quarantine.c.id == number)
    row = connection.execute(select(quarantine).where(mine).with_for_update()).first()
    if row is None:
        raise NotFound(msg("Cet envoi n’est plus mis de côté."))
    return row


def _aside(row: Row[Any]) -> Aside:
    connection, request = session().connection(), frames.read(row.body)
    if request is None:
        return Aside(row.id, row.recv_ms, {}, _UNREADABLE)
    fresh = set(_fresh(connection, request))
    tables = Counter(entry.change.tab for entry in request.rows if entry.op_id in fresh)
    if request.opaque and fresh:
        tables[""] = 1
    gap = bool(fresh) and request.first - 1 > _have(connection, request.stream)
    return Aside(row.id, row.recv_ms, tables, _WHY[REGRESS] if gap else None)


def _have(connection: Connection, uid: uuid.UUID) -> int:
    return connection.scalar(select(stream.c.have).where(stream.c.stream_uid == uid)) or 0


def accept(node_no: int, number: int, data: Path, by: uuid.UUID) -> int:
    """Take a sending as if it had come with a good key; return how many changes were new.

    Opens its own transactions: what is taken is committed before it is looked into.
    Raises NotFound, and Refusal for what does not attach: that stays set aside.
    """
    with transaction() as current:
        row = _row(current.connection(), node_no, number)
        taken = _take(current.connection(), node_no, row)
        acts.keep(acts.ACCEPTED, node_no, by, received=row.recv_ms, changes=taken)
    with transaction() as current:
        # What follows may name rows that came with it: only now can it be read whole.
        frames.scrub(current.connection(), erased.orders(current.connection()))
        settle.settle(current.connection())
        erasing.run(data)
        grants.run()
    emptying.fold(session().connection().engine)
    sweeping.sweep(data)
    meta.remember(session().connection(), data)
    return taken


def _take(connection: Connection, node_no: int, row: Row[Any]) -> int:
    request = frames.read(row.body)
    if request is None:
        raise Refusal(_UNREADABLE)
    fresh = len(_fresh(connection, request))
    if fresh:
        _store(connection, node_no, request, row.recv_ms)
    connection.execute(delete(quarantine).where(quarantine.c.id == row.id))
    return fresh


def _store(connection: Connection, node_no: int, request: Request, recv_ms: int) -> None:
    """Append the changes to the inbox; the machine is not seen any later for it."""
    query = select(stream).where(stream.c.stream_uid == request.stream)
    known = connection.execute(query).first()
    try:
        kind = receive.store(connection, node_no, request)
    except receive.ForeignStream as error:
        raise Refusal(_COPY) from error
    except FrameError as error:
        raise Refusal(_UNREADABLE) from error
    if kind != OK:
        raise Refusal(_WHY[kind])
    seen: dict[str, Any] = {"opened_at": recv_ms, "last_seen": recv_ms}
    if known is not None:
        seen = {name: getattr(known, name) for name in ("last_seen", "left_at", "program", "machine")}
        seen["last"] = max(known.last, request.last)
    connection.execute(update(stream).where(stream.c.stream_uid == request.stream).values(**seen))


def discard(node_no: int, number: int, by: uuid.UUID) -> None:
    """Throw a sending away for good; who did, when and how much stays on record. Raises NotFound."""
    connection = session().connection()
    row = _row(connection, node_no, number)
    connection.execute(delete(quarantine).where(quarantine.c.id == row.id))
    fresh = len(_fresh_of(connection, row))
    acts.keep(acts.DISCARDED, node_no, by, received=row.recv_ms, changes=fresh)
    told = (row.id, node_no, row.recv_ms, fresh, by, clock.now_ms())
    log.warning("set-aside sending %s of kiosk %s (received %s, %s changes) discarded by %s at %s", *told)


def _fresh_of(connection: Connection, row: Row[Any]) -> list[bytes]:
    request = frames.read(row.body)
    return _fresh(connection, request) if request else []
