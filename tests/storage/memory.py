"""Contents kept in memory: stands for a store that is no folder, in tests alone."""

import hashlib
import io
from pathlib import Path
from typing import BinaryIO

from kiosk.language import msg
from kiosk.storage import Refusal
from kiosk.storage.carried import is_hash
from kiosk.storage.files import Kept


class Memory:
    """As an object store would: whole contents by name, nothing to rename and no path."""

    def __init__(self, room: int = 10**9) -> None:
        self._kept: dict[str, bytes] = {}
        self._room = room

    def has(self, sha256: str) -> bool:
        return sha256 in self._kept

    def size(self, sha256: str) -> int:
        return len(self._content(sha256))

    def open(self, sha256: str) -> BinaryIO:
        return io.BytesIO(self._content(sha256))

    def take(self, part: Path, sha256: str) -> None:
        if not is_hash(sha256):
            raise ValueError("not a sha256")
        self._kept.setdefault(sha256, part.read_bytes())
        part.unlink()

    def keep(self, stream: BinaryIO, limit: int, expected: str | None = None) -> Kept:
        body = stream.read(limit + 1)
        found = Kept(hashlib.sha256(body).hexdigest(), len(body))
        if not body or len(body) > limit or expected not in (None, found.sha256):
            raise Refusal(msg("Ce fichier est vide. Choisissez-en un autre."), "file")
        self._kept[found.sha256] = body
        return found

    def room(self) -> int:
        return self._room - sum(map(len, self._kept.values()))

    def _content(self, sha256: str) -> bytes:
        if sha256 not in self._kept:
            raise FileNotFoundError(sha256)
        return self._kept[sha256]
