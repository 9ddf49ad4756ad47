"""How a room tells its records to a person: what fields are called, how a value reads.

Each room that people write in says it once, in its `telling.py`, loaded when
somebody asks. Rooms that show any record (a difference to settle, a row that left) ask
here and know no room by name.
"""

import datetime
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from kiosk.language import Message, formats, msg
from kiosk.storage import spoken
from kiosk.storage.base import synced_models
from kiosk.storage.types import typed

Row = Mapping[str, Any]
Place = tuple[str, uuid.UUID]


def untitled(row: Row, named: bool) -> str:
    """Call a row by the rows it refers to."""
    return ""


@dataclass(frozen=True)
class Telling:
    """The words of one table.

    `labels`: the fields a person would weigh, by name; the others settle themselves.
    `words(field, value)`: a value as a person says it, '' to leave it to the common
    way. `title(row, named)`: what the row is called, without a person's name unless
    `named`. `weighty`: fields whose two values the coordination has to hear of.
    `beside`: fields that settle themselves, but that a person reads on her own sheet.
    """

    labels: Mapping[str, Message]
    words: Callable[[str, Any], str] = lambda field, value: ""
    title: Callable[[Row, bool], str] = untitled
    weighty: frozenset[str] = frozenset()
    beside: Mapping[str, Message] | None = None


_UNTOLD = Telling({})
_tellings: dict[str, Telling] = {}
_kinds: dict[str, Message] = {}


def tell(tab: str, telling: Telling) -> None:
    """Say how the rows of a table are told."""
    _tellings[tab] = telling


def call(tab: str, kind: Message) -> None:
    """Say what one row of a table is (« Visite »), told or not."""
    _kinds[tab] = kind


def kind(tab: str) -> Message | None:
    """Return what one row of a table is, None where its room does not say."""
    spoken.listen()
    return _kinds.get(tab)


def _of(tab: str) -> Telling:
    """Return how a table is told; nothing of it is, where its room does not say."""
    spoken.listen()
    return _tellings.get(tab, _UNTOLD)


def is_told(tab: str, field: str) -> bool:
    """Tell whether two values of a field are for a person to weigh."""
    return field in _of(tab).labels


def is_weighty(tab: str, field: str) -> bool:
    """Tell whether the coordination has to hear of two values of a field."""
    return field in _of(tab).weighty


def label(tab: str, field: str) -> Message | str:
    """Return what a person calls a field."""
    return _of(tab).labels.get(field, field)


def labels(tab: str) -> Mapping[str, Message]:
    """Return the fields of a table that are told, with what a person calls each; none for a table untold."""
    return _of(tab).labels


def on_her_sheet(tab: str) -> Mapping[str, Message]:
    """Return every field that a person reads of a row about her, with what it is called."""
    one = _of(tab)
    return {**one.labels, **(one.beside or {})}


def in_words(tab: str, field: str, value: Any) -> str:
    """Return a value (as `plain` writes it) as a person says it."""
    model = synced_models().get(tab)
    column = model.__table__.columns.get(field) if model else None
    try:
        read = typed(column.type, value) if column is not None else value
    except (ValueError, TypeError, AttributeError):
        read = value
    return _of(tab).words(field, read) or _plainly(read)


def _plainly(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return str(msg("rien"))
    if isinstance(value, bool):
        return str(msg("oui") if value else msg("non"))
    if isinstance(value, datetime.date):
        return formats.date_long(value)
    return formats.join(value) if isinstance(value, list) else str(value)


def titles(connection: Connection, places: Iterable[Place], named: bool) -> dict[Place, str]:
    """Return what rows are called: by their own title, or by those of the rows they refer to.

    A few statements a table, however many rows.
    """
    here = rows(connection, places)
    above = {place: _parents(place[0], row) for place, row in here.items() if place[0] not in _titled()}
    parents = rows(connection, {parent for found in above.values() for parent in found})
    own = {place: _title(place, {**here, **parents}, named) for place in {*here, *parents}}
    return {
        place: own[place] or ", ".join(filter(None, (own.get(one) for one in above.get(place, ()))))
        for place in here
    }


def _titled() -> set[str]:
    spoken.listen()
    return {tab for tab, one in _tellings.items() if one.title is not untitled}


def _title(place: Place, found: Mapping[Place, Row], named: bool) -> str:
    return _of(place[0]).title(found[place], named)


def _parents(tab: str, row: Row) -> list[Place]:
    table: Any = synced_models()[tab].__table__
    keys = {(key.parent.name, key.column.table.name) for key in table.foreign_keys}
    return [(parent, row[name]) for name, parent in sorted(keys) if parent != "space" and row[name]]


def person(place: Place, row: Row) -> uuid.UUID | None:
    """Return the member a row is about, None where it is about nobody."""
    found: uuid.UUID | None = place[1] if place[0] == "member" else row.get("member_uid")
    return found


def rows(connection: Connection, places: Iterable[Place]) -> dict[Place, Row]:
    """Return the rows that are there, whole, in one statement a table."""
    by_table: dict[str, set[uuid.UUID]] = {}
    for tab, uid in places:
        by_table.setdefault(tab, set()).add(uid)
    found: dict[Place, Row] = {}
    for tab, uids in by_table.items():
        if tab in synced_models():
            table: Any = synced_models()[tab].__table__
            query = select(table).where(table.c.uid.in_(uids))
            found |= {(tab, row["uid"]): dict(row) for row in connection.execute(query).mappings()}
    return found
