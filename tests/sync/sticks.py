"""A stick of the tests: a folder, and the hands that carry it."""

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.central import courier_end
from kiosk.central.courier import Taken
from kiosk.sync.bundle import incoming, outgoing
from kiosk.sync.bundle.incoming import Read
from kiosk.sync.bundle.outgoing import Written
from tests.support.machines import Machine


@dataclass
class Stick:
    """A folder that stands for a mounted stick."""

    path: Path

    @property
    def files(self) -> list[Path]:
        """Bundles, and what is left of unfinished ones; contents (`.KSF`) are told elsewhere."""
        folder = self.path / "KIOSK"
        every = folder.iterdir() if folder.exists() else ()
        return sorted(path for path in every if path.suffix != ".KSF")

    def written_at(self, kiosk: Machine, piece: int = outgoing.PIECE_BYTES) -> Written:
        """Plugged into a kiosk: « Copier »."""
        return outgoing.write(kiosk.store, kiosk.data, self.path, "test", piece=piece)

    def read_at(self, kiosk: Machine) -> Read:
        """Plugged into a kiosk: « Lire la clé »."""
        return incoming.read(kiosk.store, kiosk.data, self.path)

    def taken_at(self, centre: Machine) -> list[Taken]:
        """Plugged into the centre."""
        with centre.open():
            return courier_end.read(centre.store, centre.data, self.path)[0]

    def answered_at(self, centre: Machine) -> int:
        """Plugged into the centre: answers are written without any bundle being read."""
        with centre.open():
            return courier_end.write(centre.store, centre.data, self.path)


def stick(folder: Path, name: str = "cle") -> Stick:
    """Plug in an empty stick."""
    path = folder / name
    path.mkdir()
    return Stick(path)


class Pulled:
    """A file on a stick that goes away after some bytes."""

    def __init__(self, file: Any, after: int) -> None:
        self._file, self._left = file, after

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            self._file.write(data[: self._left])
            self._file.flush()
            raise OSError(errno.ENODEV, "No such device")
        return int(self._file.write(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
