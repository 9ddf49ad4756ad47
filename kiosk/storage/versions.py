"""The released schemas: which tables and columns travelled, in which order, frozen one file each.

A schema only adds: a number that a column or a table once had is never another's.
`python -m tests.house.schemas` writes the newest file from the models; the others
never change. Old and new machines meet here: a row is lifted to the present shape,
or cut down to what an older machine knows.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.storage.changes import SCHEMA, Change

OLDEST = 1
"""The oldest schema this program still talks to."""

FOLDER = Path(__file__).with_name("schemas")
Fields = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table on the wire: columns by number; `refs` maps those that hold an id to their table ('' for any).

    `key` is how a row's id follows from its values: a kind, then the columns of ids.
    """

    number: int
    name: str
    columns: tuple[str, ...]
    refs: Mapping[str, str]
    key: tuple[str, ...]
    defaults: Fields
    names: frozenset[str]


@dataclass(frozen=True)
class Schema:
    """A released schema."""

    number: int
    tables: Mapping[str, Table]

    @property
    def order(self) -> list[Table]:
        """The tables by number."""
        return list(self.tables.values())


@cache
def schema(number: int) -> Schema:
    """Return a released schema; raises KeyError for one this program does not know."""
    path = FOLDER / f"{number}.json"
    if not path.exists():
        raise KeyError(number)
    return read(json.loads(path.read_text(encoding="utf-8")))


def read(document: Mapping[str, Any]) -> Schema:
    """Return the schema a file's document describes."""
    keys, defaults = document.get("keys", {}), document.get("defaults", {})
    tables = {}
    for place, (name, columns) in enumerate(document["tables"].items()):
        split = [column.partition(">") for column in columns]
        refs = {column: target for column, mark, target in split if mark}
        names = tuple(column for column, _, _ in split)
        key, late = tuple(keys.get(name, ())), defaults.get(name, {})
        tables[name] = Table(place, name, names, refs, key, late, frozenset(names))
    return Schema(document["schema"], tables)


def shown_to(number: int, tab: str, fields: Fields) -> Fields | None:
    """Return what a machine of schema `number` may see of a row's fields, None for nothing.

    One newer than this program sees all there is here.
    """
    if number >= SCHEMA:
        return fields
    table = schema(number).tables.get(tab)
    kept = {name: fields[name] for name in fields if table and name in table.columns}
    return kept or None


def written_in(tab: str, fields: Fields) -> int:
    """Return the oldest schema that says a row whole and means what this one means.

    Rows that use nothing new are written in it, so that a centre which is not
    upgraded yet applies them at once.
    """
    number = SCHEMA
    while number > OLDEST and UPCASTERS[number - 1] is _only_added and _fits(number - 1, tab, fields):
        number -= 1
    return number


def _fits(number: int, tab: str, fields: Fields) -> bool:
    table = schema(number).tables.get(tab)
    return table is not None and fields.keys() <= table.names


def defaults(tab: str) -> Fields:
    """Return what columns that came after schema 1 hold in rows written before."""
    table = schema(SCHEMA).tables.get(tab)
    return table.defaults if table else {}


def needed(tab: str, fields: Fields) -> Fields:
    """Return a new row's fields without what older rows hold anyway: those need no newer reader."""
    late = defaults(tab)
    return {name: value for name, value in fields.items() if name not in late or value != late[name]}


Upcaster = Callable[[Change], Fields]


def _only_added(change: Change) -> Fields:
    """New tables, and new columns that older rows leave at their default."""
    return change.fields


UPCASTERS: dict[int, Upcaster] = {1: _only_added, 2: _only_added, 3: _only_added, 4: _only_added}
"""How the fields of a change are read one schema later: pure functions, one a schema."""


def lifted(change: Change) -> Fields:
    """Return a change's fields as this program reads them, whatever schema it was written in."""
    fields = change.fields
    for number in range(max(change.schema, OLDEST), SCHEMA):
        fields = UPCASTERS[number](Change(change.tab, change.row_uid, change.op, fields, schema=number))
    return fields
