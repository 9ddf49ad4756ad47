"""Backups of one kiosk: a consistent copy of the database and the files, verified.

A backup is one tar: `manifest.json` (names, sizes, SHA-256), `kiosk.db` made by
SQLite's own backup call while the kiosk works, and the content-addressed files.
The key file stays out, so that a copy of the data is not an identity. A machine with
a lock (`sealing`) locks the whole; what is private goes into locked copies alone.
"""

import itertools
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.storage import archive, notes, private, sealing
from kiosk.storage.archive import DATABASE, Progress
from kiosk.storage.sealing import Opener
from kiosk.storage.store import StoreError

LAST = "derniere-copie"
"""File of the data directory whose date is that of the last good backup; it says where that went."""


@dataclass(frozen=True)
class Last:
    """The last good backup: when (UTC milliseconds), its file (None from a former release)."""

    at: int
    file: Path | None


def last(data: Path) -> Last | None:
    """Return the last good backup of a machine, None before the first."""
    try:
        at = int((data / LAST).stat().st_mtime * 1000)
        said = (data / LAST).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None
    return Last(at, Path(said) if said else None)


def copy_database(source: Path, target: Path) -> None:
    """Copy a live SQLite database to `target` and check the copy.

    Raises StoreError where the copy is damaged. Whatever fails, nothing half done stays.
    """
    partial = target.with_name(target.name + ".part")
    try:
        _copied(source, partial)
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    archive.sync(target.parent)


def _copied(source: Path, partial: Path) -> None:
    archive.new_private(partial).close()
    origin, copy = sqlite3.connect(source), sqlite3.connect(partial)
    try:
        origin.backup(copy, pages=2000)
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        origin.close()
        copy.close()
    if verdict != "ok":
        raise StoreError(f"la copie de la base est abîmée : {verdict}")
    archive.sync(partial)


def write(data: Path, target: Path, progress: Progress) -> int:
    """Write the backup of the data directory to `target`; return its size in bytes.

    Raises StoreError where there is no SQLite database to copy, or no folder to write to.
    """
    if not (data / DATABASE).exists():
        raise StoreError("pas de base SQLite ici (au centre sur PostgreSQL : utilisez pg_dump)")
    if not target.parent.is_dir():
        raise StoreError(f"le dossier n’existe pas : {target.parent}")
    snapshot = data / "spool" / "copie.db"
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    copy_database(data / DATABASE, snapshot)
    partial = target.with_name(target.name + ".part")
    try:
        lock = sealing.lock_of(data)
        if not lock:
            _leave_private_rows_out(snapshot)
        opened = archive.pack([(DATABASE, snapshot), *_stored_files(data, lock)], partial, progress, lock)
        archive.read_manifest(partial, opened)
        os.replace(partial, target)
        archive.sync(target.resolve().parent)
        notes.write_whole(data / LAST, f"{target.resolve()}\n")
    finally:
        snapshot.unlink(missing_ok=True)
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def _leave_private_rows_out(snapshot: Path) -> None:
    """Empty the private tables of a copy that anybody may read, down to its free pages."""
    with _closing(snapshot) as copy:
        # A copy that fails is thrown away; a journal left by a power cut would be played into the next one.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA secure_delete = ON")
        gone = sum(copy.execute(f"DELETE FROM {name}").rowcount for name in _private_tables(copy))  # noqa: S608
        copy.commit()
        if gone:
            copy.execute("VACUUM")


def _private_tables(connection: sqlite3.Connection) -> list[str]:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [name for name in private.TABLES if name in there]


def leaves_out(data: Path) -> bool:
    """Tell whether a copy made now leaves something private out, for want of a lock."""
    if sealing.lock_of(data):
        return False
    with _closing(data / DATABASE) as connection:
        asked = [f"SELECT 1 FROM {name} LIMIT 1" for name in _private_tables(connection)]  # noqa: S608
        return bool(private.files(data)) or any(connection.execute(one).fetchone() for one in asked)


def _stored_files(data: Path, lock: bytes | None) -> list[tuple[str, Path]]:
    found = sorted(path for path in (data / "files").rglob("*") if path.is_file())
    found = [path for path in found if not path.name.endswith(".part")] + (
        private.files(data) if lock else []
    )
    return [(path.relative_to(data).as_posix(), path) for path in found]


def restore(source: Path, data: Path, progress: Progress, opened: Opener | None = None) -> Path | None:
    """Put a backup in place of the data directory's database and files; `opened` opens a locked one.

    The database that was there is kept beside (its path is returned). The key
    file of this machine is left alone: the log's hashes tell the centre that
    the kiosk went back, and nothing is counted twice.
    """
    archive.read_manifest(source, opened)
    data.mkdir(parents=True, exist_ok=True)
    archive.unpack(source, data, progress, opened)
    kept = _set_aside(data)
    os.replace(data / (DATABASE + ".part"), data / DATABASE)
    archive.sync(data)
    return kept


def _set_aside(data: Path) -> Path | None:
    """Fold the journal of the old database into it, then rename it; a journal that stays goes along."""
    old = data / DATABASE
    if not old.exists():
        return None
    try:
        with _closing(old) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        pass  # an unreadable database is the very reason to restore
    names = (data / f"avant-restauration-{number}.db" for number in itertools.count(1))
    kept = next(name for name in names if not name.exists())
    # The journal first: a power cut in between must not leave it beside the restored database.
    for tail in ("-wal", ""):
        if (data / (DATABASE + tail)).exists():
            os.replace(data / (DATABASE + tail), f"{kept}{tail}")
    (data / f"{DATABASE}-shm").unlink(missing_ok=True)
    return kept


@contextmanager
def _closing(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        connection.close()
