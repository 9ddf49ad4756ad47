"""A file explained: each of its lines with what becomes of it and why, to correct and to bring again.

The cells stand as the file gave them, under its own titles, after the reason: the
corrected file is read as the first one was.
"""

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kiosk.language import Message, msg
from kiosk.members.importer import merging
from kiosk.members.importer.columns import Column
from kiosk.members.importer.plan import Outcome, Plan, Step
from kiosk.members.importer.sheet import Cell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

WORDS: Mapping[Outcome, Message] = {
    Outcome.NEW: msg("Nouveau"),
    Outcome.FILLED: msg("Complété"),
    Outcome.SAME: msg("Identique"),
    Outcome.SKIPPED: msg("Ignoré"),
    Outcome.WRONG: msg("À corriger"),
}
_WIDTHS = (14, 14, 60)
_OWN = len(_WIDTHS)


def content(plan: Plan, wrong_alone: bool = True) -> bytes:
    """Return a workbook (.xlsx) of the lines to correct, or of every line."""
    import xlsxwriter

    steps = [step for step in plan.steps if not wrong_alone or step.outcome == Outcome.WRONG]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        kinds = {
            "title": book.add_format({"bold": True}),
            "why": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#8a1c12"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        }
        # One sheet for each set of titles: sheets of other columns would not stand under them.
        for at, (_, part) in enumerate(groupby(steps, lambda step: id(step.line.titles)), 1):
            _sheet(book.add_worksheet(str(msg("Lignes %(n)s", n=at))), list(part), plan, kinds)
        if not steps:
            book.add_worksheet(str(msg("Lignes %(n)s", n=1)))
    return out.getvalue()


def _sheet(page: "Worksheet", steps: Sequence[Step], plan: Plan, kinds: Mapping[str, Any]) -> None:
    titles = steps[0].line.titles
    for at, width in enumerate(_WIDTHS):
        page.set_column(at, at, width)
    page.set_column(_OWN, _OWN + _last(titles), 18)
    page.freeze_panes(1, _OWN)
    heads = [str(msg("Ligne du fichier")), str(msg("Suite")), str(msg("Pourquoi"))]
    page.write_row(0, 0, heads, kinds["title"])
    for column in titles:
        page.write_string(0, _OWN + column.at, column.title, kinds["title"])
    for down, step in enumerate(steps, 1):
        told = (step.line.place, str(WORDS[step.outcome]), " ".join(reasons(step, plan.communes)))
        for at, words in enumerate(told):
            page.write_string(down, at, words, kinds["why"] if at == _OWN - 1 else None)
        for at, cell in enumerate(step.line.row[: _last(titles) + 1]):
            _cell(page, down, _OWN + at, cell, kinds["day"])


def _last(titles: Iterable[Column]) -> int:
    return max((column.at for column in titles), default=0)


def _cell(page: "Worksheet", down: int, at: int, cell: Cell, day: Any) -> None:
    if isinstance(cell, datetime.date):
        page.write_datetime(down, at, datetime.datetime(cell.year, cell.month, cell.day), day)
    elif isinstance(cell, bool):
        page.write_boolean(down, at, cell)
    elif isinstance(cell, int | float):
        page.write_number(down, at, cell)
    elif cell:
        # Never `write`: a text that begins with « = » stays a text.
        page.write_string(down, at, cell)


def reasons(step: Step, communes: Mapping[str, str]) -> Iterator[str]:
    """Yield why a line has its outcome, what to look at in it, and where the register says otherwise."""
    yield from (str(note) for note in (step.reason, *step.line.remarks) if note)
    for one in step.differs:
        said = {
            "field": str(merging.LABELS[one.field]),
            "kept": merging.shown(one.field, one.kept, communes),
            "said": merging.shown(one.field, one.said, communes),
        }
        yield str(
            msg(
                "%(field)s\u00a0: le registre garde «\u00a0%(kept)s\u00a0»"
                " (fichier\u00a0: «\u00a0%(said)s\u00a0»).",
                **said,
            )
        )
