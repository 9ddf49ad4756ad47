"""From a row to what it says of a person, or to the reason why it says nothing."""

import re
from collections.abc import Iterator, Sequence

from kiosk.language import Message, fold, msg
from kiosk.members.importer import cells, columns, reading
from kiosk.members.importer.columns import Column
from kiosk.members.importer.line import Context, Line
from kiosk.members.importer.sheet import Cell, Table
from kiosk.members.importer.words import DITTO

_TOTAL = re.compile(r"^(?:sous[ -]?)?tota(?:l|ux)\b|^effectifs?\b|^nombre (?:total|d)|^(?:femmes|hommes) ?:")
_SENTENCE = 60


def of(table: Table, header: int, titles: Sequence[Column], context: Context) -> Iterator[Line]:
    """Return the lines under the row of titles, empty rows at the end left out."""
    rows = table.rows[header + 1 :]
    while rows and not any(_filled(rows[-1][1])):
        rows = rows[:-1]
    above: dict[int, Cell] = {}
    for number, row in rows:
        place = str(
            msg("%(sheet)s, ligne %(n)s", sheet=table.name, n=number)
            if table.name
            else msg("ligne %(n)s", n=number)
        )
        yield _line(place, _repeated(row, titles, above), titles, context)


def _filled(row: Sequence[Cell]) -> Iterator[bool]:
    return (bool(cells.shown(cell)) for cell in row)


def _repeated(row: Sequence[Cell], titles: Sequence[Column], above: dict[int, Cell]) -> list[Cell]:
    """Return the row with ditto marks replaced by what stands above them."""
    said = list(row)
    for column in titles:
        if column.at < len(said):
            mark = said[column.at]
            if isinstance(mark, str) and fold(mark) in DITTO:
                said[column.at] = above.get(column.at)
            above[column.at] = said[column.at]
    return said


def _line(place: str, row: list[Cell], titles: Sequence[Column], context: Context) -> Line:
    line = Line(place)
    line.skip = _reason_to_skip(row, titles)
    if line.skip:
        line.label = " ".join(filter(None, map(cells.shown, row)))[:_SENTENCE]
        return line
    by_key: dict[str, list[Cell]] = {}
    for column in titles:
        if column.key and column.at < len(row) and cells.shown(row[column.at]):
            by_key.setdefault(column.key, []).append(row[column.at])
    for read in reading.READERS:
        read(line, by_key, context)
    return line


def _reason_to_skip(row: Sequence[Cell], titles: Sequence[Column]) -> Message | None:
    shown = [cells.shown(cell) for cell in row]
    ranks = {column.at for column in titles if column.key == "rank"}
    said = [text for at, text in enumerate(shown) if text and at not in ranks]
    if not said:
        return msg("Ligne vide")
    named = max((column.at for column in titles if column.key in columns.NAMES), default=0)
    if any(_TOTAL.match(fold(text)) for text in shown[: named + 1] if text):
        return msg("Ligne de total")
    if columns.score(row) > 2:
        return msg("Ligne de titres répétée")
    if len(said) == 1 and len(said[0]) > _SENTENCE:
        return msg("Ligne de texte")
    return None
