"""What never leaves this machine but inside a copy that is locked: members' photos, answers on health.

Each shelf is a folder of the data directory's `private/`, each thing one file named
after the row it belongs to. No table names it, so no exchange, bundle, export or
copy of the database alone can carry it.
"""

import os
import secrets
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

FOLDER, PHOTOS = "private", "photos"
TABLES = ("member_difficulties",)
"""Tables of this machine alone whose rows are as private: answers about health."""
_PART = ".part"


@dataclass(frozen=True)
class Shelf:
    """The things of one kind, in files that this account alone may read."""

    root: Path

    def path(self, uid: uuid.UUID) -> Path:
        """Return where the thing of a row lies, or would."""
        return self.root / uid.hex

    def has(self, uid: uuid.UUID) -> bool:
        """Tell whether a row has one."""
        return self.path(uid).is_file()

    def put(self, uid: uuid.UUID, content: bytes) -> None:
        """Keep a row's thing in the place of the one before: whole or not at all."""
        self.root.parent.mkdir(mode=0o700, exist_ok=True)
        self.root.mkdir(mode=0o700, exist_ok=True)
        partial = self.root / f"{uid.hex}.{secrets.token_hex(4)}{_PART}"
        handle = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, self.path(uid))
        finally:
            partial.unlink(missing_ok=True)
        _flush(self.root)

    def drop(self, uid: uuid.UUID) -> bool:
        """Take a row's thing away for good; tell whether there was one."""
        with suppress(FileNotFoundError):
            self.path(uid).unlink()
            _flush(self.root)
            return True
        return False

    def sweep(self) -> None:
        """Take away what a power cut left half written. Call it before anybody puts."""
        for stray in self.root.glob(f"*{_PART}"):
            stray.unlink(missing_ok=True)

    def uids(self) -> Iterator[uuid.UUID]:
        """Yield the rows that have one."""
        for path in self.root.glob("*") if self.root.is_dir() else ():
            with suppress(ValueError):
                yield uuid.UUID(hex=path.name)


def shelf(data: Path, name: str) -> Shelf:
    """Return a shelf of a data directory."""
    return Shelf(data / FOLDER / name)


def shelf_beside(connection: Connection, name: str) -> Shelf | None:
    """Return a shelf beside the database of a connection; a server's database has none."""
    path = connection.engine.url.database
    return shelf(Path(path).parent, name) if path and connection.dialect.name == "sqlite" else None


def files(data: Path) -> list[Path]:
    """Return every private file of a machine; those on their way in are none yet."""
    return sorted(path for path in (data / FOLDER).rglob("*") if path.is_file() and path.suffix != _PART)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
