"""Has anything changed? Asked before every shared page, so it must cost next to nothing."""

import sqlite3
import threading
from pathlib import Path


class Watch:
    """Counts the commits seen in a SQLite file, whoever made them.

    SQLite's own counter only means something to the connection that asks, so
    one connection asks for all threads.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            f"file:{path}?mode=ro", uri=True, check_same_thread=False, isolation_level=None
        )

    def moment(self) -> int:
        """Return a number that differs after any commit of any process."""
        with self._lock:
            found: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return found

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._connection.close()
