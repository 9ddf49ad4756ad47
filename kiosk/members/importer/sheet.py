"""Reading a file of any usual kind into plain tables, without trusting it.

A workbook (.xlsx, .xlsm, .xls, .ods) is opened in a process of its own with
bounded memory and time: a hostile or broken file ends that process, not the
kiosk, and its memory is given back. Text (.csv, .tsv) is read here.
"""

import datetime
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.language import Message, msg
from kiosk.members.importer import text
from kiosk.members.importer.workbook import DATE, LOCKED, MOST_LINES, TOO_LARGE
from kiosk.storage import Refusal

MOST_BYTES = 20_000_000
_SECONDS = 90
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Cell = str | int | float | bool | datetime.date | None


@dataclass(frozen=True)
class Table:
    """One sheet: its name ('' for a text file) and its rows with their line numbers from 1."""

    name: str
    rows: list[tuple[int, list[Cell]]]


class Unreadable(Refusal):
    """The file cannot be read; the sentence says why and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message, "file")


class Untitled(Unreadable):
    """No row of titles is known: somebody may say what the columns are."""

    def __init__(self) -> None:
        super().__init__(
            msg("Aucune ligne de titres. Il faut au moins une colonne «\u00a0Nom\u00a0» et une autre.")
        )


def read(path: Path, above: int = 0) -> list[Table]:
    """Return the tables of a file; a text's numbers begin after the lines `above`, which are ours.

    Raises Unreadable for anything that is not a table.
    """
    size = path.stat().st_size
    if not size:
        raise Unreadable(msg("Ce fichier est vide."))
    if size > MOST_BYTES:
        raise Unreadable(msg("Ce fichier est trop lourd\u00a0: %(n)s Mo au plus.", n=MOST_BYTES // 1_000_000))
    with path.open("rb") as file:
        head = file.read(8)
    tables = _workbook(path) if head.startswith((_ZIP, _OLE)) else _text(path, above)
    if sum(len(table.rows) for table in tables) > MOST_LINES:
        raise Unreadable(_too_large())
    return tables


def _text(path: Path, above: int) -> list[Table]:
    try:
        rows = text.rows(path.read_bytes())
    except ValueError as error:
        raise Unreadable(
            msg("Ce fichier n’est pas un tableau. Enregistrez-le en .xlsx, .ods ou .csv.")
        ) from error
    return [Table("", [(number - above, list(cells)) for number, cells in rows])]


def _workbook(path: Path) -> list[Table]:
    command = [sys.executable, "-m", "kiosk.members.importer.workbook", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(_too_large()) from error
    if done.returncode == LOCKED:
        raise Unreadable(msg("Ce fichier a un mot de passe. Enregistrez-le sans mot de passe."))
    if done.returncode == TOO_LARGE or done.returncode < 0:
        raise Unreadable(_too_large())
    if done.returncode:
        raise Unreadable(msg("Ce fichier est abîmé ou illisible. Ouvrez-le, puis enregistrez-le en .xlsx."))
    return [Table(name, list(enumerate(map(_cells, rows), 1))) for name, rows in json.loads(done.stdout)]


def _too_large() -> Message:
    return msg("Ce fichier a trop de lignes\u00a0: %(n)s au plus.", n=MOST_LINES)


def _cells(row: list[Any]) -> list[Cell]:
    return [datetime.date.fromisoformat(c[DATE]) if isinstance(c, dict) else c for c in row]
