"""The kiosk's carrier of files: after the changes, in order of rank, within what files may cost."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kiosk import config
from kiosk.storage import Store, clock, session, transaction
from kiosk.storage.files import at as files_of
from kiosk.sync import keyfile, link, outbox
from kiosk.sync.blobs import allowance, ledger, sweeping
from kiosk.sync.blobs.allowance import Rules
from kiosk.sync.blobs.calls import MOST_ASKED, BlobCalls, Declined
from kiosk.sync.blobs.needs import needs
from kiosk.sync.blobs.pace import Later, Pace
from kiosk.sync.blobs.parts import BadContent, NoRoom, Parts
from kiosk.sync.blobs.queue import Waiting, Way, waiting
from kiosk.sync.blobs.trip import Trip
from kiosk.sync.caller import Caller
from kiosk.sync.link import Tally

log = logging.getLogger("kiosk.sync")

OUTCOME = "files"
_TURN = 300.0
_KEPT = ("too_big", "full", "damaged")


@dataclass
class Moved:
    """What one turn of the carrier did; `again` asks for another turn after the changes."""

    sent: int = 0
    received: int = 0
    again: bool = False


class Carrier:
    """Carries files for one machine; `interrupted` tells that changes or a person wait.

    It lives as long as the worker, so that it remembers what not to ask again too soon.
    """

    def __init__(self, store: Store, data: Path, interrupted: Callable[[], bool] = lambda: False) -> None:
        settings = config.load(data)
        self._store, self._data, self._interrupted = store, data, interrupted
        self.rules = Rules.of(settings)
        self._files = files_of(settings)
        self._parts = Parts(self._files, settings.spool)
        self._later, self._until, self._stopped = Later(), 0.0, False

    def carry(self, caller: Caller) -> Moved:
        """Carry what waits, for five minutes at most; raises Trouble, with what moved kept.

        Call it when all changes are sent.
        """
        self._until, self._stopped = clock.monotonic() + _TURN, False
        with self._store.open():
            mine, known = outbox.me(session().connection()), link.load(session().connection())
            queue = self._queue(mine.epoch)
            self._tidy(queue)
        due = [one for one in queue if one.way != Way.IN_BY_HAND and self._later.is_due(_name(one))]
        moved = Moved()
        if not due or not self._goes_on():
            return moved
        calls = BlobCalls(caller, mine.stream.hex, known, self._pay)
        trip = Trip(self._store, self._parts, calls, Pace(known.batch), self._goes_on)
        try:
            self._move(due, calls, trip, mine.epoch, moved)
        finally:
            self._note(calls, moved)
        moved.again = self._stopped
        return moved

    def _queue(self, epoch: int) -> list[Waiting]:
        connection = session().connection()
        return waiting(connection, self._files, self._space, epoch, self.rules)

    @property
    def _space(self) -> uuid.UUID:
        return uuid.UUID(keyfile.load(self._data).space_uid)

    def _tidy(self, queue: list[Waiting]) -> None:
        """Give up the parts of contents that no row wants any more, and what is known of such."""
        coming = {_name(one) for one in queue if one.way in (Way.IN, Way.IN_BY_HAND)}
        named = {need.content.sha256 for need in needs(session().connection())}
        known = ledger.every(session().connection())
        gone = [n for n, one in known.items() if n not in (coming if one.state == ledger.PART else named)]
        if gone:
            self._parts.drop(gone)
        for stray in self._parts.strays(clock.now_ms() + 1):
            stray.unlink(missing_ok=True)
        sweeping.sweep(self._data)

    def _goes_on(self) -> bool:
        """Tell whether the next piece may pass; remember if only changes or time stopped it."""
        with self._store.open():
            connection = session().connection()
            if not allowance.left(connection, self.rules) or not allowance.is_open(self.rules):
                return False
        self._stopped = self._stopped or self._interrupted() or clock.monotonic() > self._until
        return not self._stopped

    def _move(self, due: list[Waiting], calls: BlobCalls, trip: Trip, epoch: int, moved: Moved) -> None:
        wanted = [_name(one) for one in due if one.way != Way.OUT][:MOST_ASKED]
        there = calls.present(wanted) if wanted else set()
        for one in due:
            if not self._goes_on():
                return
            if one.way == Way.OUT:
                moved.sent += self._try(one, partial(trip.send, epoch=epoch))
            elif _name(one) in there and one.way == Way.OUT_BY_HAND:
                self._try(one, partial(trip.arrived, epoch=epoch))
            elif _name(one) in there:
                moved.received += self._try(one, partial(trip.fetch, size=one.content.size, epoch=epoch))
            else:
                self._later.put_off(_name(one))

    def _try(self, one: Waiting, work: Callable[[str], bool]) -> bool:
        """Move one content; put off what the centre or a disk does not take now."""
        name = _name(one)
        try:
            done = work(name)
        except Declined as declined:
            self._put_off(one, declined.reason)
        except NoRoom:
            self._put_off(one, "no_room")
        except (BadContent, FileNotFoundError):
            self._put_off(one, "damaged")
        else:
            if done:
                self._later.done(name)
            return done
        return False

    def _put_off(self, one: Waiting, reason: str) -> None:
        log.warning("file %s put off: %s", _name(one)[:12], reason)
        self._later.put_off(_name(one))
        if one.way != Way.OUT:
            return
        with self._store.open(), transaction() as current:
            if reason in _KEPT:
                ledger.refuse(current.connection(), _name(one), reason)
            elif reason == "wrong":
                # Cut into leaves afresh the next time: a disk that spoiled it shows then.
                ledger.forget(current.connection(), [_name(one)])

    def _pay(self, size: int) -> None:
        with self._store.open(), transaction() as current:
            allowance.spend(current.connection(), size)

    def _note(self, calls: BlobCalls, moved: Moved) -> None:
        spent = calls.spent
        if not spent.total:
            return
        tally = Tally(moved.sent, moved.received, spent.up, spent.down, spent.seconds)
        with self._store.open(), transaction() as current:
            link.note(current.connection(), tally, OUTCOME)


def _name(one: Waiting) -> str:
    return one.content.sha256
