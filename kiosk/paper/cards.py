"""Member cards, eight to a page of A4, with marks to cut along: 85.6 x 54 mm each, light on ink."""

from kiosk.paper.facts import Card, Cards
from kiosk.paper.ink import BLACK, BOLD, DEEP, OCHRE, Book

WIDE, HIGH = 85.6, 54.0
ACROSS, DOWN = 2, 4
_GAP, _CODE, _EDGE = 7.0, 26.0, 5.0
_MARK, _OFF = 2.4, 0.8
_FACE = (17.0, 21.25)


def draw(book: Book, facts: Cards) -> None:
    """Draw every page of cards."""
    cards, a_page = facts["cards"], ACROSS * DOWN
    for first in range(0, len(cards), a_page):
        book.turn()
        left = (book.wide - ACROSS * WIDE - _GAP) / 2
        top = (book.high - DOWN * HIGH - (DOWN - 1) * _GAP) / 2
        for at, card in enumerate(cards[first : first + a_page]):
            down, across = divmod(at, ACROSS)
            x, y = left + across * (WIDE + _GAP), top + down * (HIGH + _GAP)
            _card(book, card, x, y)
            _marks(book, x, y)


def _card(book: Book, card: Card, x: float, y: float) -> None:
    beside = _FACE[0] + 3 if card["photo"] else 0.0
    room = WIDE - _CODE - 3 * _EDGE
    book.mark(x + _EDGE, y + 5, 8)
    book.text(x + _EDGE + 10.5, y + 10.4, card["space"], 8.5, ink=DEEP, room=room - 10.5)
    if card["photo"]:
        book.photo(x + _EDGE, y + 13.5, *_FACE, card["photo"])
    size, lines = _name(book, card["name"], room - beside)
    for at, line in enumerate(lines):
        up = (at - len(lines) + 1) * 6.2
        book.text(x + _EDGE + beside, y + 28 + up, line, size, BOLD, room=room - beside)
    book.text(x + _EDGE, y + (42 if beside else 39), card["number"], 15, BOLD, ink=DEEP, room=room)
    book.code(x + WIDE - _CODE - _EDGE, y + 6.5, _CODE, card["code"])
    book.box(x, y + HIGH - 9, WIDE, 9, DEEP)
    book.band(x + _EDGE, y + HIGH - 6.4, WIDE - 2 * _EDGE, OCHRE, 3.8)


def _name(book: Book, name: str, room: float) -> tuple[float, list[str]]:
    """Return the size at which a name takes two lines, with these lines: no word of it is left out."""
    for size in (14.0, 12.5, 11.0, 9.5):
        lines = book.lines(name, size, room, BOLD)
        if len(lines) < 3:
            return size, lines
    return 9.5, [lines[0], " ".join(lines[1:])]


def _marks(book: Book, x: float, y: float) -> None:
    """Draw the cut marks: two short strokes off each corner, none on the card."""
    for cx, out in ((x, -1), (x + WIDE, 1)):
        for cy, away in ((y, -1), (y + HIGH, 1)):
            book.line(cx + out * _OFF, cy, cx + out * (_OFF + _MARK), cy, 0.2, BLACK)
            book.line(cx, cy + away * _OFF, cx, cy + away * (_OFF + _MARK), 0.2, BLACK)
