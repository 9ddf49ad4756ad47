"""The file of a bundle: an outer header without names, sealed records, a sum over all.

`KSE1` and a header of JSON, padded to 256 bytes together | records, each its
length (u32) and its sealed bytes | SHA-256 of the header and of the records' own
sum. The sum tells a file that was cut or altered; who made it is told by the
manifest, the last record, signed with the key that the two machines share.
"""

import hashlib
import hmac
import json
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO

from kiosk.storage.changes import dumps
from kiosk.sync.bundle import seal
from kiosk.sync.bundle.trouble import Damaged, Forged, told
from kiosk.sync.document import Reader
from kiosk.sync.frame import FrameError
from kiosk.sync.signature import Key

MAGIC, VERSION = b"KSE1", 1
UP, DOWN, ENROL = "up", "down", "enrol"
HEAD_BYTES, SUM_BYTES = 256, 32
LONGEST_RECORD = 8 * 1024 * 1024
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True)
class Header:
    """What anybody may read of a bundle: no name, no place, no date.

    `to` names the pair that can read it, `by` hints at the writer in a way only the two
    machines understand, `mark` stands for the content, `piece` counts from 1 and `end`
    closes the set; `size` is that of the records, in bytes, `count` how many there are.
    """

    kind: str
    to: str
    by: str
    mark: str
    piece: int = 1
    end: bool = True
    size: int = 0
    count: int = 0

    def packed(self) -> bytes:
        """Return the header as it stands in the file."""
        text = dumps({"v": VERSION, **asdict(self)}).encode()
        return (MAGIC + text).ljust(HEAD_BYTES)

    def said(self) -> dict[str, object]:
        """Return the fields that the manifest repeats under its signature."""
        named = asdict(self)
        return {name: named[name] for name in ("kind", "to", "by", "mark", "piece", "end", "count")}


def read_header(data: bytes) -> Header:
    """Return the header that a file starts with; raises Damaged."""
    if len(data) != HEAD_BYTES or not data.startswith(MAGIC):
        raise Damaged("not a bundle")
    try:
        reader = Reader(json.loads(data[len(MAGIC) :]))
        if reader.whole("v") != VERSION:
            raise Damaged("another version")
        kind, to, by, mark = (reader.text(name, 40) for name in ("kind", "to", "by", "mark"))
        piece, size, count = (reader.whole(name) for name in ("piece", "size", "count"))
        return Header(kind, to, by, mark, piece, reader.flag("end"), size, count)
    except (ValueError, FrameError) as error:
        raise Damaged(str(error)) from error


class Writing:
    """A bundle in the making, in an open file; call `close` last, or nothing of it counts."""

    def __init__(self, file: BinaryIO, header: Header, public: bytes) -> None:
        self._file, self._header, self._public = file, header, public
        self._sum, self._inside = hashlib.sha256(), hashlib.sha256()
        self.size = self.count = 0
        file.write(bytes(HEAD_BYTES))

    def add(self, record: bytes) -> None:
        """Seal a record and write it."""
        self._inside.update(_LENGTH.pack(len(record)) + record)
        self._put(record)

    def _put(self, record: bytes) -> None:
        sealed = seal.seal(self._public, record)
        for part in (_LENGTH.pack(len(sealed)), sealed):
            self._file.write(part)
            self._sum.update(part)
            self.size += len(part)
        self.count += 1

    def close(self, key: Key, manifest: dict[str, object], end: bool = True) -> None:
        """Sign what is inside, then write the header and the sum."""
        header = replace(self._header, end=end, count=self.count + 1)
        text = dumps({**manifest, **header.said(), "key": key.key_id}).encode()
        self._put(_signature(key, text, self._inside.digest()) + text)
        head = replace(header, size=self.size).packed()
        self._file.write(hashlib.sha256(head + self._sum.digest()).digest())
        self._file.seek(0)
        self._file.write(head)


def _signature(key: Key, text: bytes, inside: bytes) -> bytes:
    return hmac.digest(key.secret, b"kiosk bundle" + inside + text, "sha256")


@dataclass(frozen=True)
class Envelope:
    """A bundle's file whose sum is right; nothing is known of its writer yet."""

    path: Path
    header: Header

    def records(self, private: bytes) -> Iterator[bytes]:
        """Yield the records, the manifest last; raises NotForUs or Damaged."""
        with told(), self.path.open("rb") as file:
            file.seek(HEAD_BYTES)
            for _ in range(self.header.count):
                yield seal.unseal(private, _record(file))

    def letters(self, private: bytes) -> Iterator[bytes]:
        """Yield the records before the manifest."""
        for number, record in enumerate(self.records(private), 1):
            if number < self.header.count:
                yield record


def opened(path: Path) -> Envelope:
    """Check a file against its sum; raises Damaged for one that is cut or altered in any byte."""
    with told(), path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        header = read_header(head)
        if path.stat().st_size != HEAD_BYTES + header.size + SUM_BYTES:
            raise Damaged("cut short")
        summed, left = hashlib.sha256(), header.size
        while left and (part := file.read(min(left, 1 << 20))):
            summed.update(part)
            left -= len(part)
        if left or file.read(SUM_BYTES + 1) != hashlib.sha256(head + summed.digest()).digest():
            raise Damaged("wrong sum")
    return Envelope(path, header)


def read_bytes(file: BinaryIO, private: bytes) -> list[bytes]:
    """Return the records before the manifest of a bundle held in memory; raises NotForUs or Damaged."""
    header = read_header(file.read(HEAD_BYTES))
    return [seal.unseal(private, _record(file)) for _ in range(header.count - 1)]


def glimpse(path: Path) -> Header | None:
    """Return a file's header without checking the rest, None where it is no bundle."""
    try:
        with path.open("rb") as file:
            return read_header(file.read(HEAD_BYTES))
    except (OSError, Damaged):
        return None


def _record(file: BinaryIO) -> bytes:
    length = file.read(_LENGTH.size)
    size = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else 0
    sealed = file.read(size) if 0 < size <= LONGEST_RECORD else b""
    if not sealed or len(sealed) != size:
        raise Damaged("a record is cut")
    return sealed


@dataclass(frozen=True)
class Manifest:
    """What the writer signed: the fields it wrote, and the proof over everything before."""

    fields: dict[str, object]
    key_id: str
    text: bytes
    signature: bytes
    inside: bytes

    def verify(self, key: Key, header: Header) -> None:
        """Raise Forged unless the key's holder wrote exactly this, under exactly this header."""
        genuine = hmac.compare_digest(_signature(key, self.text, self.inside), self.signature)
        if not genuine or any(self.fields.get(name) != value for name, value in header.said().items()):
            raise Forged


def manifest(envelope: Envelope, private: bytes) -> Manifest:
    """Unseal the whole once and return its manifest; raises NotForUs, Damaged or Forged."""
    inside, last = hashlib.sha256(), b""
    for number, record in enumerate(envelope.records(private), 1):
        if number < envelope.header.count:
            inside.update(_LENGTH.pack(len(record)) + record)
        last = record
    signature, text = last[:SUM_BYTES], last[SUM_BYTES:]
    try:
        fields = json.loads(text)
        key_id = Reader(fields).text("key", 40)
    except (ValueError, RecursionError, FrameError) as error:
        raise Forged(str(error)) from error
    return Manifest(fields, key_id, text, signature, inside.digest())
