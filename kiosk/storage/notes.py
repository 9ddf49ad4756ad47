"""Small files beside the database: written whole or not at all, whoever else writes them at that moment."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from kiosk.storage import fault

_PASSING = ".part"


def write_whole(path: Path, text: str) -> None:
    """Put `text` in the place of a file, forced to the disk first; raises OSError, and leaves what was there.

    Several processes of a machine write the same file: each has a passing name of its own.
    """
    prefix = f"{path.name}.{os.getpid()}."
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=_PASSING)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fault.at("note.written")
        os.replace(partial, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(partial)
        raise


def force(folder: Path) -> None:
    """Make the names in a folder last: without it a power cut may bring a former file back."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove the passing files of processes that died while they wrote one."""
    for path in folder.glob(f"*.*.*{_PASSING}"):
        owner = path.name.split(".")[-3]
        if owner.isdigit() and not _is_alive(int(owner)):
            with suppress(OSError):
                path.unlink()


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
