"""One row of every synced table, whatever tables there are; and all the rows a machine has.

A table whose columns cannot be filled in by their kind has to say here what it holds.
"""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, select

from kiosk.members.links.models import LinkState
from kiosk.storage import Base, Synced, derived_uid, new_uid, session, synced_columns, synced_models
from kiosk.storage.types import OpenEnum, Uid
from kiosk.sync.matters import CardState
from tests.support.machines import Machine

DAY = datetime.date(2026, 11, 24)
BY_ITSELF = {"space", "difference", "erasure"}
"""Made by set-up, by a merge, by an order: nobody writes them beside those acts."""
HELD: Mapping[str, Mapping[str, Any]] = {
    "card_request": {"state": CardState.ASKED, "member_uid": None},
    "member": {"registered_on": DAY, "birth_year": 2001},
    "person_link": {"state": LinkState.PROPOSED, "turn": 1},
    "post": {"approved_hash": None, "published_hash": None},
    "visit": {"sex": "F"},
}
"""What a table needs to hold beyond what the kinds of its columns ask for."""
Known = dict[str, uuid.UUID]
Rows = dict[tuple[str, uuid.UUID], dict[str, Any]]


def models(natural: bool | None = None) -> list[type[Synced]]:
    """The tables people write, parents first; `natural`: those whose ids follow from values, or not."""
    found = [model for name, model in synced_models().items() if name not in BY_ITSELF]
    wanted = [one for one in found if natural is None or bool(one.__natural__) is natural]
    return sorted(wanted, key=lambda one: bool(_loose(one)))


def _loose(model: type[Synced]) -> list[str]:
    """Return the columns that name a row other machines may not have: no key of the database says so."""
    columns = synced_columns(model.__table__)
    return [
        one.name for one in columns if isinstance(one.type, Uid) and not (one.foreign_keys or one.nullable)
    ]


def make(model: type[Synced], known: Known, word: str) -> Synced:
    """Add one row: its references to the rows of `known`, its texts made of `word`."""
    values = values_of(model, known, word)
    kind, *keys = (*model.__natural__, "")
    if kind:
        parts = [values[name] for name in keys if name]
        uid = derived_uid(kind.format(**{name: values[name] for name in values}), *parts)
    else:
        uid = new_uid()
    found = session().get(model, uid) or model(uid=uid)
    for name, value in values.items():
        setattr(found, name, value)
    session().add(found)
    session().flush()
    known[model.__tablename__] = uid
    return found


def values_of(model: type[Synced], known: Known, word: str) -> dict[str, Any]:
    """Return what a row holds, by column name."""
    fixed = HELD.get(model.__tablename__, {})
    columns = [one for one in synced_columns(model.__table__) if one.name != "deleted_at"]
    return {one.name: fixed[one.name] if one.name in fixed else _value(one, known, word) for one in columns}


def _value(column: Column[Any], known: Known, word: str) -> Any:
    for key in column.foreign_keys:
        same = key.column.table is column.table
        return None if same else known.get(key.column.table.name)
    kind = column.type
    if isinstance(kind, Uid):
        return None if column.nullable else known.get(column.name.removesuffix("_uid"), new_uid())
    if isinstance(kind, OpenEnum):
        return next(iter(kind.enum))
    if isinstance(kind, JSON):
        return [said(column, word)] if column.name in _model(column).__erases__ else None
    if isinstance(kind, Date):
        return DAY
    if isinstance(kind, Boolean):
        return True
    if f"{{{column.name}}}" in "".join(_model(column).__natural__):
        return f"le même {column.name}" if kind.python_type is str else 2026
    return said(column, word) if kind.python_type is str else 1


def said(column: Column[Any], word: str) -> str:
    """Return the text of a column: no two columns say the same."""
    return f"{word} {column.table.name} {column.name}"


def _model(column: Column[Any]) -> type[Synced]:
    return synced_models()[column.table.name]


def texts(model: type[Synced]) -> list[str]:
    """Return the columns of plain text that no id is made of."""
    named = "".join(model.__natural__)
    columns = synced_columns(model.__table__)
    return [
        one.name
        for one in columns
        if one.type.python_type is str
        and not isinstance(one.type, OpenEnum)
        and f"{{{one.name}}}" not in named
    ]


def rows(machine: Machine, *scopes: str) -> Rows:
    """Every synced row of a machine in these scopes, field by field."""
    found: Rows = {}
    with machine.open() as current:
        for tab, model in synced_models().items():
            table: Any = model.__table__
            for row in current.connection().execute(select(table.c.uid, *synced_columns(table))).mappings():
                if model.scope(row["uid"], row) in scopes:
                    found[tab, row["uid"]] = dict(row)
    return found


def scope(space: uuid.UUID) -> str:
    return f"space:{space.hex}"


def everything(machine: Machine) -> str:
    """All that a machine keeps, as one text: its tables, and its files where it has any."""
    with machine.open() as current:
        tables = [current.connection().execute(select(table)).all() for table in Base.metadata.sorted_tables]
    machine.close()
    files = [path.read_bytes().decode(errors="replace") for path in machine.data.rglob("*") if path.is_file()]
    return "".join([*map(str, tables), *files])
