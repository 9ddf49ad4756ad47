"""Contents on their way in: `<hash>.part` beside the uploads, its bitmap in the database.

Both ends use this. A piece is written, a leaf checked as soon as it is full,
and only then marked: whatever a power cut leaves beyond the marks is written
again. Nothing here holds more than a leaf in memory.
"""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kiosk.storage import fault, session, transaction
from kiosk.storage.files import Contents
from kiosk.sync.blobs import ledger
from kiosk.sync.blobs.ledger import PART, WHOLE, Entry
from kiosk.sync.blobs.manifest import Manifest, measure

RESERVE = 100 * 1024 * 1024
"""Bytes of a disk that files on their way never take: pages and the log need them."""

_SUFFIX = ".part"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class NoRoom(Exception):
    """The disk has no room for this content."""


class WrongPlace(Exception):
    """A piece was for another place than the next one: `offset`."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the next byte is {offset}")
        self.offset = offset


class BadLeaf(Exception):
    """A leaf is not the one its manifest names; it was not kept, `offset` is where it starts."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the leaf at {offset} is not right")
        self.offset = offset


class BadContent(Exception):
    """Every leaf is right and the whole is not: the manifest was wrong. Nothing of it is kept."""


class Parts:
    """The contents on their way into `files`, their parts in the folder `spool`.

    Every method works in the ambient session and commits what it did.
    """

    def __init__(self, files: Contents, spool: Path) -> None:
        self.files, self.spool = files, spool

    def path(self, sha256: str) -> Path:
        """Where the part of a content is."""
        return self.spool / (sha256 + _SUFFIX)

    def known(self, sha256: str) -> Entry | None:
        """Return how far a content came; None when nobody began it."""
        return ledger.find(session().connection(), sha256)

    def whole(self, sha256: str) -> Entry:
        """Return the entry of a content that is here, cut into leaves the first time.

        Raises FileNotFoundError when it is not here, BadContent when the disk spoiled it.
        """
        known = self.known(sha256)
        if known and known.state != PART and known.manifest.size:
            return known
        with self.files.open(sha256) as stream:
            manifest, found = measure(stream, self.files.size(sha256))
        if found != sha256:
            raise BadContent
        entry = Entry(sha256, manifest, WHOLE)
        with transaction() as current:
            ledger.write(current.connection(), entry)
        return entry

    def begin(self, sha256: str, manifest: Manifest) -> Entry:
        """Begin a content, or go on with the one begun by the same manifest. Raises NoRoom."""
        with transaction() as current:
            entry = ledger.find(current.connection(), sha256, lock=True)
            if entry is None or entry.manifest != manifest or not self._has_part(entry):
                if self.files.room() < manifest.size + RESERVE:
                    raise NoRoom
                with _filling():
                    self._empty(sha256)
                entry = ledger.coming(sha256, manifest)
                ledger.write(current.connection(), entry)
        return self.settled(entry)

    def _has_part(self, entry: Entry) -> bool:
        return entry.state == PART and self.path(entry.sha256).exists()

    def settled(self, entry: Entry) -> Entry:
        """Take in a content of which nothing is missing any more; others stay as they are."""
        return self._finished(entry) if entry.state == PART and entry.whole else entry

    def _empty(self, sha256: str) -> None:
        self.spool.mkdir(parents=True, exist_ok=True)
        self.path(sha256).write_bytes(b"")

    def add(self, sha256: str, offset: int, data: bytes) -> Entry:
        """Write a piece at the next place, and take the content in when it was the last one.

        Raises WrongPlace, BadLeaf, BadContent or NoRoom; what was right before stays.
        """
        bad: int | None = None
        with _filling(), transaction() as current:
            entry = ledger.find(current.connection(), sha256, lock=True)
            if entry is None or not self.path(sha256).exists():
                raise WrongPlace(0)
            if entry.offset != offset or entry.state != PART:
                raise WrongPlace(entry.offset)
            entry, bad = _poured(self.path(sha256), entry, data)
            fault.at("piece.poured")
            ledger.write(current.connection(), entry)
        if bad is not None:
            raise BadLeaf(bad)
        return self.settled(entry)

    def _finished(self, entry: Entry) -> Entry:
        """Check the whole, outside any transaction: a long film takes seconds."""
        path = self.path(entry.sha256)
        if not self._is_right(path, entry.sha256):
            return self._doubted(entry)
        fault.at("content.checked")
        with _filling():
            self.files.take(path, entry.sha256)
        fault.at("content.taken")
        done = replace(entry, state=WHOLE, have=b"", tail=0)
        with transaction() as current:
            ledger.write(current.connection(), done)
        return done

    def _is_right(self, path: Path, sha256: str) -> bool:
        """Tell whether the whole is what it should be, or was taken in by another process meanwhile."""
        try:
            return self.files.has(sha256) or _hash_of(path) == sha256
        except FileNotFoundError:
            return self.files.has(sha256)

    def _doubted(self, entry: Entry) -> Entry:
        """Look for the leaves that the disk spoiled; without any, the manifest itself lied."""
        with self.path(entry.sha256).open("rb") as part:
            for index in range(entry.manifest.count):
                if not entry.manifest.fits(index, part.read(entry.manifest.leaf)):
                    entry = entry.marked(index, False)
        if entry.whole:
            self.drop([entry.sha256])
            raise BadContent
        with transaction() as current:
            ledger.write(current.connection(), entry)
        return entry

    def drop(self, hashes: list[str]) -> None:
        """Give up contents on their way."""
        with transaction() as current:
            ledger.forget(current.connection(), hashes)
        for sha256 in hashes:
            self.path(sha256).unlink(missing_ok=True)

    def strays(self, before: int) -> list[Path]:
        """Return the parts that nobody's entry names, untouched since `before` (ms)."""
        parts = [path for path in self.spool.glob(f"*{_SUFFIX}") if path.stat().st_mtime * 1000 < before]
        known = ledger.every(session().connection()) if parts else {}
        return [path for path in parts if path.stem not in known]


def _poured(path: Path, entry: Entry, data: bytes) -> tuple[Entry, int | None]:
    """Write a piece leaf by leaf; return the entry, and where a wrong leaf starts.

    It ends early where the following leaf is here already: the sender hears of the place.
    """
    manifest, at, left = entry.manifest, entry.offset, memoryview(data)
    handle = os.open(path, os.O_RDWR)
    try:
        while left and entry.offset == at and at < manifest.size:
            index = entry.missing()
            start, length = index * manifest.leaf, manifest.length(index)
            some = bytes(left[: length - entry.tail])
            os.pwrite(handle, some, at)
            at, left = at + len(some), left[len(some) :]
            entry = replace(entry, tail=entry.tail + len(some))
            if entry.tail < length:
                continue
            entry = entry.marked(index, manifest.fits(index, _leaf(handle, some, start, length)))
            if not entry.holds(index):
                return entry, start
            os.fdatasync(handle)
    finally:
        os.close(handle)
    return entry, None


def _leaf(handle: int, some: bytes, start: int, length: int) -> bytes:
    return some if len(some) == length else os.pread(handle, length, start)


def _hash_of(path: Path) -> str:
    with path.open("rb") as part:
        return hashlib.file_digest(part, "sha256").hexdigest()


@contextmanager
def _filling() -> Iterator[None]:
    """Say a full disk in one word."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom from error
        raise
