"""The poster of one session: read from across a yard, in French and, where a word is attested, in Bambara."""

from kiosk.paper.facts import Poster
from kiosk.paper.ink import BLACK, BOLD, DEEP, EARTH, OCHRE, PLAIN, Book

_EDGE, _FRAME, _CODE = 20.0, 8.0, 44.0
_CALL = 224.0


def draw(book: Book, poster: Poster) -> None:
    """Draw the only page."""
    book.turn()
    book.box(_FRAME, _FRAME, book.wide - 2 * _FRAME, book.high - 2 * _FRAME, edge=DEEP, thick=0.8)
    for y in (_FRAME + 3.5, book.high - _FRAME - 8.5):
        book.band(_FRAME + 4, y, book.wide - 2 * _FRAME - 8, EARTH, 5)
    y = _title(book, poster, _who(book, poster))
    y = _days(book, poster, y)
    _facts(book, poster, y)
    _call(book, poster)


def _who(book: Book, poster: Poster) -> float:
    book.mark(_EDGE, 24, 18)
    book.text(_EDGE + 23, 31.5, poster["head"]["place"], 18, BOLD, ink=DEEP, room=book.wide - 2 * _EDGE - 23)
    book.text(_EDGE + 23, 38.5, poster["head"]["under"], 12, room=book.wide - 2 * _EDGE - 23)
    return 56.0


def _title(book: Book, poster: Poster, y: float) -> float:
    """Write what it is about as large as three lines allow."""
    room = book.wide - 2 * _EDGE
    book.text(_EDGE, y, "  ·  ".join(filter(None, poster["over"])), 20, BOLD, ink=EARTH, room=room)
    size = next(
        (size for size in (54, 48, 42, 36, 30) if len(book.lines(poster["title"], size, room, BOLD)) <= 3), 24
    )
    y = book.paragraph(_EDGE, y + 6 + size * 0.353, poster["title"], room, size, BOLD, ink=DEEP)
    y -= size * 0.353 * 0.6
    book.box(_EDGE, y, 46, 1.6, OCHRE)
    return book.paragraph(_EDGE, y + 9.5, poster["about"], room, 14) + 5 if poster["about"] else y + 12


def _days(book: Book, poster: Poster, y: float) -> float:
    """Write the days, French first; they give way as they are more."""
    size = 24 if len(poster["days"]) <= 2 else 18
    for french, bambara in poster["days"]:
        y += size * 0.46
        book.text(_EDGE, y, french, size, BOLD, room=book.wide - 2 * _EDGE)
        if bambara:
            y += size * 0.34
            book.text(_EDGE, y, bambara, size * 0.7, PLAIN, ink=EARTH, room=book.wide - 2 * _EDGE)
    return y + 8


def _facts(book: Book, poster: Poster, y: float) -> None:
    """Write the rest in two columns: a small word in both languages, what it says under it."""
    half = (book.wide - 2 * _EDGE) / 2
    for at, (word, bambara, said) in enumerate(poster["facts"]):
        x, top = _EDGE + at % 2 * half, y + at // 2 * 14
        if top + 11 < _CALL - 3:
            book.text(x, top + 4, " · ".join(filter(None, (word, bambara))), 11, ink=EARTH, room=half - 5)
            book.text(x, top + 11, said, 17, BOLD, ink=BLACK, room=half - 5)


def _call(book: Book, poster: Poster) -> None:
    """Draw the code to scan at the foot, and what to do with it."""
    room = book.wide - 2 * _EDGE - _CODE - 8
    book.line(_EDGE, _CALL, book.wide - _EDGE, _CALL, 0.5, DEEP)
    book.code(book.wide - _EDGE - _CODE, _CALL + 7, _CODE, poster["code"])
    french, bambara = poster["call"]
    book.text(_EDGE, _CALL + 17, french, 28, BOLD, ink=DEEP, room=room)
    book.text(_EDGE, _CALL + 27, bambara, 20, PLAIN, ink=EARTH, room=room)
    book.paragraph(_EDGE, _CALL + 39, poster["code_word"], room, 13)
