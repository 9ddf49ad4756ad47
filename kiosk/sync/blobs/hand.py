"""Files on a stick: contents too heavy for the network, and any other that waits.

Each content is a file of its own beside the bundles, sealed a stretch at a time
for the one machine that may read it; a wish says what a kiosk lacks. Nothing of
them is believed: a content is taken when a row names it and its hash is right.
"""

import hashlib
import json
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kiosk.storage import Refusal
from kiosk.storage.carried import is_hash
from kiosk.storage.files import Contents, FileStore
from kiosk.sync.bundle import seal, stick
from kiosk.sync.bundle.trouble import Damaged, NotForUs, StickLies, told

ENDING = ".KSF"
CONTENT, WISH = "content", "wish"
MARGIN = 4 * 1024 * 1024
"""Bytes of a stick that files leave to bundles and to answers."""

_MAGIC, _STRETCH = b"KSF1", 1024 * 1024
_LONGEST = _STRETCH + 1024
_MOST_WISHES = 2_000
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True)
class Found:
    """A file of ours on a stick: for which pair it is sealed, and where."""

    path: Path
    to: str


def on(folder: Path) -> list[Found]:
    """Return the contents and wishes of a stick's folder."""
    found = []
    with told():
        for path in sorted(folder.glob("*")):
            if path.suffix.upper() == ENDING and (to := _to(path)) is not None:
                found.append(Found(path, to))
    return found


def _to(path: Path) -> str | None:
    with suppress(OSError, UnicodeDecodeError), path.open("rb") as file:
        head = file.read(len(_MAGIC) + 16)
        if head.startswith(_MAGIC) and len(head) == len(_MAGIC) + 16:
            return head[len(_MAGIC) :].decode("ascii")
    return None


def put_content(folder: Path, files: Contents, sha256: str, public: bytes) -> bool:
    """Seal a content onto a stick; False when it is there already or has no room. Raises Carried."""
    path = folder / (stick.name_for("F", f"{sha256}{seal.name_of(public)}") + ENDING)
    size = files.size(sha256)
    if path.exists() or files_room(folder) < size + size // 1000 + MARGIN:
        return False
    with files.open(sha256) as stream:
        _put(path, public, {"kind": CONTENT, "sha256": sha256, "size": size}, stream)
    return True


def files_room(folder: Path) -> int:
    """Return the free bytes of the stick that holds a folder."""
    with told():
        return FileStore(folder, folder).room()


def put_wish(folder: Path, key_id: str, hashes: list[str], public: bytes) -> None:
    """Say on a stick which contents a machine lacks; a newer wish takes the older one's place."""
    path = folder / (stick.name_for("W", key_id) + ENDING)
    if not hashes:
        with told():
            path.unlink(missing_ok=True)
        return
    _put(path, public, {"kind": WISH, "by": key_id, "d": hashes[:_MOST_WISHES]}, None)


def _put(path: Path, public: bytes, about: dict[str, Any], stream: BinaryIO | None) -> None:
    digest = hashlib.sha256()

    def fill(file: BinaryIO) -> None:
        for some in _records(public, about, stream):
            digest.update(some)
            file.write(some)

    def check(partial: Path) -> None:
        with partial.open("rb") as file:
            if hashlib.file_digest(file, "sha256").digest() != digest.digest():
                raise StickLies(path.name)

    stick.put(path, fill, check)


def _records(public: bytes, about: dict[str, Any], stream: BinaryIO | None) -> Iterator[bytes]:
    yield _MAGIC + seal.name_of(public).encode("ascii")
    yield _sealed(public, json.dumps(about).encode())
    while stream is not None and (some := stream.read(_STRETCH)):
        yield _sealed(public, some)


def _sealed(public: bytes, text: bytes) -> bytes:
    record = seal.seal(public, text)
    return _LENGTH.pack(len(record)) + record


class Opened:
    """A file of ours, unsealed as it is read: `about` is what it says of itself. Raises Damaged, NotForUs."""

    def __init__(self, file: BinaryIO, private: bytes) -> None:
        self._file, self._private = file, private
        file.seek(len(_MAGIC) + 16)
        try:
            self.about = json.loads(self.read())
        except ValueError as error:
            raise Damaged("no head") from error
        if not isinstance(self.about, dict):
            raise Damaged("no head")

    def read(self, _size: int = -1) -> bytes:
        """Return the next stretch, b"" at the end."""
        head = self._file.read(_LENGTH.size)
        if not head:
            return b""
        if len(head) < _LENGTH.size or (length := _LENGTH.unpack(head)[0]) > _LONGEST:
            raise Damaged("a stretch too long")
        record = self._file.read(length)
        if len(record) < length:
            raise Damaged("cut short")
        return seal.unseal(self._private, record)


Wanted = Callable[[str], int]
"""Return how many bytes a content should have by the rows here, 0 where none names it."""


def take(found: Found, private: bytes, files: Contents, wanted: Wanted) -> list[str]:
    """Take a content off a stick; of a wish, return the hashes it asks for.

    A damaged or unwanted one is left where it is; a content that is here now is removed
    from the stick, which only this machine could read it from.
    """
    with suppress(Damaged, NotForUs, Refusal, OSError):
        with found.path.open("rb") as file:
            opened = Opened(file, private)
            if opened.about.get("kind") == WISH:
                return [one for one in opened.about.get("d") or () if is_hash(one)][:_MOST_WISHES]
            here = _kept(opened, files, wanted)
        if here:
            found.path.unlink()
    return []


def _kept(opened: Opened, files: Contents, wanted: Wanted) -> bool:
    sha256 = opened.about.get("sha256")
    if not isinstance(sha256, str) or not is_hash(sha256):
        return False
    if not files.has(sha256):
        size = wanted(sha256)
        if not size:
            return False
        files.keep(opened, size, sha256)  # type: ignore[arg-type]
    return True


def wisher(found: Found, private: bytes) -> str:
    """Return the name of the key of the machine that wishes, '' for anything else."""
    with suppress(Damaged, NotForUs, OSError), found.path.open("rb") as file:
        about = Opened(file, private).about
        if about.get("kind") == WISH and isinstance(about.get("by"), str):
            return str(about["by"])
    return ""
