"""What this machine tells the centre of itself with each exchange."""

import shutil
from pathlib import Path

from sqlalchemy import Connection

from kiosk.storage import numbers
from kiosk.sync import diagnoses
from kiosk.sync.asides import About

FEW = 100
_MB = 1_000_000


def now(connection: Connection, tells: bool = True) -> About:
    """Return the state of the disk, the leased numbers where they run low; what waits to be told."""
    left, last = numbers.left(connection)
    report = diagnoses.waiting(connection) if tells else None
    return About(disk=_free(connection), numbers=(left, last) if left < FEW else None, report=report)


def _free(connection: Connection) -> int | None:
    path = connection.engine.url.database
    try:
        return shutil.disk_usage(Path(path).parent).free // _MB if path else None
    except OSError:
        return None
