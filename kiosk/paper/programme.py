"""The programme of a month: days one under the other, black on white, as many pages as it needs."""

from kiosk.paper.facts import Day, Programme
from kiosk.paper.ink import BOLD, GREY, PLAIN, Book
from kiosk.paper.sheet import head

_EDGE, _FOOT, _DAY, _LINE = 14.0, 272.0, 9.0, 11.6


def draw(book: Book, programme: Programme) -> None:
    """Draw the month; a day begins on the page where its first line fits too."""
    leaves = list(_leaves(book, programme))
    for at, leaf in enumerate(leaves, 1):
        y = _begin(book, programme, programme["page"] % (at, len(leaves)))
        for day in leaf:
            y = _day(book, day, y)
        if not programme["days"]:
            book.text(_EDGE, y + 8, programme["none"], 13)
        book.line(_EDGE, _FOOT + 6, book.wide - _EDGE, _FOOT + 6)
        book.text(_EDGE, _FOOT + 10.6, programme["note"], 9, room=book.wide - 2 * _EDGE)


def _begin(book: Book, programme: Programme, page: str) -> float:
    book.turn()
    y = head(book, programme["head"], page)
    book.text(_EDGE, y + 8.5, programme["title"], 22, BOLD, room=book.wide - 2 * _EDGE)
    return y + 14


def _leaves(book: Book, programme: Programme) -> list[list[Day]]:
    """Share the days between pages; a long day goes on overleaf under its own name."""
    top = 62.0 + 4.8 * len(programme["head"]["lines"])
    leaves: list[list[Day]] = [[]]
    left = _FOOT - top
    for day in programme["days"]:
        lines = list(day["lines"])
        while lines:
            fits = int((left - _DAY) / _LINE)
            if fits < 1:
                leaves.append([])
                left = _FOOT - top
                continue
            leaves[-1].append(Day(day=day["day"], lines=lines[:fits]))
            left -= _DAY + _LINE * min(fits, len(lines)) + 2
            lines = lines[fits:]
    return leaves


def _day(book: Book, day: Day, y: float) -> float:
    right = book.wide - _EDGE
    book.box(_EDGE, y, right - _EDGE, 7, GREY)
    book.text(_EDGE + 2, y + 5, day["day"], 11.5, BOLD)
    y += _DAY
    for hour, what, where, state in day["lines"]:
        book.text(_EDGE + 2, y + 4.2, hour, 12, BOLD)
        aside = book.width(state, 10, BOLD) + 4 if state else 0
        book.text(_EDGE + 26, y + 4.2, what, 12, BOLD, room=right - _EDGE - 26 - aside)
        book.text(right - 2, y + 4.2, state, 10, BOLD, "right")
        book.text(_EDGE + 26, y + 8.8, where, 9.5, PLAIN, room=right - _EDGE - 26)
        y += _LINE
        book.line(_EDGE + 26, y - 1.2, right, y - 1.2, 0.15)
    return y + 2
