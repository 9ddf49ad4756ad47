"""Real small disks: mounted, filled to the last byte, locked against writing."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Small:
    """A disk of a few megabytes."""

    path: Path

    @property
    def filler(self) -> Path:
        return self.path / "film.mp4"

    def fill(self, but: int = 0) -> None:
        """Leave `but` bytes of room."""
        with self.filler.open("ab", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(65_536))
        with self.filler.open("ab", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(512))
        os.truncate(self.filler, self.filler.stat().st_size - but)

    def clear(self) -> None:
        """Make room again, as a person does who deletes a film."""
        self.filler.unlink()

    def lock(self, how: str = "ro") -> None:
        """Let nothing be written (`ro`), or let it again (`rw`); nothing may be open for writing."""
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.path)], check=True)


@contextmanager
def mounted(path: Path, size: str = "16m") -> Iterator[Small]:
    """Mount a disk of its own for the block."""
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)]
    if os.getuid() or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting needs root")
    try:
        yield Small(path)
    finally:
        subprocess.run(["umount", "-l", str(path)], check=True)
