"""Files kept by their content: `files/ab/<sha256>`, written once, never changed.

A file is first streamed into the spool beside it, measured and hashed on the
way, flushed to the disk, then renamed: a power cut leaves either the whole
file or a stray part that the next start sweeps. The same content is kept once.
"""

import hashlib
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from kiosk.language import formats, msg
from kiosk.storage.carried import is_hash
from kiosk.storage.refusal import Refusal

_CHUNK = 1024 * 1024
_PART = ".upload"


@dataclass(frozen=True)
class Kept:
    """A file in the store: its SHA-256 in hex, its size in bytes."""

    sha256: str
    size: int


class Contents(Protocol):
    """Whatever keeps contents by their hash: a folder here, an object store where one follows.

    Pages, exchanges and sticks ask for these seven verbs and no more; parts on their way in
    always lie on a local disk. `at` is the one place that says which it is.
    """

    def has(self, sha256: str) -> bool:
        """Tell whether the content is here."""

    def size(self, sha256: str) -> int:
        """Return its bytes; raises FileNotFoundError when it is not here."""

    def open(self, sha256: str) -> BinaryIO:
        """Open it for reading from any place; raises FileNotFoundError when it is not here."""

    def take(self, part: Path, sha256: str) -> None:
        """Take a finished local file in; its content was checked by the caller."""

    def keep(self, stream: BinaryIO, limit: int, expected: str | None = None) -> Kept:
        """Take a stream in. Raises Refusal above `limit` bytes, when empty, or not as `expected`."""

    def drop(self, sha256: str) -> bool:
        """Take a content away for good; tell whether it was here."""

    def room(self) -> int:
        """Return how many bytes more may be kept."""


class Folders(Protocol):
    """Where a machine keeps files, and where it puts what is on its way in."""

    @property
    def files(self) -> Path:
        """Folder of contents."""

    @property
    def spool(self) -> Path:
        """Folder of passing files, on the same disk."""


def at(folders: Folders) -> "FileStore":
    """Return what keeps a machine's contents."""
    return FileStore(folders.files, folders.spool)


class FileStore:
    """The files of one machine under `root`; `spool` stands on the same disk."""

    def __init__(self, root: Path, spool: Path) -> None:
        self.root = root
        self.spool = spool

    def path(self, sha256: str) -> Path:
        """Where the file of this hash is, or would be. Raises ValueError on anything but a hash."""
        if not is_hash(sha256):
            raise ValueError("not a sha256")
        return self.root / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Tell whether the file is on this machine; a row of elsewhere may name anything."""
        return is_hash(sha256) and self.path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """Return the bytes of a file; raises FileNotFoundError when it is not here."""
        return self.path(sha256).stat().st_size

    def open(self, sha256: str) -> BinaryIO:
        """Open a file for reading; raises FileNotFoundError when it is not here."""
        return self.path(sha256).open("rb")

    def take(self, part: Path, sha256: str) -> None:
        """Take in a finished file that was checked: flushed, then renamed; one taken already is fine."""
        if self.has(sha256):
            part.unlink(missing_ok=True)
            return
        _flush(part)
        _settle(part, self.path(sha256))

    def drop(self, sha256: str) -> bool:
        """Take a file away for good; whoever is reading it goes on to its end."""
        try:
            self.path(sha256).unlink()
        except (FileNotFoundError, ValueError):
            return False
        _flush(self.path(sha256).parent)
        return True

    def room(self) -> int:
        """Return the free bytes of the disk."""
        self.spool.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.spool).free

    def keep(self, stream: BinaryIO, limit: int, expected: str | None = None) -> Kept:
        """Stream a file in. Raises Refusal above `limit` bytes, when empty, or not as `expected`."""
        self.spool.mkdir(parents=True, exist_ok=True)
        part = self.spool / (secrets.token_hex(8) + _PART)
        try:
            kept = _poured(stream, part, limit)
            if expected not in (None, kept.sha256):
                raise Refusal(msg("Le fichier est arrivé abîmé. Envoyez-le encore une fois."), "file")
            _settle(part, self.path(kept.sha256))
        finally:
            part.unlink(missing_ok=True)
        return kept

    def sweep(self) -> int:
        """Remove the parts a power cut left behind; return how many. Call it before anybody uploads."""
        strays = list(self.spool.glob(f"*{_PART}"))
        for stray in strays:
            stray.unlink(missing_ok=True)
        return len(strays)


def _poured(stream: BinaryIO, part: Path, limit: int) -> Kept:
    digest, size = hashlib.sha256(), 0
    with part.open("xb") as out:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise Refusal(msg("Fichier trop lourd : %(size)s au plus.", size=formats.size(limit)), "file")
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if not size:
        raise Refusal(msg("Ce fichier est vide. Choisissez-en un autre."), "file")
    return Kept(digest.hexdigest(), size)


def _settle(part: Path, target: Path) -> None:
    """Rename into place and make the rename last; the same content may be there already."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        return
    os.chmod(part, 0o640)
    os.replace(part, target)
    _flush(target.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
