"""Where the shapes of a chart go: plain arithmetic, drawn by ``web/ui/charts.html``.

All lengths are in units of the chart's own ``viewBox``; the page scales it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask

Point: TypeAlias = tuple[str, int | None] | tuple[str, int | None, int | None] | tuple[str, int, int, int]
"""A label and one value, or values to stack: women, men, and those who did not say.
``None``: nothing is known."""


@dataclass(frozen=True)
class Column:
    """One column: its place, the heights of its parts from the base line up.

    `parts`: it stacks women, men and those who did not say, even where one is nought.
    """

    label: str
    x: float
    width: float
    low: float
    high: float
    rest: float
    total: int | None
    top: bool
    parts: bool


@dataclass(frozen=True)
class Row:
    """One lying bar: the lengths of its parts in percent of the longest."""

    label: str
    first: float
    second: float
    rest: float
    total: int


def _total(point: Point) -> int | None:
    known = [value for value in point[1:] if value is not None]
    return sum(known) if known else None


def _scaled(point: Point, scale: float) -> tuple[float, float, float]:
    values = [round((value or 0) * scale, 1) for value in point[1:]]
    first, second, rest = values + [0.0] * (3 - len(values))
    return first, second, rest


def columns(
    points: Sequence[Point], width: float = 330, height: float = 115, share: float = 0.8
) -> list[Column]:
    """Place columns side by side; the highest reaches ``height``."""
    totals = [_total(point) for point in points]
    most = max((total for total in totals if total), default=0)
    step = width / max(len(points), 1)
    scale = height / most if most else 0
    first_top = totals.index(most) if most else -1
    heights = [_scaled(point, scale) for point in points]
    return [
        Column(
            label=point[0],
            x=round(rank * step + step * (1 - share) / 2, 1),
            width=round(step * share, 1),
            low=heights[rank][0],
            high=heights[rank][1],
            rest=heights[rank][2],
            total=totals[rank],
            top=rank == first_top,
            parts=len(point) > 2,
        )
        for rank, point in enumerate(points)
    ]


def rows(points: Sequence[Point]) -> list[Row]:
    """Lengths of lying bars, in percent of the longest bar."""
    totals = [_total(point) or 0 for point in points]
    scale = 100 / (max(totals, default=0) or 1)
    lengths = [_scaled(point, scale) for point in points]
    return [Row(point[0], *parts, total) for point, parts, total in zip(points, lengths, totals, strict=True)]


def share(part: float, whole: float) -> float:
    """A part in percent of the whole, kept between 0 and 100; 0 when there is no whole."""
    return round(min(max(part * 100 / whole, 0), 100), 1) if whole else 0.0


def register(app: Flask) -> None:
    """Give templates the arithmetic of their charts."""
    app.jinja_env.globals.update(chart_columns=columns, chart_rows=rows, chart_share=share)
