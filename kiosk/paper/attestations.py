"""Attestations: A4 across, one frame, two thin bands, the name largest, little ink."""

from kiosk.paper.facts import Attestation, Attestations
from kiosk.paper.ink import BOLD, DEEP, EARTH, OCHRE, PLAIN, Book

_FRAME, _EDGE, _CODE = 8.0, 24.0, 23.0
_FOOT = 182.0


def draw(book: Book, papers: Attestations) -> None:
    """Draw a page for each person."""
    for leaf in papers["leaves"]:
        book.turn(across=True)
        book.once("frame", _frame)
        _head(book, leaf)
        _middle(book, leaf)
        _signs(book, leaf)


def _frame(book: Book) -> None:
    book.box(_FRAME, _FRAME, book.wide - 2 * _FRAME, book.high - 2 * _FRAME, edge=DEEP, thick=0.6)
    for y in (_FRAME + 3.5, book.high - _FRAME - 7.7):
        book.band(_FRAME + 4, y, book.wide - 2 * _FRAME - 8, EARTH)


def _head(book: Book, leaf: Attestation) -> None:
    """Draw who attests, around the middle: the mark, the space, under it its partners."""
    place = leaf["head"]["place"]
    wide = book.width(place, 14, BOLD)
    left = (book.wide - wide - 20) / 2
    book.mark(left, 22, 15)
    book.text(left + 20, 28.5, place, 14, BOLD)
    book.text(left + 20, 34.5, leaf["head"]["under"], 10.5)
    for at, line in enumerate(leaf["head"]["lines"][:2]):
        book.text(book.wide / 2, 44 + at * 4.6, line, 9.5, align="centre", room=book.wide - 2 * _EDGE)


def _middle(book: Book, leaf: Attestation) -> None:
    """Write what is attested; a long name grows smaller, nothing is cut."""
    half, room = book.wide / 2, book.wide - 2 * _EDGE
    book.text(half, 66, leaf["title"], 36, BOLD, "centre", DEEP, room)
    book.text(half, 81, leaf["before"], 14, PLAIN, "centre", room=room)
    size = book.fitting(leaf["name"], 34, BOLD, room - 20)
    book.text(half, 97, leaf["name"], size, BOLD, "centre")
    wide = book.width(leaf["name"], size, BOLD) + 20
    book.box(half - wide / 2, 101, wide, 1.2, OCHRE)
    book.text(half, 113, leaf["after"], 14, PLAIN, "centre", room=room)
    book.text(half, 124.5, leaf["course"], 21, BOLD, "centre", EARTH, room)
    for at, line in enumerate(leaf["lines"]):
        book.text(half, 134.5 + at * 6.4, line, 13, PLAIN, "centre", room=room)


def _signs(book: Book, leaf: Attestation) -> None:
    """Draw where it was made, who signs, the room for a stamp, the code to check."""
    for at, line in enumerate(leaf["made"]):
        book.text(_EDGE, _FOOT - 5 + at * 5, line, 10.5, room=60)
    for at, (role, name) in enumerate(leaf["signs"]):
        x = 92 + at * 58
        book.text(x, 160, role, 10.5, room=50)
        book.line(x, _FOOT - 5, x + 48, _FOOT - 5)
        book.text(x, _FOOT, name, 10.5, BOLD, room=50)
    book.text(212, 160, leaf["stamp"], 10.5, room=30)
    right = book.wide - _EDGE
    book.code(right - _CODE, 155, _CODE, leaf["code"])
    book.text(right, _FOOT, leaf["number"], 11, BOLD, "right")
    book.text(right, _FOOT + 4.6, leaf["check"], 7.5, PLAIN, "right")
