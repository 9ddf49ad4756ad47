"""Small files beside the database: written whole or not at all, whoever else writes them at that moment."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from kiosk.storage import fault


def write_whole(path: Path, text: str) -> None:
    """Put `text` in the place of a file, forced to the disk first; raises OSError, and leaves what was there.

    Several processes of a machine write the same file: each has a passing name of its own.
    """
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".part")
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
