"""Which contents the rows of this machine want, and which of them lie here.

Rooms say it: a model names its columns in `__files__`. No room is known by name.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select, true

from kiosk.storage import given_up
from kiosk.storage.base import Synced, synced_columns, synced_models
from kiosk.storage.carried import Carried, is_hash


@dataclass(frozen=True)
class Need:
    """A content that live rows refer to: who owns such a row, and who may receive one."""

    content: Carried
    owners: frozenset[uuid.UUID]
    scopes: frozenset[str]

    def with_(self, other: "Need") -> "Need":
        """Return the need of both: the earlier turn counts."""
        first = min(self.content, other.content, key=lambda content: content.rank)
        return Need(first, self.owners | other.owners, self.scopes | other.scopes)


def carrying() -> list[type[Synced]]:
    """Return the models whose contents travel."""
    return [model for model in synced_models().values() if model.__files__]


def needs(connection: Connection, sha256: str = "") -> list[Need]:
    """Return every content the rows of this machine refer to (or that one), each once, in turn."""
    found: dict[str, Need] = {}
    for model in carrying():
        wanted = or_(*(model.__table__.c[name] == sha256 for name in model.__files__)) if sha256 else true()
        for need in _of(connection, model, wanted):
            name = need.content.sha256
            found[name] = found[name].with_(need) if name in found else need
    if sha256:
        return [found[sha256]] if sha256 in found else []
    return sorted(found.values(), key=lambda one: (one.content.rank, one.content.size, one.content.sha256))


def _of(connection: Connection, model: type[Synced], wanted: ColumnElement[bool]) -> Iterator[Need]:
    table = model.__table__
    stands = (table.c.deleted_at.is_(None), ~given_up.shows_erased(model))
    query = select(table.c.uid, *synced_columns(table)).where(*stands, wanted)
    for row in connection.execute(query).mappings():
        yield from _in_row(model, row["uid"], dict(row))


def _in_row(model: type[Synced], uid: uuid.UUID, row: dict[str, Any]) -> Iterator[Need]:
    for name in model.__files__:
        content = model.carried(name, row) if is_hash(row[name]) else None
        if content is not None and content.size > 0:
            owner = model.owner(uid, row)
            yield Need(content, frozenset({owner} if owner else ()), frozenset({model.scope(uid, row)}))
