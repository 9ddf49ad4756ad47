"""The file of a backup: one tar, its manifest first, read and written in one go, locked or not.

The kiosk works meanwhile: a file that goes or changes while the copy runs is marked as
gone in it, and what is gone is neither checked nor put back.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kiosk.storage import private, sealing
from kiosk.storage.sealing import Opener
from kiosk.storage.store import StoreError

MANIFEST, DATABASE = "manifest.json", "kiosk.db"
_FOLDERS = ("files", private.FOLDER)
_BLOCK = 1024 * 1024
_GONE = "KIOSK.gone"
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
    there = {name: (path, _look(path)) for name, path in members}
    looks = {name: (path, look) for name, (path, look) in there.items() if look}
    manifest = {name: {"size": look.size, "sha256": look.sha256} for name, (_, look) in looks.items()}
    text = json.dumps(manifest, indent=0).encode()
    head = tarfile.TarInfo(MANIFEST)
    head.size = len(text)
    tar.addfile(head, io.BytesIO(text))
    for number, (name, (path, look)) in enumerate(looks.items(), 1):
        _add(tar, name, path, look)
        progress(number, len(looks))


def _add(tar: tarfile.TarFile, name: str, path: Path, look: "_Look") -> None:
    """Add a file as it was looked at; one that went or changed since is marked as gone."""
    with ExitStack() as stack:
        with suppress(FileNotFoundError):
            file = stack.enter_context(path.open("rb"))
            if _state(file) == look.state:
                tar.addfile(_anonymous(tar.gettarinfo(arcname=name, fileobj=file)), file)
                return
    gone = tarfile.TarInfo(name)
    gone.pax_headers = {_GONE: "1"}
    tar.addfile(gone)


@dataclass(frozen=True)
class _Look:
    """A file as the manifest tells it; `state` tells whether it is still the same."""

    size: int
    sha256: str
    state: tuple[int, ...]


def _look(path: Path) -> _Look | None:
    """Return a file as it is now, None for one that is gone."""
    try:
        with path.open("rb") as file:
            state = _state(file)
            return _Look(state[-1], _digest_of(file), state)
    except FileNotFoundError:
        return None


def _state(file: IO[bytes]) -> tuple[int, ...]:
    found = os.fstat(file.fileno())
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


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
            manifest: Manifest = json.load(cast(IO[bytes], _next(tar, MANIFEST)))
            found = ((name, _next(tar, name)) for name in manifest)
            yield manifest, ((name, body) for name, body in found if body is not None)
        while stream.read(_BLOCK):
            pass


def _next(tar: tarfile.TarFile, name: str) -> IO[bytes] | None:
    """Return the body of the next member, which must be that one; None where it was gone by then."""
    found = tar.next()
    here = found is not None and found.name == name
    if here and name not in (MANIFEST, DATABASE) and _GONE in found.pax_headers:  # type: ignore[union-attr]
        return None
    body = tar.extractfile(found) if here else None  # type: ignore[arg-type]
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
