"""`kiosk sync` beside a worker: wakes it, and waits for what its exchange gives."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from kiosk.storage import Store, clock
from kiosk.storage.lock import AlreadyRunning
from kiosk.sync import link, status, wake
from kiosk.sync.exchange import Progress
from kiosk.sync.link import Tally
from kiosk.sync.messages import OK
from kiosk.sync.models import sync_exchange
from kiosk.sync.trouble import KINDS, Trouble

_STEP = 0.2
_LATE = 600.0
"""Seconds after which a worker that sleeps through its bell is not waited for."""


def through_whom_it_may(store: Store, data: Path, alone: Callable[[], Tally], show: Progress) -> Tally:
    """Exchange by `alone`, or through the worker that holds the machine's only voice.

    Raises Trouble as an exchange of our own would, AlreadyRunning where the other
    process is no worker.
    """
    while True:
        with store.open():
            last = status.last_id()
        try:
            return alone()
        except AlreadyRunning:
            before = _look(store, last)
            if not wake.ring(data):
                raise
        found = _heard(store, data, before, last, show)
        if found is not None:
            return found


@dataclass(frozen=True)
class _Seen:
    """The link's row now, and the exchanges that ended since the ring."""

    link: link.Link
    ended: list[Tally]


def _look(store: Store, last: int) -> _Seen:
    line = sync_exchange.c
    ended = select(line.sent, line.received).where(line.id > last, line.outcome == OK).order_by(line.id)
    with store.open() as session:
        connection = session.connection()
        return _Seen(link.load(connection), [Tally(*row) for row in connection.execute(ended)])


def _heard(store: Store, data: Path, before: _Seen, last: int, show: Progress) -> Tally | None:
    """Return what the exchange moved; None when the worker left meanwhile. Raises its trouble."""
    # One already on its way may have asked the centre for news before we rang: the bell brings another.
    wanted = 2 if before.link.state == link.RUNNING else 1
    told, rounds, moved = before.link.next_try, 0, clock.monotonic()
    known = before.link
    while wake.is_heard(data):
        threading.Event().wait(_STEP)
        now = _look(store, last)
        if len(now.ended) >= wanted:
            return now.ended[-1]
        rounds, told = rounds + (now.link.next_try != told), now.link.next_try
        if now.link != known:
            moved, known = clock.monotonic(), now.link
            _tell(store, now.link, show)
        _stop_on(now.link, rounds, clock.monotonic() - moved)
    return None


def _tell(store: Store, now: link.Link, show: Progress) -> None:
    if now.state == link.RUNNING:
        with store.open():
            current = status.current()
        show(current.done, current.goal)


def _stop_on(now: link.Link, rounds: int, idle: float) -> None:
    """Raise the trouble of a round that ended badly: `rounds` are those the worker has ended since."""
    if now.state == link.RUNNING:
        return
    # A round that leaves no trouble and no line was cut short by the bell; two of them are a failure.
    if rounds and now.trouble:
        raise KINDS.get(now.trouble, Trouble)()
    if rounds > 1 or idle > _LATE:
        raise Trouble()
