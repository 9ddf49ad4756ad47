"""Old copies: how many stay, and which still hold the names of people who were erased since.

An erasure reaches every log but no copy that lies somewhere else. The copies of
a folder rotate; those that predate the last erasure are told, so that a person
replaces them too.
"""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from kiosk.storage import clock
from kiosk.storage.base import Base

PATTERN = "kiosk-*.tar"


def target(place: Path) -> Path:
    """Return the file to write a copy to: in a folder, one named after this moment."""
    if not place.is_dir():
        return place
    return place / f"kiosk-{clock.local(clock.now_ms()):%Y-%m-%d-%H%M%S}.tar"


def rotate(folder: Path, keep: int) -> list[Path]:
    """Delete all but the `keep` newest copies of a folder; return what went."""
    old = sorted(folder.glob(PATTERN), key=_moment)[:-keep]
    for path in old:
        path.unlink()
    return old


def last_erasure(connection: Connection) -> int | None:
    """Return when somebody was erased last (ms), None where nobody was."""
    table: Table | None = Base.metadata.tables.get("erasure")
    return None if table is None else connection.scalar(select(func.max(table.c.ordered_at)))


def with_erased_names(data: Path, folder: Path, erased_at: int) -> list[Path]:
    """Return the copies beside this machine's data, and in `folder`, that predate an erasure."""
    beside = [data.glob("avant-restauration-*.db"), (data / "backups").glob("*.db"), folder.glob("*.tar")]
    return sorted(path for found in beside for path in _before(found, erased_at))


def _before(found: Iterable[Path], erased_at: int) -> list[Path]:
    return [path for path in found if _moment(path) * 1000 < erased_at]


def _moment(path: Path) -> float:
    return path.stat().st_mtime
