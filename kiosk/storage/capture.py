"""Change capture: every ORM write on a synced model is logged in its own transaction.

`before_flush` only raises `ver` and refreshes local columns: ids, defaults and
relationship keys are still unset there. `after_flush` sees them, and hands the
changes to the sink of the store (the kiosk's log, or the centre's commit log).
Bulk statements would escape both, so they are refused; raw SQL meets the guard
triggers.
"""

import uuid
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from kiosk.storage import search
from kiosk.storage.base import Synced, synced_columns
from kiosk.storage.changes import DELETE, INSERT, UPDATE, Change
from kiosk.storage.types import plain
from kiosk.storage.unit import session


class Sink(Protocol):
    """Where captured changes go."""

    def record(self, connection: Connection, changes: Sequence[Change], actor: uuid.UUID | None) -> None:
        """Keep the changes, in the caller's transaction."""

    def version(self, connection: Connection) -> tuple[Any, ...]:
        """Return what changes whenever any synced row changes."""

    def awaits(self, connection: Connection, tab: str, uid: uuid.UUID) -> bool:
        """Tell whether a row of that table which names `uid` was received and is not in its table yet."""


def awaits(tab: str, uid: uuid.UUID) -> bool:
    """Tell whether a row of that table which names `uid` came here and still lacks something."""
    current = session()
    found: bool = current.info["sink"].awaits(current.connection(), tab, uid)
    return found


class BulkWriteRefused(RuntimeError):
    """A bulk statement on a synced table would escape the log."""


def row_of(target: Synced) -> dict[str, Any]:
    """Return the synced values of an object by column name."""
    loaded = target.__dict__
    return {
        name: loaded[key] if key in loaded else getattr(target, key) for name, key in _names(target.__table__)
    }


@cache
def _names(table: Any) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, column.key) for column in synced_columns(table))


def _synced(targets: Iterable[Any]) -> list[Synced]:
    return [target for target in targets if isinstance(target, Synced)]


def _before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    if "sink" not in session.info:
        return
    if _synced(session.deleted):
        raise BulkWriteRefused("a synced row is never deleted: set deleted_at")
    changed = [t for t in _synced(session.dirty) if session.is_modified(t)]
    for target in [*_synced(session.new), *changed]:
        target.ver = (target.ver or 0) + 1
        if _derives(type(target)):
            for name, value in type(target).derive(row_of(target)).items():
                setattr(target, name, value)


@cache
def _derives(model: type[Synced]) -> bool:
    return "derive" in {name for base in model.__mro__ if base is not Synced for name in vars(base)}


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    if "sink" not in session.info:
        return
    written = _synced(session.new)
    touched = [t for t in _synced(session.dirty) if session.is_modified(t)]
    rows = [(t, row_of(t)) for t in _ordered(written)]
    kept = [(t, row, inserted(type(t), t.uid, row)) for t, row in rows]
    kept += [(t, row_of(t), change) for t in _ordered(touched) if (change := _updated(t)) is not None]
    if not kept:
        return
    connection = session.connection()
    session.info["sink"].record(connection, [change for _, _, change in kept], session.info.get("actor"))
    search.index(connection, [(type(t), t.uid, row, c.op == INSERT) for t, row, c in kept])


def _ordered(targets: list[Synced]) -> list[Synced]:
    """Parents before children, then in the order they were added."""
    if len(targets) < 2:
        return targets
    ranks = _ranks(len(Synced.metadata.tables))
    return sorted(targets, key=lambda t: (ranks[t.__table__], inspect(t).insert_order or 0))


@cache
def _ranks(_tables: int) -> dict[Any, int]:
    """Each table's place, parents first; worked out again when tables were added."""
    return {table: rank for rank, table in enumerate(Synced.metadata.sorted_tables)}


def inserted(model: type[Synced], uid: uuid.UUID, row: dict[str, Any]) -> Change:
    """Return the change that a new row makes, from its synced values by column name."""
    fields = {name: plain(value) for name, value in row.items() if value is not None}
    return Change(model.__tablename__, uid, INSERT, fields)


def _updated(target: Synced) -> Change | None:
    state = inspect(target)
    fields = {
        column.name: plain(getattr(target, column.key))
        for column in synced_columns(target.__table__)
        if state.attrs[column.key].history.has_changes()
    }
    if not fields:
        return None
    base = None if target.cver_n is None else (target.cver_epoch or 0, target.cver_n)
    op = DELETE if fields.get("deleted_at") else UPDATE
    return Change(target.__table__.name, target.uid, op, fields, base)  # type: ignore[attr-defined]


def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete) or "sink" not in state.session.info:
        return
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, Synced):
        raise BulkWriteRefused(f"bulk statement on {mapper.local_table}: write through objects")


def install() -> None:
    """Attach the listeners to every session, once; they act only where a sink is set."""
    if not event.contains(Session, "before_flush", _before_flush):
        event.listen(Session, "before_flush", _before_flush)
        event.listen(Session, "after_flush", _after_flush)
        event.listen(Session, "do_orm_execute", _refuse_bulk)
