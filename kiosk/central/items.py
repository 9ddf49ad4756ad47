"""The rows of a page: of each what changed, what others set, and what this kiosk may see of it."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from kiosk.central import lineage
from kiosk.central.journal import Registers, registers_of
from kiosk.central.models import field_ver
from kiosk.central.reach import Reach
from kiosk.storage.base import Synced, synced_columns, synced_models
from kiosk.sync.messages import Item
from kiosk.sync.outbox import chunks
from kiosk.sync.rows import Place, existing


def items(
    connection: Connection, stream: uuid.UUID, reach: Reach, places: Iterable[Place], after: int
) -> tuple[list[Item], list[Place]]:
    """Return each row once, with its fields mentioned after `after` that others set; and rows that left."""
    unique = list(dict.fromkeys(places))
    known = registers(connection, unique)
    seen = {s.op for r in known.values() for s in (r.insert, *r.fields.values())}
    own = lineage.own(connection, stream, seen)
    visible = [place for place in unique if place in known and reach.sees(place[1], known[place].scope)]
    rows = existing(connection, visible)
    found = []
    for place in visible:
        names = _fresh(known[place], place[0], rows[place], after, own) if place in rows else []
        if names:
            found.append(_item(place, rows[place], names, known[place], reach))
    seen_here = set(visible)
    left = [place for place in unique if place in known and place not in seen_here]
    return _without_hidden(connection, reach, [item for item in found if item.fields]), left


def _fresh(known: Registers, tab: str, row: dict[str, Any], after: int, own: Collection[bytes]) -> list[str]:
    """Return the fields to say: others' own, and any that was said again, whoever set it."""
    names = []
    for column in synced_columns(synced_models()[tab].__table__):
        setting = known.current(column.name, row[column.name] is not None)
        if setting and setting.at > after and (setting.op not in own or setting.is_again):
            names.append(column.name)
    return names


def _item(place: Place, row: dict[str, Any], names: Iterable[str], known: Registers, reach: Reach) -> Item:
    fields = reach.shown(synced_models()[place[0]], place[1], known.scope, row, names)
    versions = (known.insert.version, *(one.version for one in known.fields.values()))
    return Item(*place, fields, max(versions))


def registers(connection: Connection, places: Iterable[Place]) -> dict[Place, Registers]:
    """Return the registers of these rows."""
    found: dict[Place, Registers] = {}
    by_table: dict[str, list[uuid.UUID]] = {}
    for tab, uid in places:
        by_table.setdefault(tab, []).append(uid)
    for tab, uids in by_table.items():
        for some in chunks(uids):
            query = select(field_ver).where(field_ver.c.tab == tab, field_ver.c.row_uid.in_(some))
            found |= {(tab, row.row_uid): registers_of(row) for row in connection.execute(query)}
    return found


def _without_hidden(connection: Connection, reach: Reach, found: list[Item]) -> list[Item]:
    """Leave out references to rows that do not come here: a kiosk would wait for them for ever."""
    named = [(item, name, place) for item in found for name, place in _optional(item).items()]
    hidden = _hidden(connection, reach, {place for _, _, place in named})
    for item, name, place in named:
        if place in hidden:
            item.fields[name] = None
    return found


def _optional(item: Item) -> dict[str, Place]:
    """Return the rows that an item's fields may name or not."""
    return {
        name: (tab, uuid.UUID(hex=item.fields[name]))
        for name, tab in _references(synced_models()[item.tab])
        if item.fields.get(name)
    }


def _references(model: type[Synced]) -> list[tuple[str, str]]:
    table: Any = model.__table__
    return [(key.parent.name, key.column.table.name) for key in table.foreign_keys if key.parent.nullable]


def _hidden(connection: Connection, reach: Reach, places: Collection[Place]) -> set[Place]:
    by_table: Mapping[str, list[uuid.UUID]] = {
        tab: [uid for other, uid in places if other == tab] for tab, _ in places
    }
    spot, found = (field_ver.c.row_uid, field_ver.c.scope), set()
    for tab, uids in by_table.items():
        for some in chunks(uids):
            rows = connection.execute(select(*spot).where(field_ver.c.tab == tab, spot[0].in_(some)))
            found |= {(tab, row.row_uid) for row in rows if not reach.sees(row.row_uid, row.scope)}
    return found
