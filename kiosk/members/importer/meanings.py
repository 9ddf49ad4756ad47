"""What a column may mean, in words; what somebody said of a file's columns, kept for the next one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kiosk.language import Message, msg
from kiosk.members.fields import own
from kiosk.members.importer import cells, columns, people
from kiosk.members.importer.columns import Column, Said
from kiosk.members.importer.merging import LABELS
from kiosk.members.importer.sheet import Table
from kiosk.members.models import ImportedTitles
from kiosk.storage import Refusal, clock, session

MEANINGS: Mapping[str, Message | str] = {
    "family_first": msg("Nom et prénom, ensemble"),
    "family_last": msg("Prénom et nom, ensemble"),
    "given_name": LABELS["given_name"],
    "family_name": LABELS["family_name"],
    "sex": LABELS["sex"],
    "birth": msg("Date ou année de naissance"),
    "birth_about": msg("Année sûre ou environ"),
    "age": msg("Âge"),
    "phone": LABELS["phone"],
    "village": LABELS["village"],
    "origin": msg("Ville d’origine"),
    "commune": LABELS["commune_pcode"],
    "languages": LABELS["languages"],
    "occupation": LABELS["occupation"],
    "schooling": LABELS["schooling"],
    "organisation": LABELS["organisation"],
    "how_heard": LABELS["how_heard"],
    "guardian": LABELS["guardian"],
    "guardian_phone": LABELS["guardian_phone"],
    "profession": LABELS["profession"],
    "digital_roles": LABELS["digital_roles"],
    "elected_as": LABELS["elected_as"],
    "civil_society": LABELS["civil_society"],
    "partner": LABELS["organisation_uid"],
    "notes": LABELS["notes"],
    "registered_on": LABELS["registered_on"],
    "card": msg("Numéro de carte"),
    "former_card": LABELS["former_card"],
    "rank": msg("Numéro de ligne, à laisser"),
    **{key: label for key, label in LABELS.items() if key.startswith("consent:")},
}


def offered() -> dict[str, Message | str]:
    """Return all that a column may mean, the fields of one's own last."""
    return {**MEANINGS, **{one.key: one.label for one in own.every()}}


_SAMPLES = 3
_LONGEST = 40


@dataclass(frozen=True)
class Asked:
    """One column to be told: its title ('' for none), some of its cells, what is understood so far."""

    at: int
    title: str
    samples: Sequence[str]
    key: str


@dataclass(frozen=True)
class Heading:
    """The columns of the sheets that bear the same titles; `print` tells them from others."""

    print: str
    name: str
    columns: Sequence[Asked]
    titled: bool


def said() -> dict[str, Said]:
    """Return what was said of earlier files' columns, by the print of their titles."""
    rows = session().execute(select(ImportedTitles.print, ImportedTitles.meanings, ImportedTitles.titled))
    return {row.print: Said(row.meanings, row.titled) for row in rows}


def headings(tables: Sequence[Table]) -> list[Heading]:
    """Return the different titles of a file, each with its columns as they are understood now."""
    known = said()
    found: dict[str, Heading] = {}
    for table in tables:
        at = columns.find(table.rows, known, people.own_titles())
        index = at[0] if at else columns.titles_at(table.rows)
        if index is None:
            continue
        row = table.rows[max(index, 0)][1]
        name = columns.print_of(row)
        found.setdefault(name, _heading(name, table, index, at[1] if at else ()))
    return list(found.values())


def _heading(name: str, table: Table, index: int, understood: Sequence[Column]) -> Heading:
    row, below = table.rows[max(index, 0)][1], table.rows[index + 1 :]
    keys = {column.at: column.key for column in understood}
    width = max((at for at, cell in enumerate(row) if cells.shown(cell)), default=-1) + 1
    asked = [Asked(at, _short(row[at]), _samples(below, at), keys.get(at, "")) for at in range(width)]
    return Heading(name, table.name, asked, index >= 0 and bool(keys or not _is_somebody(row)))


def _is_somebody(row: Sequence[Any]) -> bool:
    """Tell whether a row of which no title is known looks like a person: a number, a date, a sex in it."""
    return any(_is_answer(cell) for cell in row)


def _is_answer(cell: Any) -> bool:
    text = cells.shown(cell)
    if not text or not isinstance(cell, str):
        return bool(text)
    try:
        return text.replace(" ", "").isdecimal() or bool(cells.sex(text))
    except ValueError:
        return False


def _short(cell: Any) -> str:
    return cells.shown(cell)[:_LONGEST]


def _samples(rows: Sequence[tuple[int, Sequence[Any]]], at: int) -> list[str]:
    shown = (_short(cells_[at]) for _, cells_ in rows[:200] if at < len(cells_))
    return list(dict.fromkeys(filter(None, shown)))[:_SAMPLES]


def keep(heading: Heading, meanings: Sequence[str], titled: bool) -> None:
    """Keep what somebody says of these columns, for this file and the next of the same titles.

    Raises Refusal where no column would tell who a line is about.
    """
    if not columns.are_enough(meanings):
        raise Refusal(msg("Dites quelle colonne contient le nom, et une autre."))
    found = session().get(ImportedTitles, heading.print) or ImportedTitles(print=heading.print)
    found.meanings, found.titled, found.said_at = list(meanings), titled, clock.now_ms()
    session().add(found)
    session().flush()


def forget(heading: Heading) -> None:
    """Read these titles again as if nobody had said anything of them."""
    found = session().get(ImportedTitles, heading.print)
    if found is not None:
        session().delete(found)
        session().flush()
