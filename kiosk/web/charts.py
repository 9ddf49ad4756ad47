"""Where the shapes of a chart go: plain arithmetic, drawn by ``web/ui/charts.html``.

All lengths are in units of the chart's own ``viewBox``; the page scales it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask

Point: TypeAlias = tuple[str, int | None] | tuple[str, int | None, int | None]
"""A label and one value, or two values to stack. ``None``: nothing is known."""


@dataclass(frozen=True)
class Column:
    """One column: its place, the heights of its parts from the base line up."""

    label: str
    x: float
    width: float
    low: float
    high: float
    total: int | None
    top: bool


@dataclass(frozen=True)
class Row:
    """One lying bar: the lengths of its two parts in percent of the longest."""

    label: str
    first: float
    second: float
    total: int


def _total(point: Point) -> int | None:
    known = [value for value in point[1:] if value is not None]
    return sum(known) if known else None


def columns(
    points: Sequence[Point], width: float = 330, height: float = 115, share: float = 0.8
) -> list[Column]:
    """Place columns side by side; the highest reaches ``height``."""
    totals = [_total(point) for point in points]
    most = max((total for total in totals if total), default=0)
    step = width / max(len(points), 1)
    scale = height / most if most else 0
    first_top = totals.index(most) if most else -1
    return [
        Column(
            label=point[0],
            x=round(rank * step + step * (1 - share) / 2, 1),
            width=round(step * share, 1),
            low=round((point[1] or 0) * scale, 1),
            high=round(((point[2] if len(point) > 2 else 0) or 0) * scale, 1),
            total=total,
            top=rank == first_top,
        )
        for rank, (point, total) in enumerate(zip(points, totals, strict=True))
    ]


def rows(points: Sequence[tuple[str, int, int]]) -> list[Row]:
    """Lengths of lying bars with two parts, in percent of the longest bar."""
    most = max((first + second for _, first, second in points), default=0) or 1
    return [
        Row(label, round(first * 100 / most, 1), round(second * 100 / most, 1), first + second)
        for label, first, second in points
    ]


def share(part: float, whole: float) -> float:
    """A part in percent of the whole, kept between 0 and 100; 0 when there is no whole."""
    return round(min(max(part * 100 / whole, 0), 100), 1) if whole else 0.0


def register(app: Flask) -> None:
    """Give templates the arithmetic of their charts."""
    app.jinja_env.globals.update(chart_columns=columns, chart_rows=rows, chart_share=share)
