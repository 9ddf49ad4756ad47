"""Whether this process can serve, in one word, for whoever shares out the work among several."""

import shutil
import threading
from pathlib import Path

from kiosk.storage import Store, StoreError, clock
from kiosk.storage.store import head
from kiosk.sync.blobs.parts import RESERVE

OK, DATABASE, VERSION, DISK = "ok", "base", "version", "disque"
"""Ready; the database does not answer; it is not at this program's migration; the disk is full."""

KEPT_S = 2.0
"""How long an answer holds (s): however often somebody asks, the database hears it seldom."""


class Readiness:
    """What the last look found, for one process."""

    def __init__(self, store: Store, data: Path) -> None:
        self._store, self._data, self._head = store, data, head()
        self._looking = threading.Lock()
        self._word, self._at = OK, float("-inf")

    def word(self) -> str:
        """Return OK or the reason; while a silent database keeps one look waiting, the last word holds."""
        if clock.monotonic() - self._at < KEPT_S or not self._looking.acquire(blocking=self._at < 0):
            return self._word
        try:
            self._word = self._look()
            self._at = clock.monotonic()
        finally:
            self._looking.release()
        return self._word

    def _look(self) -> str:
        try:
            found = self._store.version()
        except StoreError:
            return DATABASE
        if found != self._head:
            return VERSION
        return OK if shutil.disk_usage(self._data).free > RESERVE else DISK
