"""Sticks: where they are mounted, and how a file gets onto one whole or not at all.

FAT knows neither rights nor long names that every machine reads alike, and a
stick is pulled out at any moment: a file is written under a passing name,
forced out, read again from the stick itself, and only then given its name.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kiosk.storage import fault
from kiosk.sync.bundle.envelope import Header, glimpse, opened
from kiosk.sync.bundle.trouble import Damaged, NoSuchPlace, StickLies, told

FOLDER, ENDING, PASSING = "KIOSK", ".KSE", ".TMP"
_ROOTS = (Path("/media"), Path("/run/media"), Path("/mnt"))
_MOUNTS = Path("/proc/self/mountinfo")
_DISKS = {
    "vfat",
    "msdos",
    "exfat",
    "ntfs",
    "ntfs3",
    "fuseblk",
    "ext2",
    "ext3",
    "ext4",
    "f2fs",
    "btrfs",
    "udf",
}
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Stick:
    """A stick as a person sees it: its name, and whether something may be written; `free` in bytes."""

    path: Path
    name: str
    free: int
    writable: bool
    headers: tuple[Header, ...]

    def holds(self, kind: str, to: str) -> int:
        """Return how many bundles of that kind wait for a machine on the stick."""
        return sum(header.kind == kind and header.to == to for header in self.headers)


def sticks(chosen: str = "") -> list[Stick]:
    """Return the sticks plugged in: disks mounted where sticks are, or the folders of `chosen`."""
    found = _folders(Path(chosen)) if chosen else list(_mounted())
    return [stick for path in sorted(found) if (stick := _look(path)) is not None]


def named(path: str, chosen: str = "") -> Stick:
    """Return the plugged stick at that path; raises NoSuchPlace."""
    found = next((stick for stick in sticks(chosen) if str(stick.path) == path), None)
    if found is None:
        raise NoSuchPlace(path)
    return found


def _folders(parent: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in parent.iterdir() if path.is_dir() and not path.name.startswith(".")]
    return []


def _mounted() -> Iterator[Path]:
    with suppress(OSError):
        for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
            before, _, after = line.partition(" - ")
            path = Path(_OCTAL.sub(lambda found: chr(int(found[1], 8)), before.split(" ")[4]))
            if after.split(" ")[0] in _DISKS and any(root in path.parents for root in _ROOTS):
                yield path


def _look(path: Path) -> Stick | None:
    try:
        room = os.statvfs(path)
        headers = tuple(header for one in bundles(path) if (header := glimpse(one)) is not None)
    except OSError:
        return None
    writable = os.access(path, os.W_OK) and not room.f_flag & os.ST_RDONLY
    return Stick(path, path.name, room.f_bavail * room.f_frsize, writable, headers)


def bundles(place: Path) -> list[Path]:
    """Return the bundles of a place: those in its folder, or the one file; raises NoSuchPlace."""
    with told():
        if place.is_dir():
            folder = place if place.name == FOLDER else place / FOLDER
            return sorted(p for p in folder.glob("*") if p.suffix.upper() == ENDING and p.is_file())
        if not place.exists():
            raise NoSuchPlace(str(place))
        return [place]


def name_for(letter: str, content: str) -> str:
    """Return a name of eight signs that any FAT keeps, the same for the same content."""
    number = int.from_bytes(hashlib.sha256(content.encode()).digest()[:5], "big")
    return letter + "".join(_SIGNS[number >> shift & 31] for shift in range(30, -1, -5))


def _reread(path: Path) -> None:
    try:
        opened(path)
    except Damaged as error:
        raise StickLies(str(error)) from error


def put(path: Path, fill: Callable[[BinaryIO], None], check: Callable[[Path], None] = _reread) -> None:
    """Write a file at `path`, whole and read again by `check`, or leave what was there.

    Raises Carried: full, read-only, gone, or a stick that does not keep what it takes.
    """
    partial = path.with_suffix(PASSING)
    with told():
        _make(path.parent)
        try:
            with partial.open("w+b") as file:
                fill(file)
                file.flush()
                os.fsync(file.fileno())
                # Else the check would read the machine's memory, not the stick.
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            check(partial)
            fault.at("stick.written")
            os.replace(partial, path)
            fault.at("stick.named")
            _force(path.parent)
        except BaseException:
            with suppress(OSError):
                partial.unlink()
            raise


def put_bytes(path: Path, content: bytes) -> None:
    """Write a bundle that is in memory; raises Carried."""

    def fill(file: BinaryIO) -> None:
        file.write(content)

    put(path, fill)


def _make(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir()
        _force(folder.parent)


def _force(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_whole(path: Path, mark: str) -> bool:
    """Tell whether a file is there whole and holds the content of that mark."""
    header = glimpse(path)
    if header is None or header.mark != mark:
        return False
    try:
        opened(path)
    except Damaged:
        return False
    return True


def sweep(folder: Path) -> None:
    """Remove what interrupted copies left under passing names."""
    with suppress(OSError):
        for path in folder.glob(f"*{PASSING}"):
            path.unlink()
