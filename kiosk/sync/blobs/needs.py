"""Which contents the rows of this machine want, and which of them lie here.

Rooms say it: a model names its columns in `__files__`. No room is known by name.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from kiosk.storage.base import Synced, synced_columns, synced_models
from kiosk.storage.carried import Carried, is_hash


@dataclass(frozen=True)
class Need:
    """A content that a live row refers to: who owns the row, and who may receive it."""

    content: Carried
    owner: uuid.UUID | None
    scope: str


def carrying() -> list[type[Synced]]:
    """Return the models whose contents travel."""
    return [model for model in synced_models().values() if model.__files__]


def needs(connection: Connection) -> list[Need]:
    """Return every content the rows of this machine refer to, each once: its earliest turn counts."""
    found: dict[str, Need] = {}
    for model in carrying():
        for need in _of(connection, model):
            known = found.get(need.content.sha256)
            if known is None or need.content.rank < known.content.rank:
                found[need.content.sha256] = need
    return sorted(found.values(), key=lambda one: (one.content.rank, one.content.size, one.content.sha256))


def referring(connection: Connection, sha256: str) -> list[Need]:
    """Return the needs of one content: every live row that refers to it."""
    return [
        need
        for model in carrying()
        for name in model.__files__
        for need in _of(connection, model, model.__table__.c[name] == sha256)
        if need.content.sha256 == sha256
    ]


def _of(
    connection: Connection, model: type[Synced], condition: ColumnElement[bool] | None = None
) -> Iterator[Need]:
    table = model.__table__
    live = table.c.deleted_at.is_(None)
    query = select(table.c.uid, *synced_columns(table)).where(live if condition is None else live & condition)
    for row in connection.execute(query).mappings():
        yield from _in_row(model, row["uid"], dict(row))


def _in_row(model: type[Synced], uid: uuid.UUID, row: dict[str, Any]) -> Iterator[Need]:
    for name in model.__files__:
        content = model.carried(name, row) if is_hash(row[name]) else None
        if content is not None and content.size > 0:
            yield Need(content, model.owner(uid, row), model.scope(uid, row))
