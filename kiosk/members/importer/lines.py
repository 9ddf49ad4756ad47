"""From a row to what it says of a person, or to the reason why it says nothing."""

import re
from collections.abc import Iterator, Sequence

from kiosk.language import Message, fold, msg
from kiosk.members.importer import cells, columns, reading
from kiosk.members.importer.columns import Column
from kiosk.members.importer.line import Answer, Context, Line
from kiosk.members.importer.sheet import Cell, Table
from kiosk.members.importer.words import DITTO

_TOTAL = re.compile(
    r"^(?:sous[ -]?)?tota(?:l|ux)\b|^effectifs?\b|^nombre (?:total|d)|^(?:femmes|hommes) ?:", re.I
)
_SENTENCE = 60
_LONGEST_DITTO = max(map(len, DITTO))


def of(
    table: Table, header: int, titles: Sequence[Column], context: Context, alone: bool = True
) -> Iterator[Line]:
    """Return the lines under the row of titles, empty rows at the end left out.

    `alone` says that no other sheet needs telling apart.
    """
    rows = table.rows[header + 1 :]
    while rows and not any(_filled(rows[-1][1])):
        rows = rows[:-1]
    above: dict[int, Cell] = {}
    for number, row in rows:
        where = msg("ligne %(n)s", n=number)
        place = where if alone else msg("%(sheet)s, ligne %(n)s", sheet=table.name, n=number)
        yield _line(str(place), _repeated(row, titles, above), titles, context)


def _filled(row: Sequence[Cell]) -> Iterator[bool]:
    return (bool(cells.shown(cell)) for cell in row)


def _repeated(row: Sequence[Cell], titles: Sequence[Column], above: dict[int, Cell]) -> list[Cell]:
    """Return the row with ditto marks replaced by what stands above them."""
    said = list(row)
    for column in titles:
        if column.at < len(said):
            mark = said[column.at]
            if isinstance(mark, str) and len(mark) <= _LONGEST_DITTO and fold(mark) in DITTO:
                said[column.at] = above.get(column.at)
            above[column.at] = said[column.at]
    return said


def _line(place: str, row: list[Cell], titles: Sequence[Column], context: Context) -> Line:
    line = Line(place)
    texts = [cells.shown(cell) for cell in row]
    line.skip = _reason_to_skip(row, texts, titles)
    if line.skip:
        line.label = " ".join(filter(None, texts))[:_SENTENCE]
        return line
    found: dict[str, list[Answer]] = {}
    for column in titles:
        if column.key and column.at < len(row) and texts[column.at]:
            found.setdefault(column.key, []).append(Answer(row[column.at], texts[column.at]))
    for read in reading.READERS:
        read(line, found, context)
    return line


def _reason_to_skip(row: list[Cell], texts: list[str], titles: Sequence[Column]) -> Message | None:
    ranks = {column.at for column in titles if column.key == "rank"}
    said = [text for at, text in enumerate(texts) if text and at not in ranks]
    if not said:
        return msg("Ligne vide")
    named = max((column.at for column in titles if column.key in columns.NAMES), default=0)
    if any(_TOTAL.match(text) for text in texts[: named + 1] if text):
        return msg("Ligne de total")
    if sum(row[column.at] == column.title for column in titles if column.at < len(row)) > 2:
        return msg("Ligne de titres répétée")
    if len(said) == 1 and len(said[0]) > _SENTENCE:
        return msg("Ligne de texte")
    return None
