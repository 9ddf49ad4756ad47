"""From a row to what it says of a person, or to the reason why it says nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.language import Message, msg
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
_NUMBER = "\x00"


@dataclass(frozen=True)
class _Layout:
    """What the columns of a table are for: all of them, those we keep, the ranks, the last name."""

    titles: Sequence[Column]
    kept: Sequence[Column]
    ranks: frozenset[int]
    named: int

    @classmethod
    def of(cls, titles: Sequence[Column]) -> "_Layout":
        ranks = frozenset(column.at for column in titles if column.key == "rank")
        named = max((column.at for column in titles if column.key in columns.NAMES), default=0)
        return cls(titles, [column for column in titles if column.key], ranks, named)


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
    layout = _Layout.of(titles)
    # Put into words once: ten thousand look-ups of one sentence are heard.
    where = msg("ligne %(n)s", n=_NUMBER)
    place = str(where if alone else msg("%(sheet)s, ligne %(n)s", sheet=table.name, n=_NUMBER))
    for number, row in rows:
        yield _line(place.replace(_NUMBER, str(number)), _repeated(row, titles, above), layout, context)


def _filled(row: Sequence[Cell]) -> Iterator[bool]:
    return (bool(cells.shown(cell)) for cell in row)


def _repeated(row: Sequence[Cell], titles: Sequence[Column], above: dict[int, Cell]) -> list[Cell]:
    """Return the row with ditto marks replaced by what stands above them."""
    said = list(row)
    for column in titles:
        at = column.at
        if at < len(said):
            mark = said[at]
            if isinstance(mark, str) and len(mark) <= _LONGEST_DITTO and cells.plain(mark) in DITTO:
                said[at] = above.get(at)
            above[at] = said[at]
    return said


def _line(place: str, row: list[Cell], layout: _Layout, context: Context) -> Line:
    line = Line(place, row=row, titles=layout.titles)
    texts = [cells.shown(cell) for cell in row]
    line.skip = _reason_to_skip(row, texts, layout)
    if line.skip:
        line.label = " ".join(filter(None, texts))[:_SENTENCE]
        return line
    found: dict[str, list[Answer]] = {}
    for column in layout.kept:
        at = column.at
        if at < len(row) and texts[at]:
            found.setdefault(column.key, []).append(Answer(row[at], texts[at]))
    for read in reading.READERS:
        read(line, found, context)
    return line


def _reason_to_skip(row: list[Cell], texts: list[str], layout: _Layout) -> Message | None:
    said = [text for at, text in enumerate(texts) if text and at not in layout.ranks]
    if not said:
        return msg("Ligne vide")
    if any(_TOTAL.match(text) for text in texts[: layout.named + 1] if text):
        return msg("Ligne de total")
    titled = (column for column in layout.titles if column.title and column.at < len(row))
    if sum(row[column.at] == column.title for column in titled) > 2:
        return msg("Ligne de titres répétée")
    if len(said) == 1 and len(said[0]) > _SENTENCE:
        return msg("Ligne de texte")
    return None
