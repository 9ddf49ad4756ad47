"""The leaves of a content: how a piece is known to be right before the whole has come."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Any, BinaryIO

from kiosk.sync.document import Reader
from kiosk.sync.frame import FrameError

SMALL_LEAF, LARGE_LEAF = 64 * 1024, 1024 * 1024
_LARGE = 16 * 1024 * 1024
_MARK = 16


@dataclass(frozen=True)
class Manifest:
    """A content's size and bytes a leaf; `leaves` holds 16 bytes of SHA-256 for each leaf in turn."""

    size: int
    leaf: int
    leaves: bytes

    @property
    def count(self) -> int:
        """How many leaves there are."""
        return -(-self.size // self.leaf)

    def length(self, index: int) -> int:
        """Return the bytes of a leaf: the last one may be short."""
        return min(self.leaf, self.size - index * self.leaf)

    def fits(self, index: int, data: bytes) -> bool:
        """Tell whether `data` is that leaf, whole and right."""
        return self.leaves[index * _MARK : (index + 1) * _MARK] == _mark(data)

    def document(self) -> dict[str, Any]:
        """Return the JSON document of the manifest."""
        return {"size": self.size, "leaf": self.leaf, "leaves": base64.b64encode(self.leaves).decode()}


def read_manifest(document: Any) -> Manifest:
    """Return the manifest of a document that somebody else wrote; raises FrameError."""
    reader = Reader(document)
    size, leaf = reader.whole("size"), reader.whole("leaf")
    if not size or leaf != leaf_for(size):
        raise FrameError("not a size of leaves that we cut")
    made = Manifest(size, leaf, _decoded(reader.text("leaves", 10_000_000)))
    if len(made.leaves) != made.count * _MARK:
        raise FrameError("not a mark a leaf")
    return made


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise FrameError("base64 was expected") from error


def leaf_for(size: int) -> int:
    """Return how many bytes a leaf of a content of `size` bytes has."""
    return SMALL_LEAF if size <= _LARGE else LARGE_LEAF


def measure(stream: BinaryIO, size: int) -> tuple[Manifest, str]:
    """Read a content of `size` bytes through, a leaf at a time; return its manifest and its hash."""
    leaf, whole, marks = leaf_for(size), hashlib.sha256(), []
    while data := stream.read(leaf):
        whole.update(data)
        marks.append(_mark(data))
    return Manifest(size, leaf, b"".join(marks)), whole.hexdigest()


def _mark(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_MARK]
