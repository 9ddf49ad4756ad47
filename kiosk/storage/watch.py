"""Has anything changed? Asked before every page, so it must cost next to nothing.

A SQLite file in WAL mode has an index beside it (`-shm`) whose header every
reader compares before it reads and every commit replaces, whichever process
makes it (sqlite.org/walformat.html, § 2.1). Looking at those bytes is a memory
read: no statement, no lock that all threads would queue for.

The bytes are read where SQLite itself mapped them. Opening the index once more
would be the end of it: a process that closes any descriptor of a file gives up
all its locks on it (fcntl(2)), SQLite's own among them, and the next process to
come would take the index for an abandoned one and empty it under our feet.
"""

import sqlite3
import threading
from pathlib import Path
from typing import Any

_HEADER = 48
_MAPS = Path("/proc/self/maps")


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
        index = self._index
        if index is not None:
            header: bytes = index.raw
            return header
        with self._lock:
            found: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return found.to_bytes(8, "big")

    def close(self) -> None:
        """Give the files back."""
        with self._lock:
            self._index = None
            self._connection.close()


def _index_of(path: Path) -> Any:
    """Find the header of the WAL index in this process's memory; None where there is none."""
    import ctypes  # a process that serves no page does without

    index = path.with_name(f"{path.name}-shm")
    try:
        inode = str(index.stat().st_ino)
        mapped = [line.split(maxsplit=5) for line in _MAPS.read_text().splitlines()]
    except OSError:
        return None
    for place, rights, offset, _, number, *name in mapped:
        begins = rights.startswith("r") and int(offset, 16) == 0
        if begins and number == inode and name and name[0].endswith(index.name):
            return (ctypes.c_char * _HEADER).from_address(int(place.partition("-")[0], 16))
    return None
