"""Waking the worker: a named pipe in the data directory, written by « Synchroniser »."""

import os
import select
import stat
from pathlib import Path

NAME = "sync.wake"


class Bell:
    """The worker's end of the pipe."""

    def __init__(self, data: Path) -> None:
        path = data / NAME
        if not path.exists() or not stat.S_ISFIFO(path.stat().st_mode):
            path.unlink(missing_ok=True)
            os.mkfifo(path, 0o600)
        # Read and write, so that it never reports an end when the last ringer leaves.
        self._handle = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def wait(self, seconds: float) -> bool:
        """Sleep until somebody rings or the time is over; True if somebody rang."""
        ready, _, _ = select.select([self._handle], [], [], max(seconds, 0))
        if ready:
            os.read(self._handle, 4096)
        return bool(ready)

    def close(self) -> None:
        """Stop listening."""
        os.close(self._handle)


def ring(data: Path) -> bool:
    """Wake the worker; False when none listens."""
    return _say(data, b"\n")


def is_heard(data: Path) -> bool:
    """Tell whether a worker listens, without waking it."""
    return _say(data, b"")


def _say(data: Path, what: bytes) -> bool:
    try:
        handle = os.open(data / NAME, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        if what:
            os.write(handle, what)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
