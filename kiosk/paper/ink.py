"""Pen and paper: a book of A4 pages with the project's letters, lines, band, mark and codes.

Lengths are millimetres from the top left corner, sizes of letters are points.
Only the drawing process imports this: it loads reportlab.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

BLACK, GREY, DEEP, EARTH, OCHRE = "#000000", "#eeeeee", "#1a2356", "#7d3316", "#e9ad45"
PLAIN, BOLD = "Plain", "Bold"
_FONTS = Path(__file__).with_name("fonts")
_POINT = mm / 72 * 25.4 / mm  # millimetres in a point
# One tile of the band, 72 x 16: three peaks, two bars, a lozenge with its dot, two bars.
_TILE = 72.0
_SIGNS = (
    ((2, 12), (7, 4), (12, 12), (17, 4), (22, 12), (27, 4), (32, 12)),
    ((38, 2), (38, 14)),
    ((42, 2), (42, 14)),
    ((48, 8), (54, 2), (60, 8), (54, 14), (48, 8)),
    ((53, 8), (55, 8)),
    ((66, 2), (66, 14)),
    ((70, 2), (70, 14)),
)
_PEAKS = ((3, 12), (8.7, 6), (14.3, 12), (20, 6), (25.7, 12), (31.3, 6), (37, 12))


class Book:
    """A PDF under way; `turn` begins a page, everything else draws on it."""

    def __init__(self, title: str, language: str) -> None:
        rl_config.useA85 = 0  # bytes as they are: a fifth of the time, a fifth of the size
        for name, file in ((PLAIN, "regular.ttf"), (BOLD, "bold.ttf")):
            pdfmetrics.registerFont(TTFont(name, str(_FONTS / file)))
        self._made = io.BytesIO()
        # `invariant`: the same facts give the same file, whatever the clock.
        self._pen = Canvas(self._made, pagesize=A4, pageCompression=1, invariant=1, lang=language)
        self._pen.setTitle(title)
        self.high = 0.0
        self.wide = 0.0

    def turn(self, across: bool = False) -> None:
        """Begin a page, A4 upright or across."""
        if self.high:
            self._pen.showPage()
        size = landscape(A4) if across else A4
        self._pen.setPageSize(size)
        self.wide, self.high = size[0] / mm, size[1] / mm

    def once(self, name: str, drawing: Callable[["Book"], None]) -> None:
        """Draw what every page repeats: written the first time, shown on each page."""
        if not self._pen.hasForm(name):
            self._pen.beginForm(name, 0, 0, self.wide * mm, self.high * mm)
            drawing(self)
            self._pen.endForm()
        self._pen.doForm(name)

    def closed(self) -> bytes:
        """Return the whole file."""
        self._pen.save()
        return self._made.getvalue()

    def width(self, words: str, size: float, font: str = PLAIN) -> float:
        """Return how wide a text is."""
        return float(pdfmetrics.stringWidth(words, font, size)) / mm

    def fitting(self, words: str, size: float, font: str, room: float, least: float = 6.0) -> float:
        """Return the size, `size` at most, at which a text fits in `room`."""
        wide = self.width(words, size, font)
        return size if wide <= room else max(least, size * room / wide)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 10.5,
        font: str = PLAIN,
        align: str = "left",
        ink: str = BLACK,
        room: float = 0.0,
    ) -> None:
        """Write a line whose foot stands at `y`; within `room` it grows smaller rather than over it."""
        size = self.fitting(words, size, font, room) if room else size
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * self.width(words, size, font)
        self._pen.setFillColor(HexColor(ink))
        self._pen.setFont(font, size)
        self._pen.drawString((x - shift) * mm, (self.high - y) * mm, words)

    def lines(self, words: str, size: float, room: float, font: str = PLAIN) -> list[str]:
        """Return a text cut into lines at its spaces; a no-break space never parts."""
        found: list[str] = []
        for word in words.split(" "):
            longer = f"{found[-1]} {word}" if found else word
            if found and self.width(longer, size, font) <= room:
                found[-1] = longer
            else:
                found.append(word)
        return found

    def paragraph(
        self,
        x: float,
        y: float,
        words: str,
        room: float,
        size: float = 10.5,
        font: str = PLAIN,
        align: str = "left",
        ink: str = BLACK,
    ) -> float:
        """Write a text on as many lines as it needs from `y` down; return where the next one stands."""
        for line in self.lines(words, size, room, font):
            self.text(x, y, line, size, font, align, ink, room)
            y += size * _POINT * 1.35
        return y

    def line(
        self, x: float, y: float, to_x: float, to_y: float, thick: float = 0.3, ink: str = BLACK
    ) -> None:
        """Draw a line."""
        self._pen.setStrokeColor(HexColor(ink))
        self._pen.setLineWidth(thick * mm)
        self._pen.line(x * mm, (self.high - y) * mm, to_x * mm, (self.high - to_y) * mm)

    def dots(self, x: float, y: float, room: float) -> None:
        """Draw a dotted line to write on."""
        self._pen.setDash(0.6, 1.4)
        self.line(x, y, x + room, y, 0.25)
        self._pen.setDash()

    def box(
        self, x: float, y: float, wide: float, high: float, fill: str = "", edge: str = "", thick: float = 0.3
    ) -> None:
        """Draw a rectangle from its top left corner, filled, outlined or both."""
        self._pen.setLineWidth(thick * mm)
        self._pen.setFillColor(HexColor(fill or "#ffffff"))
        self._pen.setStrokeColor(HexColor(edge or "#ffffff"))
        foot = (self.high - y - high) * mm
        self._pen.rect(x * mm, foot, wide * mm, high * mm, stroke=int(bool(edge)), fill=int(bool(fill)))

    def band(self, x: float, y: float, wide: float, ink: str = BLACK, high: float = 4.2) -> None:
        """Draw the band, as many whole tiles as fit, spread over `wide`."""
        grain = high / 16
        count = max(1, int(wide / (_TILE * grain)))
        step = wide / count
        strokes = [
            [(x + at * step + left * step / _TILE, y + top * grain) for left, top in sign]
            for at in range(count)
            for sign in _SIGNS
        ]
        self._strokes(strokes, 2 * grain, ink)

    def mark(self, x: float, y: float, size: float) -> None:
        """Draw the mark of the connected spaces."""
        grain = size / 40
        self._pen.setFillColor(HexColor(OCHRE))
        foot = (self.high - y - size) * mm
        self._pen.roundRect(x * mm, foot, size * mm, size * mm, 6 * grain * mm, stroke=0, fill=1)
        signs: list[Sequence[tuple[float, float]]] = [_PEAKS, [(left, top + 22) for left, top in _PEAKS]]
        signs += [((20, 14.5), (27, 20.5), (20, 26.5), (13, 20.5), (20, 14.5))]
        signs += [((7, 17), (7, 24)), ((33, 17), (33, 24))]
        self._strokes(
            [[(x + left * grain, y + top * grain) for left, top in sign] for sign in signs], 3 * grain, DEEP
        )
        self.box(x + 18.5 * grain, y + 19 * grain, 3 * grain, 3 * grain, DEEP)

    def _strokes(self, strokes: Sequence[Sequence[tuple[float, float]]], thick: float, ink: str) -> None:
        self._pen.setStrokeColor(HexColor(ink))
        self._pen.setLineWidth(thick * mm)
        path = self._pen.beginPath()
        for (x, y), *rest in strokes:
            path.moveTo(x * mm, (self.high - y) * mm)
            for to_x, to_y in rest:
                path.lineTo(to_x * mm, (self.high - to_y) * mm)
        self._pen.drawPath(path, stroke=1, fill=0)

    def photo(self, x: float, y: float, wide: float, high: float, file: str) -> None:
        """Show a picture of this machine, whole height or width, what is over cut at both sides."""
        image = ImageReader(file)
        across, down = image.getSize()
        share = max(wide / across, high / down) * mm
        left, low = x * mm, (self.high - y - high) * mm
        self._pen.saveState()
        frame = self._pen.beginPath()
        frame.rect(left, low, wide * mm, high * mm)
        self._pen.clipPath(frame, stroke=0)
        over = (across * share - wide * mm) / 2, (down * share - high * mm) / 2
        self._pen.drawImage(image, left - over[0], low - over[1], across * share, down * share)
        self._pen.restoreState()

    def code(self, x: float, y: float, size: float, words: str) -> None:
        """Draw a QR code of `size`, with the quiet border it needs around it left to the caller."""
        import segno

        rows = [list(row) for row in segno.make_qr(words, error="m").matrix]
        grain = size / len(rows)
        path = self._pen.beginPath()
        for top, row in enumerate(rows):
            foot = (self.high - y - (top + 1) * grain) * mm
            for left, long in _runs(row):
                path.rect((x + left * grain) * mm, foot, long * grain * mm, grain * mm)
        self._pen.setFillColor(HexColor(BLACK))
        self._pen.drawPath(path, stroke=0, fill=1)


def _runs(row: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Yield where dark stretches of a row begin, and how long they are."""
    start = None
    for at, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            yield start, at - start
            start = None
