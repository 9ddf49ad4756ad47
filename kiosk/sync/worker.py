"""The worker: one process a machine that exchanges when there is something to say.

It exchanges soon after a change, now and then to hear of others, at once when
somebody rings, and backs off with jitter on monotonic time when the link fails.
"""

import logging
import random
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from kiosk.storage import Store, clock, transaction
from kiosk.storage.lock import SENDING, only_one
from kiosk.sync import compaction, keyfile, link, outbox, rebuild, start
from kiosk.sync import enrol as enrolment
from kiosk.sync.blobs import sweeping
from kiosk.sync.blobs.carrier import Carrier, Moved
from kiosk.sync.caller import Caller
from kiosk.sync.exchange import Exchange, Progress
from kiosk.sync.link import Tally
from kiosk.sync.on_disk import on_disk
from kiosk.sync.time import dated
from kiosk.sync.time.dated import DatedLine
from kiosk.sync.trouble import NoLink, NotEnrolled, Revoked, Trouble
from kiosk.sync.wake import Bell
from kiosk.sync.withdrawn import Rest

log = logging.getLogger("kiosk.sync")

BUSY = "Un envoi est déjà en cours"
FIRST_WAIT, LONGEST_WAIT = 30.0, 3_600.0
Arrive = Callable[[uuid.UUID], None]
Carried = Callable[[int, int], None]
LISTEN, GATHER, LOOK = 900.0, 20.0, 10.0


class Backoff:
    """Decorrelated jitter between half a minute and an hour."""

    def __init__(self, draw: Callable[[float, float], float] = random.uniform) -> None:
        self._draw, self._last = draw, 0.0

    def next(self, asked: float | None = None) -> float:
        """Return how long (s) to wait after one more failure; `asked` by the centre is obeyed."""
        high = max(FIRST_WAIT, self._last * 3)
        self._last = min(LONGEST_WAIT, self._draw(FIRST_WAIT, high))
        return max(self._last, asked or 0.0)

    def reset(self) -> None:
        """Forget the failures."""
        self._last = 0.0


class Talker:
    """Keeps one connection to the centre from exchange to exchange.

    `arrive` lets the rooms take their place once the rows of the key's space have come.
    """

    def __init__(self, store: Store, data: Path, program: str, arrive: Arrive = lambda _space: None) -> None:
        self._store, self._data, self._program = store, data, program
        self._arrive = arrive
        self._line: DatedLine | None = None
        self._known: keyfile.Identity | None = None
        self._carrier: Carrier | None = None
        self._rest = Rest(store)

    def exchange(self, show: Progress | None = None) -> Tally:
        """Do one whole exchange; raises Trouble, already written in the link's row."""
        try:
            with on_disk():
                tally = self._run(show)
                self._settle()
                compaction.after_exchange(self._store)
            return tally
        except Trouble as trouble:
            if isinstance(trouble, Revoked):
                self._rest.hand_in(self._caller())
            self._say(trouble)
            raise
        finally:
            # A note for the next start: it fails no exchange.
            with suppress(DBAPIError, OSError):
                start.remember(self._store, self._data)

    def _say(self, trouble: Trouble) -> None:
        """Write what stopped the exchange where the page looks; a full disk is seen without it."""
        with suppress(DBAPIError), self._store.open(), transaction() as session:
            link.change(session.connection(), state=link.IDLE, trouble=trouble.code)

    def _run(self, show: Progress | None) -> Tally:
        """Exchange; where a wrong date alone closed the door, ask the time and knock again."""
        caller = self._caller()
        try:
            return Exchange(self._store, caller, show).run()
        except NoLink as trouble:
            if not dated.is_about_dates(trouble):
                raise
        dated.learn(self._store, keyfile.load(self._data))
        return Exchange(self._store, caller, show).run()

    def _settle(self) -> None:
        if self._known is not None:
            with self._store.open(), transaction():
                self._arrive(uuid.UUID(self._known.space_uid))

    def _caller(self) -> Caller:
        rebuild.go_on(self._store, self._data, self._program)
        identity = keyfile.load(self._data)
        enrolment.settle_in(self._store, identity)
        if self._line is None or identity != self._known:
            self.close()
            self._line, self._known = DatedLine(identity.centre, identity.authority), identity
        keep = (partial(keyfile.learn, self._data), partial(keyfile.renew, self._data))
        return Caller(identity, self._line, self._program, *keep)

    def carry(self, interrupted: Callable[[], bool] = lambda: False) -> Moved:
        """Carry files, once all changes are sent; raises Trouble, which holds no change back."""
        if self._carrier is None:
            self._carrier = Carrier(self._store, self._data, interrupted)
        with on_disk():
            return self._carrier.carry(self._caller())

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()


def once(
    store: Store,
    data: Path,
    program: str,
    show: Progress | None = None,
    arrive: Arrive = lambda _space: None,
    carried: Carried = lambda sent, received: None,
) -> Tally:
    """Exchange once, unless another process does; raises Trouble or AlreadyRunning.

    `carried` hears how many files left and came.
    """
    with only_one(data / SENDING, BUSY):
        start.check(store, data)
        talker = Talker(store, data, program, arrive)
        try:
            tally = talker.exchange(show)
            while (moved := talker.carry()).again:
                carried(moved.sent, moved.received)
                talker.exchange()
            carried(moved.sent, moved.received)
            return tally
        finally:
            talker.close()


class Worker:
    """Exchanges for as long as it lives; `rounds` bounds it in tests."""

    def __init__(self, store: Store, data: Path, program: str, talker: Talker | None = None) -> None:
        self._store, self._data = store, data
        self._talker = talker or Talker(store, data, program)
        self._backoff, self._is_checked = Backoff(), False

    def run(self, rounds: int | None = None) -> None:
        """Work until stopped; raises AlreadyRunning when another worker does."""
        with only_one(self._data / SENDING, BUSY):
            bell = Bell(self._data)
            try:
                while rounds is None or rounds > 0:
                    self._wait(bell, self._once(bell))
                    rounds = None if rounds is None else rounds - 1
            finally:
                bell.close()
                self._talker.close()

    def _once(self, bell: Bell) -> float:
        """Exchange, carry files until something changes, and return how long to wait for the next time.

        Raises StoreError when the database moved to another version meanwhile: only
        a process of the new program may write it.
        """
        try:
            self._get_ready()
            self._talker.exchange()
            again = self._talker.carry(lambda: bell.wait(0) or self._has_news()).again
        except Trouble as trouble:
            log.info("%s %s", trouble, trouble.detail)
            return self._after(trouble)
        except (DBAPIError, OSError) as error:
            log.error("exchange put off: %s", error)
            return self._backoff.next()
        self._backoff.reset()
        return 0.0 if again else LISTEN * random.uniform(0.8, 1.2)

    def _get_ready(self) -> None:
        """See whether this is the same machine still, once; a full disk puts that off too."""
        with on_disk():
            self._store.check_version()
            if not self._is_checked:
                start.check(self._store, self._data)
                with self._store.open():
                    sweeping.sweep(self._data)
        self._is_checked = True

    def _after(self, trouble: Trouble) -> float:
        if isinstance(trouble, NotEnrolled):
            return LISTEN
        if trouble.moved:
            self._backoff.reset()
        return self._backoff.next(trouble.after) if trouble.again else LONGEST_WAIT

    def _wait(self, bell: Bell, seconds: float) -> None:
        """Wait for the next time, a ring, or (when the link works) a fresh change."""
        self._note_next(seconds)
        until = clock.monotonic() + seconds
        while (left := until - clock.monotonic()) > 0:
            if bell.wait(min(left, LOOK)):
                self._backoff.reset()
                return
            if self._has_news():
                until = min(until, clock.monotonic() + GATHER)

    def _note_next(self, seconds: float) -> None:
        with suppress(DBAPIError), self._store.open(), transaction() as session:
            link.change(session.connection(), next_try=clock.now_ms() + int(seconds * 1000))

    def _has_news(self) -> bool:
        """Tell whether something waits that no failed link holds back."""
        with suppress(DBAPIError), self._store.open() as session:
            connection = session.connection()
            mine = outbox.me(connection)
            return mine.seq > mine.acked and link.load(connection).trouble is None
        return False
