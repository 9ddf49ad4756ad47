"""Looking through everything a machine keeps: every table, log and index, and the bytes of its files."""

from collections.abc import Iterable

from sqlalchemy import text

from kiosk.storage import Store
from tests.support.machines import Machine


def rows_with(machine: Machine | Store, words: Iterable[str]) -> list[str]:
    """Return every row of any table (search indexes and their insides too) that holds one of the words."""
    found = []
    with machine.open() as current:
        names = current.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        for name in names:
            for row in current.execute(text(f'SELECT * FROM "{name}"')):
                found += [f"{name}: {word}" for word in words if any(_holds(cell, word) for cell in row)]
    return sorted(set(found))


def _holds(cell: object, word: str) -> bool:
    if isinstance(cell, bytes):
        return word.encode() in cell
    return isinstance(cell, str) and word in cell


def files_with(machine: Machine, words: Iterable[str]) -> list[str]:
    """Return every file of a machine, its database included, that holds one of the words."""
    machine.close()
    found = [path for path in machine.data.rglob("*") if path.is_file()]
    return [f"{path.name}: {word}" for path in found for word in words if word.encode() in path.read_bytes()]
