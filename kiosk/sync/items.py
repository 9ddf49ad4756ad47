"""The rows of a page: what the centre tells a kiosk, written in full (version 1) or by position (2).

By position a row that is told whole is `[table, version, (id,) column, column…]`, one that
changed `[-1-table, version, id, column number, value…]`; the version as a step from the row
before, ids that follow from the values left out, others by reference.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.storage import versions
from kiosk.storage.changes import SCHEMA
from kiosk.storage.versions import Schema, Table
from kiosk.sync.document import Reader, identifier, natural, parts
from kiosk.sync.frame import FrameError
from kiosk.sync.packing import as_uid
from kiosk.sync.refs import Named, Names, long, natural_uid, short

Version = tuple[int, int]


@dataclass(frozen=True)
class Item:
    """One row of a page: field values as `plain` writes them, and the version they make."""

    tab: str
    row_uid: uuid.UUID
    fields: dict[str, Any]
    version: Version


def in_full(item: Item) -> list[Any]:
    """Return an item as version 1 writes it."""
    return [item.tab, item.row_uid.hex, item.fields, list(item.version)]


def read_full(value: Any) -> Item:
    """Return the item of version 1, or raise FrameError."""
    tab, uid, fields, version = parts(value, 4)
    if not isinstance(tab, str) or not isinstance(fields, dict):
        raise FrameError("an item names a table and holds fields")
    epoch, n = parts(version, 2)
    return Item(tab, identifier(uid), fields, (natural(epoch), natural(n)))


def by_position(items: Sequence[Item], epoch: int, schema: Schema) -> dict[str, Any]:
    """Return the parts of a reply's document that hold the items."""
    made = {item.row_uid: at for at, item in enumerate(items)}
    mentions = ((at, uid) for at, item in enumerate(items) for uid in _refers(item, schema))
    names, before, rows = Names(mentions, made, {}), (epoch, 0), []
    for at, item in enumerate(items):
        row = _row(item, schema.tables.get(item.tab), names, at)
        step = _step(before, item.version)
        rows.append([row[0], step, *row[1:]] if row else in_full(item))
        before = item.version
    return {name: value for name, value in (("r", names.whole), ("d", rows)) if value}


def _refers(item: Item, schema: Schema) -> Iterable[uuid.UUID]:
    table = schema.tables.get(item.tab)
    found = (as_uid(item.fields.get(name)) for name in (table.refs if table else ()))
    return (uid for uid in found if uid)


def _step(before: Version, version: Version) -> Any:
    return version[1] - before[1] if version[0] == before[0] else list(version)


def _row(item: Item, table: Table | None, names: Names, at: int) -> list[Any] | None:
    if table is None or not item.fields.keys() <= table.names:
        return None
    coded = dict(item.fields)
    for name in table.refs.keys() & coded.keys():
        uid = as_uid(coded[name])
        if coded[name] is not None:
            if uid is None:
                return None
            coded[name] = names.of(uid, at)
    return _whole(item, table, coded) or _changed(item, table, coded)


def _whole(item: Item, table: Table, coded: Mapping[str, Any]) -> list[Any] | None:
    """Return a row told whole, None for one with emptied fields, few fields, or no key of its own."""
    last = max((at for at, column in enumerate(table.columns, 1) if column in coded), default=0)
    if None in coded.values() or last > 2 * len(coded):
        return None
    own = [] if table.key else [short(item.row_uid)]
    if table.key and natural_uid(table, item.fields) != item.row_uid:
        return None
    return [table.number, *own, *(coded.get(column) for column in table.columns[:last])]


def _changed(item: Item, table: Table, coded: Mapping[str, Any]) -> list[Any]:
    pairs = [part for n, c in enumerate(table.columns) if c in coded for part in (n, coded[c])]
    return [-1 - table.number, short(item.row_uid), *pairs]


def read_positions(rows: Sequence[Any], whole: Sequence[Any], epoch: int, schema: Schema) -> list[Item]:
    """Return the items that `by_position` wrote; raises FrameError for anything else."""
    named, order, before, found = Named(whole, (), {}), schema.order, (epoch, 0), []
    for row in rows:
        if not isinstance(row, list) or len(row) < 2:
            raise FrameError("a row was expected")
        item = read_full(row) if isinstance(row[0], str) else _item(row, named, order, before)
        named.make(item.row_uid)
        before = item.version
        found.append(item)
    return found


def read_items(reader: Reader) -> list[Item]:
    """Return the rows of a reply's document; raises FrameError."""
    rows = reader.items("d")
    if reader.whole("v") == 1:
        return [read_full(row) for row in rows]
    known = versions.schema(min(told_schema(reader), SCHEMA))
    return read_positions(rows, reader.items("r"), reader.whole("epoch"), known)


def told_schema(reader: Reader) -> int:
    """Return the centre's schema, which it says where it is another than ours."""
    told = reader.whole("schema") if reader.has("schema") else SCHEMA
    if told < versions.OLDEST:
        raise FrameError("no schema")
    return told


def _item(row: list[Any], named: Named, order: Sequence[Table], before: Version) -> Item:
    number = row[0]
    if isinstance(number, bool) or not isinstance(number, int):
        raise FrameError("a table was expected")
    index = number if number >= 0 else -1 - number
    if index >= len(order):
        raise FrameError("an unknown table")
    table, version = order[index], _version(before, row[1])
    uid = None if number >= 0 and table.key else long(row[2] if len(row) > 2 else None)
    coded = _columns(table, row[2 if uid is None else 3 :], is_whole=number >= 0)
    for name in table.refs.keys() & coded.keys():
        if coded[name] is not None:
            coded[name] = named.to(coded[name]).hex
    uid = uid or natural_uid(table, coded)
    if uid is None:
        raise FrameError("a row without its key")
    return Item(table.name, uid, coded, version)


def _columns(table: Table, values: list[Any], is_whole: bool) -> dict[str, Any]:
    if is_whole:
        if len(values) > len(table.columns):
            raise FrameError("more values than columns")
        pairs = zip(table.columns, values, strict=False)
        return {name: value for name, value in pairs if value is not None}
    numbers = [natural(number) for number in values[::2]]
    if len(values) % 2 or any(number >= len(table.columns) for number in numbers):
        raise FrameError("an unknown column")
    return dict(zip((table.columns[number] for number in numbers), values[1::2], strict=True))


def _version(before: Version, said: Any) -> Version:
    if isinstance(said, list):
        epoch, n = parts(said, 2)
        return natural(epoch), natural(n)
    if isinstance(said, bool) or not isinstance(said, int):
        raise FrameError("a version was expected")
    return before[0], natural(before[1] + said)
