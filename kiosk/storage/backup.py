"""Backups of one kiosk: a consistent copy of the database and the files, verified.

A backup is one tar: `manifest.json` (names, sizes, SHA-256), `kiosk.db` made by
SQLite's own backup call while the kiosk works, and the content-addressed files.
The key file stays out, so that a copy of the data is not an identity.
"""

import hashlib
import io
import itertools
import json
import os
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kiosk.storage.store import StoreError

MANIFEST, DATABASE = "manifest.json", "kiosk.db"
LAST = "derniere-copie"
"""Empty file of the data directory whose date is that of the last good backup, wherever that went."""
_BLOCK = 1024 * 1024
Progress = Callable[[int, int], None]


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
    _sync(target.parent)


def _copied(source: Path, partial: Path) -> None:
    _private(partial).close()
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
    _sync(partial)


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
        _pack([(DATABASE, snapshot), *_stored_files(data)], partial, progress)
        read_manifest(partial)
        os.replace(partial, target)
        _sync(target.resolve().parent)
        (data / LAST).touch()
    finally:
        snapshot.unlink(missing_ok=True)
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def _stored_files(data: Path) -> list[tuple[str, Path]]:
    found = sorted(path for path in (data / "files").rglob("*") if path.is_file())
    return [(path.relative_to(data).as_posix(), path) for path in found if not path.name.endswith(".part")]


def _private(path: Path) -> IO[bytes]:
    """Open a new, empty file that its owner alone may read, whatever stood there."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")


def _pack(members: list[tuple[str, Path]], target: Path, progress: Progress) -> None:
    manifest = {name: {"size": path.stat().st_size, "sha256": _digest(path)} for name, path in members}
    with _private(target) as raw, tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
        text = json.dumps(manifest, indent=0).encode()
        head = tarfile.TarInfo(MANIFEST)
        head.size = len(text)
        tar.addfile(head, io.BytesIO(text))
        for number, (name, path) in enumerate(members, 1):
            tar.add(path, arcname=name, filter=_anonymous)
            progress(number, len(members))
    _sync(target)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def read_manifest(source: Path) -> dict[str, dict[str, str | int]]:
    """Check every member of a backup against its manifest and return the manifest.

    Raises StoreError where the file is not a backup, is cut short or altered.
    """
    try:
        with tarfile.open(source, "r:") as tar:
            manifest: dict[str, dict[str, str | int]] = json.load(_member(tar, MANIFEST))
            for name, facts in manifest.items():
                if _digest_of(_member(tar, name)) != facts["sha256"] or not _is_ours(name):
                    raise StoreError(f"la copie est abîmée : {name}")
    except (tarfile.TarError, OSError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise StoreError(f"ce fichier n’est pas une copie de secours lisible : {source}") from error
    if DATABASE not in manifest:
        raise StoreError("cette copie ne contient pas de base")
    return manifest


def _member(tar: tarfile.TarFile, name: str) -> io.BufferedReader:
    member = tar.extractfile(name)
    if member is None:
        raise StoreError(f"la copie est abîmée : {name}")
    return member  # type: ignore[return-value]


def _is_ours(name: str) -> bool:
    parts = Path(name).parts
    return name == DATABASE or (len(parts) > 1 and parts[0] == "files" and ".." not in parts)


def restore(source: Path, data: Path, progress: Progress) -> Path | None:
    """Put a backup in place of the data directory's database and files.

    The database that was there is kept beside (its path is returned). The key
    file of this machine is left alone: the log's hashes tell the centre that
    the kiosk went back, and nothing is counted twice.
    """
    manifest = read_manifest(source)
    data.mkdir(parents=True, exist_ok=True)
    with tarfile.open(source, "r:") as tar:
        for number, name in enumerate(manifest, 1):
            _extract(tar, name, data / f"{name}.part")
            if name != DATABASE:
                os.replace(data / f"{name}.part", data / name)
            progress(number, len(manifest))
    kept = _set_aside(data)
    os.replace(data / (DATABASE + ".part"), data / DATABASE)
    _sync(data)
    return kept


def _extract(tar: tarfile.TarFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with _private(target) as out:
        for block in _blocks(_member(tar, name)):
            out.write(block)
    _sync(target)


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


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return _digest_of(file)


def _digest_of(file: io.BufferedReader) -> str:
    digest = hashlib.sha256()
    for block in _blocks(file):
        digest.update(block)
    return digest.hexdigest()


def _blocks(file: io.BufferedReader) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
