"""Has anything changed? Asked before every page, so it must cost next to nothing.

A SQLite file in WAL mode has an index beside it (`-shm`) whose header every
reader compares before it reads and every commit replaces, whichever process
makes it (sqlite.org/walformat.html, § 2.1). Looking at those bytes is a memory
read: no statement, no lock that all threads would queue for.
"""

import mmap
import sqlite3
import threading
from pathlib import Path

_HEADER = 48


class Watch:
    """Tells the commits of a SQLite file apart, whoever made them."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        # Held open: SQLite takes the index away with the last connection.
        self._connection = sqlite3.connect(
            f"file:{path}?mode=ro", uri=True, check_same_thread=False, isolation_level=None
        )
        self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self._index = _index_of(path)

    def moment(self) -> bytes:
        """Return bytes that differ after any commit of any process."""
        if self._index is not None:
            return self._index[:_HEADER]
        with self._lock:
            found: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return found.to_bytes(8, "big")

    def close(self) -> None:
        """Give the files back."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None
            self._connection.close()


def _index_of(path: Path) -> mmap.mmap | None:
    """Map the header of the WAL index; None where the file system keeps none."""
    try:
        with path.with_name(f"{path.name}-shm").open("rb") as index:
            return mmap.mmap(index.fileno(), _HEADER, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
