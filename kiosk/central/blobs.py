"""Files at the centre: who may bring or fetch a content, and how far each one came.

A content is welcome only when a row that the machine may see refers to it, so
that rows come first and no machine can fill the disk with something else. The
contents themselves lie behind `storage.files.Contents`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from kiosk.storage import clock, session
from kiosk.storage.carried import is_hash
from kiosk.sync import frame
from kiosk.sync.blobs import ledger
from kiosk.sync.blobs.calls import LARGEST_PIECE, MOST_ASKED, OFFSET
from kiosk.sync.blobs.ledger import Entry
from kiosk.sync.blobs.manifest import read_manifest
from kiosk.sync.blobs.needs import needs
from kiosk.sync.blobs.parts import BadContent, BadLeaf, NoRoom, Parts, WrongPlace
from kiosk.sync.document import Reader
from kiosk.sync.frame import FrameError

NO_ROOM = 507
_ABANDONED_MS = 30 * 86_400_000
_RECENT_MS = 86_400_000
_REAP_EVERY = 6 * 3_600.0


@dataclass(frozen=True)
class Answer:
    """A status, a body, and headers that the signature covers."""

    status: int
    body: bytes = b""
    covered: Mapping[str, str] = field(default_factory=dict)


class Blobs:
    """What one machine, of these scopes, may do with contents; `largest` bounds them (bytes)."""

    def __init__(self, parts: Parts, scopes: Collection[str], largest: int) -> None:
        self._parts, self._files = parts, parts.files
        self._scopes, self._largest = frozenset(scopes), largest

    def look(self, sha256: str) -> Answer:
        """Say how much of a content is here; 404 for one that nobody began."""
        if self._files.has(sha256) and self._size(sha256):
            return _at(200, self._files.size(sha256))
        entry = self._parts.known(sha256) if self._size(sha256) else None
        if entry is None or entry.state != ledger.PART:
            return Answer(404)
        return _at(200, self._parts.settled(entry).offset)

    def declare(self, sha256: str, body: bytes) -> Answer:
        """Take a manifest: 201 and where to go on, 200 for a content that is here."""
        size = self._size(sha256)
        if not size:
            return Answer(404)
        if self._files.has(sha256):
            return _at(200, self._files.size(sha256))
        manifest = read_manifest(frame.decode(body))
        if manifest.size > self._largest:
            return Answer(413)
        if manifest.size != size:
            return Answer(422, b"size")
        _reap_sometimes(self._parts)
        return self._carefully(lambda: self._parts.begin(sha256, manifest), 201)

    def add(self, sha256: str, offset: int, data: bytes) -> Answer:
        """Take a piece: 204 and the next place; 409 for another place, 422 for a wrong leaf."""
        if not self._size(sha256):
            return Answer(404)
        if self._files.has(sha256):
            return _at(204, self._files.size(sha256))
        return self._carefully(lambda: self._parts.add(sha256, offset, data), 204)

    def _carefully(self, work: Callable[[], Entry], status: int) -> Answer:
        try:
            return _at(status, work().offset)
        except WrongPlace as wrong:
            return _at(409, wrong.offset)
        except BadLeaf as bad:
            return Answer(422, b"leaf", {OFFSET: str(bad.offset)})
        except BadContent:
            return Answer(422, b"sha256")
        except NoRoom:
            return Answer(NO_ROOM)

    def leaves(self, sha256: str) -> Answer:
        """Give the manifest of a content that is here."""
        if not self._files.has(sha256) or not self._size(sha256):
            return Answer(404)
        try:
            return Answer(200, frame.encode(self._parts.whole(sha256).manifest.document()))
        except BadContent:
            return Answer(404, b"damaged")

    def read(self, sha256: str, start: int, stop: int) -> Answer:
        """Give the bytes `start` to `stop` (left out) of a content, few enough for one answer."""
        if not self._files.has(sha256) or not self._size(sha256):
            return Answer(404)
        size = self._files.size(sha256)
        stop = min(stop, size, start + LARGEST_PIECE)
        if start >= stop:
            return Answer(416)
        return Answer(206, _slice(self._files.open(sha256), start, stop))

    def present(self, body: bytes) -> Answer:
        """Answer which of the asked contents are here, as a text of 0 and 1."""
        asked = Reader(frame.decode(body)).items("d")
        if len(asked) > MOST_ASKED or not all(is_hash(one) for one in asked):
            raise FrameError("a list of hashes was expected")
        return Answer(200, "".join("01"[self._files.has(one)] for one in asked).encode())

    def _size(self, sha256: str) -> int:
        """Return the size the rows give a content, 0 where none that the machine may see names it."""
        found = needs(session().connection(), sha256)
        return next((need.content.size for need in found if need.scopes & self._scopes), 0)


def _at(status: int, offset: int) -> Answer:
    return Answer(status, covered={OFFSET: str(offset)})


def _slice(stream: BinaryIO, start: int, stop: int) -> bytes:
    with stream:
        stream.seek(start)
        return stream.read(stop - start)


_reaped = [float("-inf")]


def _reap_sometimes(parts: Parts) -> None:
    if clock.monotonic() - _reaped[0] > _REAP_EVERY:
        _reaped[0] = clock.monotonic()
        reap(parts)


def reap(parts: Parts) -> int:
    """Give up the contents whose machine fell silent for a month; return how many."""
    now = clock.now_ms()
    gone = ledger.stale(session().connection(), now - _ABANDONED_MS)
    parts.drop(gone)
    strays = parts.strays(now - _RECENT_MS)
    for stray in strays:
        stray.unlink(missing_ok=True)
    return len(gone) + len(strays)
