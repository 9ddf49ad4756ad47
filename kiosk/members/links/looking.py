"""The look-out of a serving process: cards that changed are compared within the minute."""

import logging
import threading
import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.members.links import scan
from kiosk.storage import Store, clock, transaction

EVERY_SECONDS = 60.0
PAUSE_SECONDS = 0.03
SLICE_SECONDS = 0.05
"""How long nobody else may write while cards are compared: a registration waits that long at most."""
STEP = 5
"""Cards looked at between two looks at the clock: a slice outlasts its time by one step at most."""
log = logging.getLogger("kiosk.members")


class LookOut:
    """Looks at changed cards from time to time; pages only read what it found.

    Short transactions with a breath between them (`pause`, in seconds), so that
    nobody at the counter waits.
    """

    def __init__(self, store: Store, every: float = EVERY_SECONDS, pause: float = PAUSE_SECONDS) -> None:
        self._store, self._every, self._pause = store, every, pause
        self._stop = threading.Event()
        self._seen: Any = None

    def start(self) -> None:
        """Begin looking, in a thread of its own."""
        threading.Thread(target=self._run, name="look-out", daemon=True).start()

    def stop(self) -> None:
        """Stop looking, after the present transaction at most."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(self._every if self._seen else 1.0):
            try:
                self.look()
            except SQLAlchemyError as error:
                log.warning("cards not compared, put off: %s", error)

    def look(self) -> int:
        """Look at all that changed since the last time; return how many cards."""
        with self._store.open():
            moment = self._store.moment()
            if moment == self._seen:
                return 0
            total = sum(self._by_parts())
        self._seen = moment
        return total

    def _by_parts(self) -> Iterator[int]:
        """Look at some cards at a time, each time in a transaction of its own."""
        at, total = scan.FIRST, 1
        while total and not self._stop.is_set():
            with transaction():
                at, total = _slice(at)
            yield total
            self._stop.wait(self._pause)


def _slice(at: uuid.UUID) -> tuple[uuid.UUID, int]:
    """Look at cards after that uid for as long as a slice lasts; return the last of them and how many.

    How long a card takes cannot be told before (a crowd of namesakes, a busy machine), so the
    clock is asked after every step.
    """
    now, total = clock.monotonic(), 0
    until = now + SLICE_SECONDS
    while looked := scan.some(at, STEP):
        at, total, before, now = looked.last, total + looked.count, now, clock.monotonic()
        if now + (now - before) >= until:
            break
    return at, total
