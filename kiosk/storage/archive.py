"""The file of a backup: one tar, its manifest first, read and written in one go, locked or not."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from kiosk.storage import private, sealing
from kiosk.storage.sealing import Opener
from kiosk.storage.store import StoreError

MANIFEST, DATABASE = "manifest.json", "kiosk.db"
_FOLDERS = ("files", private.FOLDER)
_BLOCK = 1024 * 1024
Progress = Callable[[int, int], None]
Manifest = dict[str, dict[str, str | int]]
Member = tuple[str, IO[bytes]]


def pack(
    members: Sequence[tuple[str, Path]], target: Path, progress: Progress, lock: bytes | None
) -> Opener | None:
    """Write a tar of these files, locked where there is a `lock`; return what opens it again."""
    with new_private(target) as raw:
        out = sealing.Writing(raw, lock) if lock else None
        with tarfile.open(fileobj=cast(IO[bytes], out or raw), mode="w|", format=tarfile.PAX_FORMAT) as tar:
            _fill(tar, members, progress)
        if out:
            out.close()
    sync(target)
    return out.opener if out else None


def _fill(tar: tarfile.TarFile, members: Sequence[tuple[str, Path]], progress: Progress) -> None:
    manifest = {name: {"size": path.stat().st_size, "sha256": _digest(path)} for name, path in members}
    text = json.dumps(manifest, indent=0).encode()
    head = tarfile.TarInfo(MANIFEST)
    head.size = len(text)
    tar.addfile(head, io.BytesIO(text))
    for number, (name, path) in enumerate(members, 1):
        tar.add(path, arcname=name, filter=_anonymous)
        progress(number, len(members))


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def read_manifest(source: Path, opened: Opener | None = None) -> Manifest:
    """Check every member of a backup against its manifest and return the manifest.

    Raises StoreError where the file is not a backup, is locked, cut short or altered.
    """
    with _told(source), _walking(source, opened) as (manifest, members):
        for name, body in members:
            if _digest_of(body) != manifest[name]["sha256"] or not _is_ours(name):
                raise StoreError(f"la copie est abîmée : {name}")
    if DATABASE not in manifest:
        raise StoreError("cette copie ne contient pas de base")
    return manifest


def unpack(source: Path, data: Path, progress: Progress, opened: Opener | None = None) -> None:
    """Put the files of a backup that was checked into a data directory, the database as its `.part`."""
    with _told(source), _walking(source, opened) as (manifest, members):
        for number, (name, body) in enumerate(members, 1):
            _extract(body, data / f"{name}.part")
            if name != DATABASE:
                os.replace(data / f"{name}.part", data / name)
            progress(number, len(manifest))


@contextmanager
def _told(source: Path) -> Iterator[None]:
    wrong = (tarfile.TarError, OSError, LookupError, ValueError, TypeError, AttributeError)
    try:
        yield
    except wrong as error:
        raise StoreError(f"ce fichier n’est pas une copie de secours lisible : {source}") from error


@contextmanager
def _walking(source: Path, opened: Opener | None) -> Iterator[tuple[Manifest, Iterator[Member]]]:
    """Give the manifest, then the members in its order; what comes behind is read to the end."""
    with source.open("rb") as raw:
        if opened is None and sealing.is_locked(source):
            raise StoreError("cette copie est chiffrée : il faut son code")
        stream: Any = sealing.Reading(raw, opened) if opened else raw
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            manifest: Manifest = json.load(_next(tar, MANIFEST))
            yield manifest, ((name, _next(tar, name)) for name in manifest)
        while stream.read(_BLOCK):
            pass


def _next(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.next()
    body = tar.extractfile(found) if found is not None and found.name == name else None
    if body is None:
        raise StoreError(f"la copie est abîmée : {name}")
    return body


def _is_ours(name: str) -> bool:
    parts = Path(name).parts
    return name == DATABASE or (len(parts) > 1 and parts[0] in _FOLDERS and ".." not in parts)


def _extract(body: IO[bytes], target: Path) -> None:
    _make(target.parent)
    with new_private(target) as out:
        for block in _blocks(body):
            out.write(block)
    sync(target)


def _make(folder: Path) -> None:
    """Make a folder; those of private things are for this account alone, every one of them."""
    for one in (*reversed(folder.parents), folder):
        if not one.exists():
            one.mkdir(mode=0o700 if private.FOLDER in one.parts else 0o777, exist_ok=True)


def new_private(path: Path) -> IO[bytes]:
    """Open a new, empty file that its owner alone may read, whatever stood there."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return _digest_of(file)


def _digest_of(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for block in _blocks(file):
        digest.update(block)
    return digest.hexdigest()


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block


__all__ = [
    "DATABASE",
    "MANIFEST",
    "Manifest",
    "Progress",
    "new_private",
    "pack",
    "read_manifest",
    "sync",
    "unpack",
]
