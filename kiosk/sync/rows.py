"""Writing rows that came from elsewhere: set-based, unlogged, local columns and search kept.

Both sides use it: the kiosk for pages of the centre, the centre for merged
changes. The guard triggers see `ver` move; no sink is asked, so nothing echoes.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.storage import search, versions
from kiosk.storage.base import Synced, synced_columns, synced_models
from kiosk.storage.types import typed
from kiosk.sync.outbox import chunks

Place = tuple[str, uuid.UUID]
Values = dict[str, Any]


class Unreadable(ValueError):
    """A field or a value that this version does not know."""


@dataclass(frozen=True)
class Incoming:
    """Fields to write on a row, typed; `version` is the centre's, None to leave it."""

    tab: str
    uid: uuid.UUID
    fields: Values
    version: tuple[int, int] | None = None


def read_fields(model: type[Synced], fields: Mapping[str, Any], lenient: bool = False) -> Values:
    """Return plain values as the model's columns hold them.

    Raises Unreadable for an unknown field (dropped when `lenient`) or a value of another kind.
    """
    columns = {column.name: column for column in synced_columns(model.__table__)}
    unknown = fields.keys() - columns.keys()
    if unknown and not lenient:
        raise Unreadable(f"unknown field {min(unknown)}")
    try:
        return {n: typed(columns[n].type, v) for n, v in fields.items() if n in columns}
    except (ValueError, TypeError, AttributeError) as error:
        raise Unreadable(str(error)) from error


def existing(connection: Connection, places: Iterable[Place]) -> dict[Place, Values]:
    """Return the rows that are there, whole, by table and uid."""
    found: dict[Place, Values] = {}
    for tab, uids in grouped(places).items():
        table = synced_models()[tab].__table__
        for some in chunks(uids):
            query = select(table).where(table.c.uid.in_(some))
            found |= {(tab, row["uid"]): dict(row) for row in connection.execute(query).mappings()}
    return found


def grouped(places: Iterable[Place]) -> dict[str, set[uuid.UUID]]:
    """Return uids by table, for tables this version has."""
    models, by_table = synced_models(), defaultdict(set)
    for tab, uid in places:
        if tab in models:
            by_table[tab].add(uid)
    return by_table


def parents(model: type[Synced], values: Mapping[str, Any]) -> set[Place]:
    """Return the rows that these values refer to."""
    table: Any = model.__table__
    return {
        (key.column.table.name, values[key.parent.name])
        for key in table.foreign_keys
        if values.get(key.parent.name) is not None
    }


def write(connection: Connection, rows: Iterable[Incoming], known: dict[Place, Values] | None = None) -> None:
    """Insert or update the rows, parents first; raises IntegrityError where the database refuses.

    `known` spares reading the rows as they stand, where the caller has them.
    """
    merged: dict[Place, Incoming] = {}
    for row in rows:
        before = merged.get((row.tab, row.uid))
        fields = {**before.fields, **row.fields} if before else row.fields
        merged[row.tab, row.uid] = Incoming(row.tab, row.uid, fields, row.version)
    if known is None:
        known = existing(connection, merged)
    for tab, model in synced_models().items():
        mine = [row for place, row in merged.items() if place[0] == tab]
        if mine:
            _write_table(connection, model, mine, known)


def _write_table(
    connection: Connection, model: type[Synced], rows: list[Incoming], known: dict[Place, Values]
) -> None:
    new: list[Values] = []
    old: list[Values] = []
    entries: list[search.Entry] = []
    for row in rows:
        before = known.get((row.tab, row.uid))
        whole = _whole(model, row, before)
        (new if before is None else old).append(whole)
        entries.append((model, row.uid, whole, before is None))
    table: Any = model.__table__
    if new:
        connection.execute(insert(table), new)
    if old:
        names = [name for name in old[0] if name != "uid"]
        changed = update(table).where(table.c.uid == bindparam("b_uid"))
        connection.execute(changed.values({n: bindparam(n) for n in names}), [_bound(row) for row in old])
    search.index(connection, entries)


def _bound(row: Values) -> Values:
    return {("b_uid" if name == "uid" else name): value for name, value in row.items()}


def _whole(model: type[Synced], row: Incoming, before: Values | None) -> Values:
    """Return every column of the row as it will stand."""
    names = [column.name for column in synced_columns(model.__table__)]
    there = before or _late(model)
    synced = {name: row.fields.get(name, there.get(name)) for name in names}
    epoch, n = row.version or ((before or {}).get("cver_epoch"), (before or {}).get("cver_n"))
    ver = (before["ver"] if before else 0) + 1
    marks = {"uid": row.uid, "ver": ver, "cver_epoch": epoch, "cver_n": n}
    return {**synced, **model.derive(synced), **marks}


def _late(model: type[Synced]) -> Values:
    """Return what a new row holds in columns that its author's schema did not have."""
    return read_fields(model, versions.defaults(model.__tablename__))


def required(model: type[Synced]) -> frozenset[str]:
    """Return the synced columns that may not be empty, and that rows of every schema have."""
    return _filled_in(model.__table__) - versions.defaults(model.__tablename__).keys()


@cache
def _filled_in(table: Any) -> frozenset[str]:
    return frozenset(column.name for column in synced_columns(table) if not column.nullable)
