"""What this machine tells the centre of itself with each exchange."""

import shutil
from pathlib import Path

from sqlalchemy import Connection

from kiosk.storage import numbers
from kiosk.sync.asides import About

FEW = 100
_MB = 1_000_000


def now(connection: Connection) -> About:
    """Return the state of the clock, of the disk, and of the leased numbers where they run low."""
    left, last = numbers.left(connection)
    return About(disk=_free(connection), numbers=(left, last) if left < FEW else None)


def _free(connection: Connection) -> int | None:
    path = connection.engine.url.database
    try:
        return shutil.disk_usage(Path(path).parent).free // _MB if path else None
    except OSError:
        return None
