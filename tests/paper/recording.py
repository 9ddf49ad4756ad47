"""A book that remembers what was drawn where, to read a paper without reading its PDF."""

from typing import Any

from kiosk.paper.ink import Book


class Read(Book):
    """What was written, and every corner that was touched."""

    def __init__(self, title: str, language: str) -> None:
        super().__init__(title, language)
        self.words: list[list[str]] = []
        self.corners: list[tuple[float, float, float, float]] = []

    def turn(self, across: bool = False) -> None:
        super().turn(across)
        self.words.append([])

    def text(self, x: float, y: float, words: str, size: float = 10.5, *rest: Any, **more: Any) -> None:
        super().text(x, y, words, size, *rest, **more)
        self.words[-1].append(words)
        self._touch(x, y)

    def line(self, x: float, y: float, to_x: float, to_y: float, *rest: Any, **more: Any) -> None:
        super().line(x, y, to_x, to_y, *rest, **more)
        self._touch(x, y)
        self._touch(to_x, to_y)

    def code(self, x: float, y: float, size: float, words: str) -> None:
        super().code(x, y, size, words)
        self.words[-1].append(words)
        self._touch(x + size, y + size)

    def _touch(self, x: float, y: float) -> None:
        self.corners.append((x, y, self.wide, self.high))

    @property
    def page(self) -> str:
        """Every word of the paper."""
        return "\n".join(word for page in self.words for word in page)

    def outside(self, edge: float = 4.0) -> list[tuple[float, float, float, float]]:
        """Whatever was drawn where no printer prints."""
        return [
            one
            for one in self.corners
            if not (edge <= one[0] <= one[2] - edge and edge <= one[1] <= one[3] - edge)
        ]
