"""The kiosk's side of an exchange: push, acknowledgement and pull in one round trip.

Everything the kiosk knows is in its database, so that a crash anywhere is the
same as a lost message: the next exchange starts from what is written.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from kiosk.storage import Store, clock, fault, transaction
from kiosk.storage.changes import next_link
from kiosk.sync import emptying, link, outbox
from kiosk.sync.caller import Caller
from kiosk.sync.link import Tally
from kiosk.sync.messages import OK, Request
from kiosk.sync.outbox import Me
from kiosk.sync.receiving import receive
from kiosk.sync.rows_on_wire import as_text
from kiosk.sync.time import about, hearing
from kiosk.sync.trouble import NoLink, NotTheCentre, Refused, TooBig, Trouble, Unreached

_STALLED = 3
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
        self._shrunk = self._is_plain = self._has_moved = False
        self.tally = Tally()

    def run(self) -> Tally:
        """Go round until everything is sent and received; raises Trouble, with what moved kept."""
        goal = self._begin()
        outcome = Trouble.code
        try:
            self._rounds(goal)
            outcome = OK
        except Trouble as trouble:
            outcome, trouble.moved = trouble.code, bool(self.tally.sent or self.tally.received)
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
            request = self._briefly(session.connection(), known, request)
        fault.at("request.built")
        self._shrunk = False
        try:
            answer = self._caller.exchange(request, known)
        except (NoLink, NotTheCentre, Refused, TooBig) as trouble:
            return self._smaller(known, request, trouble)
        fault.at("reply.heard")
        with self._store.open(), transaction() as session:
            receive(session.connection(), answer.reply)
            sent = len(request.ops)
            more = answer.reply.page.more or request.last > request.first - 1 + sent
            learnt = link.after_success(known, sent, answer.up, answer.down, answer.seconds, more)
            learnt["speaks"] = answer.reply.schema if answer.reply.version > 1 else 0
            learnt["twins"] = answer.reply.twins
            if request.opaque:
                learnt["batch"] = self._usual
            link.change(session.connection(), **learnt)
            fault.at("reply.taken")
        emptying.fold(self._store.engine)
        hearing.heard(self._store, answer.reply.now, answer.seconds)
        received = len(answer.reply.page.items)
        self._has_moved = self._has_moved or bool(sent or received)
        self._count(answer.up, answer.down, answer.seconds, sent, received)
        return answer.reply.page.more or answer.reply.kind != OK

    def _briefly(self, connection: Connection, known: link.Link, request: Request) -> Request:
        """Write by position to a centre that knows our schema; say to every centre that we read it."""
        if self._is_plain or known.speaks < request.schema:
            return replace(request, reads=2)
        return replace(
            request, version=2, reads=2, places=outbox.created(connection, request.rows, request.first)
        )

    def _smaller(self, known: link.Link, request: Request, trouble: Trouble) -> bool:
        """Remember to send less at once; try again now only where the size or a change was the fault.

        A single change that the centre cannot read, or that is longer than it takes, goes as
        text, so that it delays no other.
        """
        if isinstance(trouble, NoLink | NotTheCentre):
            return self._after_cut(known, trouble)
        if isinstance(trouble, Refused) and request.version > 1:
            # It may have been put back to an older program, or lack a row that we name by its place.
            self._is_plain = self._shrunk = True
            return True
        with self._store.open(), transaction() as session:
            link.change(session.connection(), **link.after_refusal(known, len(request.rows)))
        if not request.rows:
            raise trouble
        self._unreadable, self._shrunk = request.first if len(request.rows) == 1 else 0, True
        self._usual = max(self._usual, known.batch)
        return True

    def _after_cut(self, known: link.Link, trouble: NoLink | NotTheCentre) -> bool:
        """Remember to send less at once; try again now if something passed since the last cut.

        A proxy that says itself what it thinks of a long request counts as a cut. Where
        nobody was reached, the size of what was to leave was not the fault.
        """
        if isinstance(trouble, Unreached):
            raise trouble
        size, seconds = (trouble.size, trouble.seconds) if isinstance(trouble, NoLink) else (0, 0.0)
        with self._store.open(), transaction() as session:
            link.change(session.connection(), **link.after_cut(known, size, seconds))
        if not self._has_moved:
            raise trouble
        self._has_moved, self._shrunk = False, True
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
    acked = mine.acked
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
        about=about.now(connection, tells=mine.acked == acked),
    )
