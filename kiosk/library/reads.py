"""Counting reads without watching readers: a number per material and day, nothing else.

Counts stay in memory and go to the database in one upsert a minute, and when
the machine stops. A power cut loses a minute of counts and no more.
"""

import datetime
import logging
import threading
from collections import Counter

from sqlalchemy.exc import SQLAlchemyError

from kiosk.library import services
from kiosk.storage import Store, transaction

EVERY_SECONDS = 60.0
log = logging.getLogger("kiosk.library")


class Reads:
    """The counts of one serving process."""

    def __init__(self, store: Store, every: float = EVERY_SECONDS) -> None:
        self._store = store
        self._every = every
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, datetime.date]] = Counter()
        self._timer: threading.Timer | None = None

    def note(self, slug: str, day: datetime.date) -> None:
        """Count one read of the material at that address."""
        with self._lock:
            self._counts[slug, day] += 1
            if self._timer is None:
                self._timer = threading.Timer(self._every, self.flush)
                self._timer.daemon = True
                self._timer.start()

    def waiting(self) -> int:
        """How many reads are not written yet."""
        with self._lock:
            return self._counts.total()

    def flush(self) -> None:
        """Write what was counted; on failure keep it for the next time."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        if not counts:
            return
        try:
            with self._store.open(), transaction():
                services.add_reads(counts)
        except SQLAlchemyError as error:
            log.warning("reads not written, kept for later: %s", error)
            with self._lock:
                self._counts.update(counts)
