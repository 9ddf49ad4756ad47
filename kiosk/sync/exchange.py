"""The kiosk's side of an exchange: push, acknowledgement and pull in one round trip.

Everything the kiosk knows is in its database, so that a crash anywhere is the
same as a lost message: the next exchange starts from what is written.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import DBAPIError

from kiosk.storage import Store, clock, numbers, transaction
from kiosk.storage.changes import next_link
from kiosk.storage.log import sync_closed, sync_log, sync_self
from kiosk.sync import apply, emptying, leaving, link, outbox, rehome, snapshot
from kiosk.sync.caller import Caller
from kiosk.sync.link import Tally
from kiosk.sync.messages import FORK, OK, REGRESS, Reply, Request
from kiosk.sync.outbox import Me
from kiosk.sync.rows_on_wire import as_text
from kiosk.sync.time import about, hearing
from kiosk.sync.trouble import NoLink, NotTheCentre, Refused, TooBig, Trouble

_STALLED = 3
_CLOCK_BITS = 16
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Standing:
    """What must move for an exchange to make progress."""

    me: Me
    resume: str


class Exchange:
    """One machine talking to its centre through `caller`; `show` hears of progress."""

    def __init__(self, store: Store, caller: Caller, show: Progress | None = None) -> None:
        self._store, self._caller = store, caller
        self._show = show or (lambda done, total: None)
        self._unreadable, self._usual = 0, 0
        self._shrunk = False
        self.tally = Tally()

    def run(self) -> Tally:
        """Go round until everything is sent and received; raises Trouble, with what moved kept."""
        goal = self._begin()
        outcome = Trouble.code
        try:
            self._rounds(goal)
            outcome = OK
        except Trouble as trouble:
            outcome = trouble.code
            raise
        finally:
            self._end(outcome)
        return self.tally

    def _begin(self) -> int:
        with self._store.open(), transaction() as session:
            mine = outbox.me(session.connection())
            goal = mine.seq - mine.acked
            link.change(session.connection(), state=link.RUNNING, goal=goal)
        return goal

    def _end(self, outcome: str) -> None:
        # On a full disk even this may fail: the failure that matters is on its way already.
        with suppress(DBAPIError), self._store.open(), transaction() as session:
            fine = {"trouble": None, "last_ok": clock.now_ms()}
            found = fine if outcome == OK else {"trouble": outcome}
            link.change(session.connection(), state=link.IDLE, **found)
            link.note(session.connection(), self.tally, outcome)

    def _rounds(self, goal: int) -> None:
        still = 0
        while still < _STALLED:
            before = self._standing()
            more = self._round(before)
            after = self._standing()
            self._show(max(goal - (after.me.seq - after.me.acked), 0), goal)
            if not more and after.me.acked >= after.me.seq:
                return
            still = still + 1 if after == before and not self._shrunk else 0
        raise Refused("no progress")

    def _standing(self) -> Standing:
        with self._store.open() as session:
            connection = session.connection()
            # The clock moves with every reply: that alone is no progress.
            mine = replace(outbox.me(connection), hlc=0)
            return Standing(mine, link.load(connection).resume)

    def _round(self, standing: Standing) -> bool:
        with self._store.open() as session:
            known = link.load(session.connection())
            request = build(session.connection(), known, self._caller.program, self._unreadable)
            request = hearing.tell(session.connection(), request)
        self._shrunk = False
        try:
            answer = self._caller.exchange(request, known)
        except (NoLink, NotTheCentre, Refused, TooBig) as trouble:
            return self._smaller(known, request, trouble)
        with self._store.open(), transaction() as session:
            receive(session.connection(), answer.reply)
            sent = len(request.ops)
            more = answer.reply.page.more or request.last > request.first - 1 + sent
            learnt = link.after_success(known, sent, answer.up, answer.down, answer.seconds, more)
            if request.opaque:
                learnt["batch"] = self._usual
            link.change(session.connection(), **learnt)
        emptying.fold(self._store.engine)
        hearing.heard(self._store, answer.reply.now, answer.seconds)
        self._count(answer.up, answer.down, answer.seconds, sent, len(answer.reply.page.items))
        return answer.reply.page.more or answer.reply.kind != OK

    def _smaller(self, known: link.Link, request: Request, trouble: Trouble) -> bool:
        """Remember to send less at once; try again now only where the size or a change was the fault.

        A proxy that says itself what it thinks of a long request counts as a cut. A single
        change that the centre cannot read goes as text, so that it delays no other.
        """
        cut = isinstance(trouble, NoLink | NotTheCentre)
        learnt = link.after_cut(known) if cut else link.after_refusal(known, len(request.rows))
        with self._store.open(), transaction() as session:
            link.change(session.connection(), **learnt)
        alone = isinstance(trouble, Refused) and len(request.rows) == 1
        if cut or (len(request.rows) <= 1 and not alone):
            raise trouble
        self._unreadable, self._shrunk = request.first if alone else 0, True
        self._usual = max(self._usual, known.batch)
        return True

    def _count(self, up: int, down: int, seconds: float, sent: int, received: int) -> None:
        self.tally.bytes_up += up
        self.tally.bytes_down += down
        self.tally.seconds += seconds
        self.tally.sent += sent
        self.tally.received += received


def build(
    connection: Connection, known: link.Link, program: str = "", unreadable: int = 0, after: int | None = None
) -> Request:
    """Return the next request: the unacknowledged batch, where it attaches, and the cursor.

    A slow or broken link asks for small pages as it sends small batches. The change at
    position `unreadable` goes alone, as text. `after` stands for the position acknowledged
    so far, where several requests are made before any answer.
    """
    mine = outbox.me(connection)
    mine = mine if after is None else replace(mine, acked=after)
    is_opaque = mine.acked + 1 == unreadable
    rows = tuple(outbox.batch(connection, mine.acked, 1 if is_opaque else known.changes, known.batch))
    prev = head = outbox.link_at(connection, mine.stream, mine.acked) or b""
    for row in rows:
        head = next_link(head, row.op_id)
    return Request(
        stream=mine.stream,
        origin=mine.origin,
        first=mine.acked + 1,
        prev=prev,
        rows=() if is_opaque else rows,
        head=head,
        last=mine.seq,
        settled=mine.settled,
        cursor=mine.cursor,
        epoch=mine.epoch,
        resume=known.resume,
        limit=known.page,
        machine=mine.machine,
        program=program,
        opaque=as_text(rows[0], mine.stream, unreadable) if is_opaque and rows else None,
        about=about.now(connection),
    )


def receive(connection: Connection, reply: Reply) -> None:
    """Act on the centre's reply, whatever its age, in the caller's transaction."""
    mine = outbox.me(connection)
    if reply.stream != mine.stream or reply.epoch < mine.epoch:
        return
    grew = reply.epoch > mine.epoch
    hlc = max(mine.hlc, reply.now << _CLOCK_BITS)
    connection.execute(update(sync_self).values(centre_epoch=reply.epoch, hlc=hlc))
    if reply.lease is not None:
        numbers.keep(connection, *reply.lease)
    have, head = max(reply.probes)
    if grew and connection.scalar(select(func.count()).select_from(sync_closed)):
        _again(connection, mine, lambda: rehome.replay_all(connection))
    elif outbox.link_at(connection, mine.stream, have) != head:
        common = outbox.shared(connection, mine.stream, reply.probes)
        _again(connection, mine, lambda: rehome.rehome(connection, common))
    elif reply.kind != FORK:
        _acknowledge(connection, mine, have, lower=grew or reply.kind == REGRESS)
        _pull(connection, mine, reply)
    if hearing.is_ahead(connection, reply.now):
        _again(connection, outbox.me(connection), lambda: hearing.heal(connection, reply.now))


def _again(connection: Connection, mine: Me, move: Callable[[], None]) -> None:
    """Move to another stream; when what had an outcome waits again, own changes go back on top."""
    log = sync_log.c
    done = {row.op_id for row in connection.execute(select(log.op_id).where(log.seq <= mine.settled))}
    done |= {row.op_id for row in connection.execute(select(sync_closed.c.op_id))}
    move()
    if any(op in done for op in connection.scalars(select(log.op_id))):
        _overlay(connection)


def _acknowledge(connection: Connection, mine: Me, have: int, lower: bool) -> None:
    outbox.acknowledge(connection, mine, have if lower else max(mine.acked, have))
    if lower and have < mine.settled:
        _overlay(connection)


def _overlay(connection: Connection) -> None:
    """Put every own change without an outcome back on its row, in order."""
    settled = outbox.me(connection).settled
    query = select(sync_log).where(outbox.unsettled(settled)).order_by(sync_log.c.seq)
    apply.reapply(connection, connection.execute(query).mappings().all())


def _pull(connection: Connection, mine: Me, reply: Reply) -> None:
    """Take the page, if it starts where this kiosk stands."""
    page = reply.page
    if page.since != mine.cursor:
        return
    if page.full:
        whole = snapshot.stage(connection, page)
        if not whole:
            return
        apply.settle(connection, reply)
        snapshot.swap(connection)
    else:
        snapshot.forget(connection)
        apply.settle(connection, reply)
        apply.take(connection, page.items)
        leaving.leave(connection, page.left)
    connection.execute(update(sync_self).values(cursor=page.cursor))
