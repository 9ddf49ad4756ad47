"""One process at a time, or several that agree: an advisory lock on a file of the data directory."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SERVING, SENDING = "serve.lock", "sync.lock"
"""Held by the process that serves the pages, and by the one that exchanges with the centre."""


class AlreadyRunning(Exception):
    """Another process holds the lock; the text names it."""


@contextmanager
def only_one(path: Path, busy: str, shared: bool = False) -> Iterator[None]:
    """Hold the lock file `path`, or raise AlreadyRunning with the sentence `busy`.

    `shared`: beside others that share it too. The kernel frees the lock when the
    process dies, however it dies.
    """
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
        os.close(handle)
        raise AlreadyRunning(f"{busy} (processus {holder or 'inconnu'})") from error
    with suppress(OSError):  # a full disk: the lock holds without a name in it
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Hold the lock file `path` for a moment, waiting for whoever has it: thread or process."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
