"""What the disk of this machine refuses, as the trouble it is for an exchange."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from kiosk.storage import StoreError, disk
from kiosk.sync.trouble import DiskFull, DiskLocked


@contextmanager
def on_disk() -> Iterator[None]:
    """Turn what the disk refuses in the block into DiskFull or DiskLocked; other failures pass."""
    try:
        yield
    except (DBAPIError, OSError, StoreError) as error:
        found = disk.refusal(error)
        if found is None:
            raise
        raise (DiskFull if found == disk.FULL else DiskLocked)(str(error)) from error


def trouble_now(connection: Connection) -> str | None:
    """Return the code of a disk without room: a full one keeps no note of what went wrong."""
    path = connection.engine.url.database
    return DiskFull.code if path and disk.is_full(Path(path).parent) else None
