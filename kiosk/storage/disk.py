"""What a disk does not take, in one word, whoever said so: the system, SQLite or PostgreSQL."""

import errno
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

FULL, LOCKED, FAILING = "full", "locked", "failing"
"""No room; writing refused; it answers badly."""

LEAST = 1_000_000
"""Bytes below which a disk is full: a change and its journal need some room."""

_SYSTEM = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), FULL),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), LOCKED),
    errno.EIO: FAILING,
}
_INDEX_CANNOT_GROW = sqlite3.SQLITE_IOERR_SHMSIZE
_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: LOCKED,
    sqlite3.SQLITE_CANTOPEN: LOCKED,
    sqlite3.SQLITE_IOERR: FAILING,
}
_POSTGRES = {"53100": FULL, "25006": LOCKED, "58030": FAILING}


def refusal(error: BaseException) -> str | None:
    """Return FULL, LOCKED or FAILING where the disk is what failed, else None."""
    if isinstance(error, DBAPIError):
        return refusal(error.orig) if error.orig is not None else None
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:  # the driver itself speaks, in the words of SQLite
            return FULL if "is full" in str(error) else None
        return FULL if code == _INDEX_CANNOT_GROW else _SQLITE.get(code & 0xFF)
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0)
    if error.__cause__ is not None:
        return refusal(error.__cause__)
    return _POSTGRES.get(getattr(error, "sqlstate", None) or "")


def is_full(folder: Path) -> bool:
    """Tell whether a folder's disk has no room left; one that does not answer is not known to be full."""
    try:
        return shutil.disk_usage(folder).free < LEAST
    except OSError:
        return False
