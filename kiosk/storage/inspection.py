"""A look at a SQLite database from outside, on a connection of its own, read only.

sqlite-utils is imported here and nowhere in the serving process.
"""

import sqlite3
from pathlib import Path

from kiosk.storage.base import synced_models

_VERBS = ("insert", "update", "delete")


def damage(path: Path) -> str | None:
    """Return what SQLite finds wrong with the file, None when it is sound."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        verdict = str(error)
    finally:
        connection.close()
    return None if verdict == "ok" else str(verdict)


def missing_guards(path: Path) -> list[str]:
    """Return the guard triggers that are gone, and with them the promise of the log."""
    from sqlite_utils import Database

    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        present = {trigger.name for trigger in Database(connection).triggers}
    finally:
        connection.close()
    wanted = [f"guard_{table}_{verb}" for table in synced_models() for verb in _VERBS]
    return [name for name in wanted if name not in present]
