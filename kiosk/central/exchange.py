"""One exchange from the centre's side: store, apply, answer."""

import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.central import (
    clocks,
    diagnoses,
    distribute,
    erased,
    erasing,
    faults,
    grants,
    keys,
    leases,
    meta,
    outcomes,
    queries,
    reach,
    receive,
    seals,
    settle,
)
from kiosk.central.models import stream
from kiosk.posts import planning
from kiosk.storage import clock, fault, session, transaction
from kiosk.sync import emptying
from kiosk.sync.messages import FORK, OK, Page, Reply, Request

_BELIEVABLE = 1_000


def answer(node_no: int, space_uid: uuid.UUID, request: Request, data: Path) -> Reply:
    """Take a push and return the reply; opens its own transactions.

    The push is committed before it is looked into, and the reply is made after, on
    one view of the data that holds no other process up. Raises FrameError for rows
    that do not make their chain.
    """
    given: dict[str, Any] | None = None
    try:
        with transaction() as current:
            kind = receive.store(current.connection(), node_no, request)
            fault.at("push.stored")
            if not request.ops:  # nothing to keep first: one commit less
                given = _apply(current.connection(), node_no, space_uid, request, data)
    except receive.ForeignStream:
        return _take_another(request)
    fault.at("push.kept")
    if given is None:
        with transaction() as current:
            given = _apply(current.connection(), node_no, space_uid, request, data)
            fault.at("push.applied")
    with transaction(beside=True) as current:
        reply = replace(_reply(current.connection(), kind, space_uid, request), **given)
        reply = replace(reply, twins=queries.has_twins(node_no))
        fault.at("reply.made")
    emptying.fold(session().connection().engine)
    fault.at("reply.written")
    meta.remember(session().connection(), data)
    return reply


def _just_read(connection: Connection, request: Request) -> settle.Read:
    """Return the changes as they were stored: those of an erased row were emptied on the way in."""
    gone = erased.orders(connection, (row.change.row_uid for row in request.rows))
    return {row.op_id: row for row in request.rows if (row.change.tab, row.change.row_uid) not in gone}


def _apply(
    connection: Connection, node_no: int, space_uid: uuid.UUID, request: Request, data: Path
) -> dict[str, Any]:
    """Apply what waits; return what of the reply is written down as it is given."""
    _heed(connection, node_no, request)
    clocks.note(connection, request)
    heard = diagnoses.keep(connection, node_no, request)
    settle.settle(connection, _just_read(connection, request))
    erasing.run(data)
    grants.run()
    with faults.apart("chosen days of publication"):
        planning.publish_due()
    seal = seals.public(connection) if request.wants_seal else ""
    return {
        "rekey": keys.offer(node_no),
        "seal": seal,
        "lease": leases.lease(connection, space_uid, request),
        "heard": heard,
    }


def _take_another(request: Request) -> Reply:
    """Answer with a head that cannot be the kiosk's: it moves to a stream of its own."""
    epoch = distribute.head(session().connection()).epoch
    page = Page(since=request.cursor, cursor=request.cursor)
    return Reply(request.stream, epoch, FORK, ((0, bytes(16)),), 0, page, now=clock.now_ms())


def _heed(connection: Connection, node_no: int, request: Request) -> None:
    """Begin a new epoch when a kiosk shows that the log was replaced; each is heard once an hour."""
    now = distribute.head(connection).epoch
    if _proves_a_restore(connection, request, now) and meta.hears(node_no):
        meta.new_epoch(connection, request.epoch)


def _proves_a_restore(connection: Connection, request: Request, now: int) -> bool:
    """Tell whether the kiosk quotes an epoch, or a commit of this epoch, that this log lacks."""
    if now < request.epoch <= now + _BELIEVABLE:
        return True
    present = bool(request.cursor) and distribute.read_cursor(request.cursor)[0] == now
    return present and distribute.denies(connection, request.cursor)


def _reply(connection: Connection, kind: str, space_uid: uuid.UUID, request: Request) -> Reply:
    page = distribute.page(connection, request, reach.of(connection, space_uid))
    known = connection.execute(select(stream).where(stream.c.stream_uid == request.stream)).one()
    n = distribute.read_cursor(page.cursor)[1]
    is_first = page.full or not page.since  # whoever stands nowhere yet is not waited for
    asked = n if is_first else distribute.read_cursor(page.since)[1]
    if (known.cursor_n, known.proved_n) != (n, asked):
        changed = update(stream).where(stream.c.stream_uid == request.stream)
        connection.execute(changed.values(cursor_n=n, proved_n=asked))
    return Reply(
        stream=request.stream,
        epoch=distribute.head(connection).epoch,
        kind=kind,
        probes=_probes(connection, request, kind, known),
        settled=outcomes.settled(connection, request.stream, known.have, n),
        page=page,
        held=tuple(outcomes.held(connection, request.stream, n)),
        rejected=tuple(outcomes.rejected(connection, request.stream, request.settled)),
        now=clock.now_ms(),
        saved=known.saved or 0,
    )


def _probes(
    connection: Connection, request: Request, kind: str, known: Row[Any]
) -> tuple[tuple[int, bytes], ...]:
    """Return (position, chain) at the head and at growing distances below it.

    The head alone where the push ended there: its chain was compared already, and
    every probe costs forty bytes of an exchange that has nothing to say.
    """
    have, step = known.have, 1
    seqs = [have]
    while have - step > 0 and not (kind == OK and known.chain == request.head):
        seqs.append(have - step)
        step *= 2
    found = [(seq, receive.link_at(connection, request.stream, seq)) for seq in seqs]
    return tuple((seq, link) for seq, link in found if link is not None)
