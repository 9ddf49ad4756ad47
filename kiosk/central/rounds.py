"""What a serving centre does of itself from time to time, in short transactions, in nobody's way."""

import logging
import random
import threading

from sqlalchemy.exc import SQLAlchemyError

from kiosk.storage import Store

EVERY_SECONDS, PAUSE_SECONDS = 3_600.0, 0.2
log = logging.getLogger("kiosk.central")


class Rounds:
    """Makes the commit log lighter, an hour after the start and each hour since.

    Each process has its own; they take turns in the database, as all writers do, and each
    goes on where the last one stopped.
    """

    def __init__(self, store: Store, every: float = EVERY_SECONDS, pause: float = PAUSE_SECONDS) -> None:
        self._store, self._every, self._pause = store, every, pause
        self._stop = threading.Event()

    def start(self) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self._run, name="rounds", daemon=True).start()

    def stop(self) -> None:
        """Stop, after the present transaction at most."""
        self._stop.set()

    def _run(self) -> None:
        # Processes that started together do not come together.
        while not self._stop.wait(self._every * random.uniform(0.9, 1.1)):
            try:
                self.go()
            except SQLAlchemyError as error:
                log.warning("log not made lighter, put off: %s", error)

    def go(self) -> int:
        """Go round once; return how many commits went."""
        from kiosk.central import compaction  # not at the start: nobody waits for it

        return compaction.lighten(self._store, breathe=lambda: self._stop.wait(self._pause))
