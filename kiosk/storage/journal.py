"""The last warnings of a machine, kept in a small file that may be shown to anybody.

A line holds the words of the code, never what they were about: no argument, no
text of an exception, only its kind and where it happened. So no name, phone or
secret can stand in it, whatever went wrong.
"""

import datetime
import logging
import traceback
from contextlib import suppress
from pathlib import Path

from kiosk.storage import clock

NAME = "journal.txt"
_MOST, _KEPT, _FRAMES = 64_000, 32_000, 4


class Plain(logging.Handler):
    """Writes each warning of the program as one line of that file; the older half goes when it is full."""

    def __init__(self, data: Path) -> None:
        super().__init__(logging.WARNING)
        self._path = data / NAME

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line. A full or read-only disk keeps nothing, and stops nobody."""
        with suppress(OSError):
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"{line(record)}\n")
            if self._path.stat().st_size > _MOST:
                self._path.write_bytes(self._path.read_bytes()[-_KEPT:].partition(b"\n")[2])


def follow(data: Path) -> None:
    """Keep what the program warns of from now on."""
    logging.getLogger("kiosk").addHandler(Plain(data))


def line(record: logging.LogRecord) -> str:
    """Return a record as words of the code."""
    moment = datetime.datetime.fromtimestamp(clock.now_ms() / 1000, datetime.UTC)
    args = record.args if isinstance(record.args, tuple) else ()
    kinds = [type(one).__name__ for one in args if isinstance(one, BaseException)]
    parts = [f"{moment:%Y-%m-%dT%H:%M:%SZ}", record.levelname, record.name, str(record.msg), *kinds]
    if record.exc_info and record.exc_info[0]:
        frames = traceback.extract_tb(record.exc_info[2])[-_FRAMES:]
        where = [f"{Path(one.filename).name}:{one.lineno}" for one in frames]
        parts += [record.exc_info[0].__name__, " < ".join(reversed(where))]
    return " ".join(" ".join(parts).split())


def last(data: Path, count: int = 100) -> list[str]:
    """Return the last lines, the oldest first."""
    try:
        return (data / NAME).read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except OSError:
        return []
