"""What a disk may hold after the power went: all that was forced out, and any part of the rest."""

import os
import random
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.sync.faults import vfs

SECTOR = 512
WRITE, CUT, SYNC, DELETE, NAME, FOLDER = "write", "cut", "sync", "delete", "name", "folder"


@dataclass
class Record:
    """What went to the disks of some machines, in order; hears SQLite, and files renamed into place."""

    folders: tuple[Path, ...]
    done: list[tuple[str, Path, Any]] = field(default_factory=list)
    before: dict[Path, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for folder in self.folders:
            every = (path for path in folder.iterdir() if path.is_file() and path.suffix != ".db-shm")
            self.before |= {path: path.read_bytes() for path in every}

    def hears(self, path: Path) -> bool:
        return path.parent in self.folders and path.name in ("kiosk.db", "kiosk.db-wal")

    def writes(self, path: Path, offset: int, data: bytes) -> int:
        return self._note(WRITE, path, (offset, data))

    def cuts(self, path: Path, size: int) -> int:
        return self._note(CUT, path, size)

    def syncs(self, path: Path) -> int:
        return self._note(SYNC, path, None)

    def deletes(self, path: Path, forced: bool) -> int:
        return self._note(DELETE, path, forced)

    def _note(self, what: str, path: Path, about: Any) -> int:
        self.done.append((what, path, about))
        return vfs.OK

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Listen to everything that happens in the block; nothing may be open before, or stay open."""
        replace, fsync = os.replace, os.fsync

        def replaced(source: Any, target: Any) -> None:
            if Path(target).parent in self.folders:
                self._note(NAME, Path(target), Path(source).read_bytes())
            replace(source, target)

        def synced(handle: int) -> None:
            fsync(handle)
            if stat.S_ISDIR(os.fstat(handle).st_mode):
                self._note(FOLDER, Path(f"/proc/self/fd/{handle}").resolve(), None)

        with vfs.listening(self), pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "replace", replaced)
            patch.setattr(os, "fsync", synced)
            yield

    def image(self, folder: Path, upto: int, chance: random.Random | None) -> dict[str, bytearray]:
        """Return the files of a folder after `upto` steps; `chance` decides on what was not forced out.

        Without it the machine lived: everything is there.
        """
        found = {path.name: bytearray(data) for path, data in self.before.items() if path.parent == folder}
        steps = [(n, *one) for n, one in enumerate(self.done[:upto]) if folder in (one[1].parent, one[1])]
        safe = self._forced(steps)
        luck = chance.choice((0.0, 0.3, 0.7, 1.0)) if chance else 1.0
        for number, what, path, about in steps:
            is_safe = chance is None or number < safe.get(path if what not in (NAME, DELETE) else folder, -1)
            _play(found, what, path.name, about, (lambda: True) if is_safe else (lambda: _draw(chance, luck)))
        return found

    def _forced(self, steps: list[tuple[int, str, Path, Any]]) -> dict[Path, int]:
        """Return the last step at which each file, and the folder's names, were forced out."""
        safe: dict[Path, int] = {}
        for number, what, path, about in steps:
            if what in (SYNC, FOLDER):
                safe[path] = number
            elif what == DELETE and about:
                safe[path.parent] = number + 1
        return safe


def _draw(chance: random.Random | None, luck: float) -> bool:
    return chance is None or chance.random() < luck


def _play(found: dict[str, bytearray], what: str, name: str, about: Any, stays: Callable[[], bool]) -> None:
    if what == WRITE:
        _patch(found.setdefault(name, bytearray()), *about, stays)
    elif what == CUT and stays():
        del found.get(name, bytearray())[about:]
    elif what == DELETE and stays():
        found.pop(name, None)
    elif what == NAME and stays():
        found[name] = bytearray(about)


def _patch(content: bytearray, offset: int, data: bytes, stays: Callable[[], bool]) -> None:
    """Write some bytes sector by sector: each arrives or does not."""
    start = 0
    while start < len(data):
        stop = min(start + SECTOR - (offset + start) % SECTOR, len(data))
        if stays():
            content.extend(bytes(max(offset + start - len(content), 0)))
            content[offset + start : offset + stop] = data[start:stop]
        start = stop
