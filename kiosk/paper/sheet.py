"""The attendance sheet: names, numbers, boxes to sign, lines to write on; black on white."""

from itertools import accumulate

from kiosk.paper.facts import Column, Folio, Head, Sheet
from kiosk.paper.ink import BOLD, GREY, PLAIN, Book

_EDGE, _TOP, _CODE = 14.0, 14.0, 21.0
_ROW, _HEAD = 8.8, 7.0


def draw(book: Book, sheet: Sheet) -> None:
    """Draw every page of a sheet."""
    for folio in sheet["folios"]:
        book.turn(sheet["across"])
        y = head(book, sheet["head"], folio["page"])
        y = _about(book, sheet, y)
        y = table(book, folio, y)
        _foot(book, sheet, y)


def head(book: Book, said: Head, page: str) -> float:
    """Draw the letterhead and its band; return where the page goes on."""
    right = book.wide - _EDGE
    half = (right - _EDGE) / 2
    book.text(_EDGE, _TOP + 3, said["place"], 11, BOLD, room=half)
    book.text(right, _TOP + 3, said["label"], 11, BOLD, "right", room=half)
    book.text(right, _TOP + 8, page, 10, PLAIN, "right")
    y = _TOP + 8
    for line in filter(None, (said["under"], *said["lines"])):
        book.text(_EDGE, y, line, 10, room=right - _EDGE - 40)
        y += 4.8
    book.band(_EDGE, max(y, _TOP + 12.8) - 2, right - _EDGE)
    return max(y, _TOP + 12.8) + 3


def _about(book: Book, sheet: Sheet, y: float) -> float:
    """Write what the sheet is of, the first pair alone on its line, the code at the right."""
    book.text(_EDGE, y + 7.5, sheet["title"], 19, BOLD)
    right = book.wide - _EDGE - (_CODE + 6 if sheet["code"] else 0)
    half = (right - _EDGE + 6) / 2
    for at, (word, said) in enumerate(sheet["pairs"]):
        down, across = divmod(at + 1, 2) if at else (0, 0)
        room = half - 6 if at else right - _EDGE
        _pair(book, _EDGE + across * half, y + 14.5 + down * 5.6, room, (word, said))
    foot = y + 17 + len(sheet["pairs"]) // 2 * 5.6
    if not sheet["code"]:
        return foot
    book.code(book.wide - _EDGE - _CODE, y + 2, _CODE, sheet["code"])
    book.text(book.wide - _EDGE, y + _CODE + 5, sheet["code_word"], 7.5, align="right")
    return max(foot, y + _CODE + 7)


def _pair(book: Book, x: float, y: float, room: float, pair: tuple[str, str]) -> None:
    word, said = pair
    begin = book.width(f"{word} ", 10.5)
    book.text(x, y, word, 10.5)
    if said:
        book.text(x + begin, y, said, 10.5, BOLD, room=room - begin)
    else:
        book.dots(x + begin, y + 0.5, room - begin)


def table(book: Book, folio: Folio, y: float) -> float:
    """Draw a table over the width of the page; return where it ends."""
    edges, rows = _edges(book, folio["columns"]), folio["rows"]
    high = _HEAD + 4 * any("\n" in column["word"] for column in folio["columns"])
    book.box(_EDGE, y, edges[-1] - _EDGE, high, GREY)
    for at, column in enumerate(folio["columns"]):
        for down, word in enumerate(column["word"].split("\n")):
            room = edges[at + 1] - edges[at] - 3
            book.text(edges[at] + 2, y + 4.8 + down * 4.2, word, 9.5, BOLD, room=room)
    for down, row in enumerate(rows):
        _row(book, folio["columns"], row, edges, y + high + down * _ROW)
    foot = y + high + _ROW * len(rows)
    for level in (y, *(y + high + one * _ROW for one in range(len(rows) + 1))):
        book.line(_EDGE, level, edges[-1], level)
    for edge in edges:
        book.line(edge, y, edge, foot)
    return foot


def _edges(book: Book, columns: list[Column]) -> list[float]:
    """Return where columns begin and end; those without a width share what is left."""
    widths = [column["wide"] for column in columns]
    rest = (book.wide - 2 * _EDGE - sum(widths)) / (widths.count(0) or 1)
    return [_EDGE, *(_EDGE + at for at in accumulate(wide or rest for wide in widths))]


def _row(book: Book, columns: list[Column], row: list[str], edges: list[float], y: float) -> None:
    for at, words in enumerate(row):
        if words:
            column, room = columns[at], edges[at + 1] - edges[at] - 4
            font = BOLD if column["bold"] else PLAIN
            x, align = (edges[at + 1] - 2, "right") if column["right"] else (edges[at] + 2, "left")
            book.text(x, y + 5.8, words, 10, font, align, room=room)


def _foot(book: Book, sheet: Sheet, y: float) -> None:
    """Write the totals to fill in, where to sign, and what to do with the paper."""
    third = (book.wide - 2 * _EDGE) / 3
    for across, words in enumerate(sheet["totals"]):
        for down, word in enumerate(words):
            x, foot = _EDGE + across * third, y + 7 + down * 5.6
            book.text(x, foot, word)
            book.dots(x + book.width(f"{word} ", 10.5), foot + 0.5, 22)
    book.text(_EDGE + 2 * third, y + 7, sheet["sign"])
    note = y + 21
    book.line(_EDGE, note, book.wide - _EDGE, note)
    book.paragraph(_EDGE, note + 4.6, sheet["note"], book.wide - 2 * _EDGE, 9)
