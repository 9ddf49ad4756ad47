"""Emptying: a person's words taken out of rows, logs, what waits and the search of this machine.

Ids, op ids and chains stay, so that totals and the exchange go on as before: the
chain runs over op ids, and an emptied change keeps the one it had.
"""

import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, Engine, Table, select, update

from kiosk.storage import search
from kiosk.storage.base import Synced, synced_models
from kiosk.storage.changes import dumps, said
from kiosk.storage.log import sync_base, sync_closed, sync_log
from kiosk.sync.models import Erasure, sync_stage
from kiosk.sync.outbox import chunks
from kiosk.sync.rows import Incoming, Place, existing, write

Fields = dict[Place, frozenset[str]]
_to_fold: WeakSet[Engine] = WeakSet()


def read(places: Any) -> Fields:
    """Return what an erasure's `places` names; nonsense and unknown tables are left out."""
    found: Fields = {}
    for tab, uid, fields in places or ():
        if tab in synced_models():
            found[tab, uuid.UUID(hex=uid)] = frozenset(fields)
    return found


def blank(model: type[Synced], field: str) -> Any:
    """Return what an emptied field holds: nothing, or the empty text where there must be one."""
    column = model.__table__.columns.get(field)
    return "" if column is not None and not column.nullable else None


def blanked(tab: str, fields: Mapping[str, Any], erased: Collection[str]) -> dict[str, Any]:
    """Return a change's fields with the erased ones emptied."""
    model = synced_models()[tab]
    return {name: blank(model, name) if name in erased else value for name, value in fields.items()}


def carry_out(connection: Connection, orders: Iterable[uuid.UUID]) -> None:
    """Do what ordered erasures say, at the kiosk that has just received them."""
    table: Any = Erasure.__table__
    for some in chunks(orders):
        query = select(table.c.places).where(table.c.uid.in_(some), table.c.ordered_at.is_not(None))
        wanted: Fields = {}
        for places in connection.scalars(query):
            for place, erased in read(places).items():
                wanted[place] = wanted.get(place, frozenset()) | erased
        empty(connection, wanted)


def empty(connection: Connection, places: Fields, logs: bool = True) -> None:
    """Take these fields out of everything this machine keeps, in the caller's transaction.

    `logs`: out of its own changes too, which is for an erasure alone.
    """
    _empty_rows(connection, places)
    for (tab, uid), erased in places.items():
        for log in (sync_log, sync_closed) if logs else ():
            _empty_log(connection, log, tab, uid, erased)
        _empty_waiting(connection, tab, uid, erased)
        synced_models()[tab].forget(connection, uid)


@contextmanager
def thoroughly(connection: Connection, models: Iterable[type[Synced]] = ()) -> Iterator[set[type[Synced]]]:
    """Leave nothing of what the block takes out of these models: freed pages, search, journal.

    The block may add models as it meets them, with `overwrite_freed` before their rows go.
    """
    touched = set(models)
    if touched:
        overwrite_freed(connection)
    yield touched
    if touched:
        search.scour(connection, touched)
        _to_fold.add(connection.engine)


def blanked_by(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> set[type[Synced]]:
    """Return the models of which such rows, as they come, take a person's words away."""
    known = synced_models()
    named = [(known[tab], fields) for tab, fields in rows if tab in known]
    return {model for model, fields in named if any(fields.get(name) == "" for name in model.__erases__)}


def fold(engine: Engine) -> None:
    """Fold SQLite's journal away after an erasure was committed: old pages with her words stand in it.

    Other readers may keep it busy: then what they hold goes with the next fold.
    """
    if engine not in _to_fold or engine.dialect.name != "sqlite":
        return
    _to_fold.discard(engine)
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()


def _empty_rows(connection: Connection, places: Fields) -> None:
    here = existing(connection, places)
    rows = [Incoming(*place, _blank_fields(place[0], places[place])) for place in here]
    with thoroughly(connection, {synced_models()[tab] for tab, _ in places}):
        write(connection, rows, here)


def overwrite_freed(connection: Connection) -> None:
    """Let SQLite write zeros over what is freed: some builds leave the old words in the file."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def _blank_fields(tab: str, erased: Iterable[str]) -> dict[str, Any]:
    return {name: blank(synced_models()[tab], name) for name in erased}


def _empty_log(connection: Connection, log: Table, tab: str, uid: uuid.UUID, erased: Collection[str]) -> None:
    query = select(log.c.op_id, log.c.body).where(log.c.tab == tab, log.c.row_uid == uid)
    for row in connection.execute(query).all():
        after = _blank_body(tab, row.body, erased)
        if after != row.body:
            changed = update(log).where(log.c.op_id == row.op_id)
            connection.execute(changed.values(body=after, emptied=True))


def _blank_body(tab: str, body: str, erased: Collection[str]) -> str:
    """Return a logged body without the erased words; of one that a failing disk spoilt nothing stays."""
    fields = said(body)
    if not fields:
        return "{}"
    after = blanked(tab, fields, erased)
    return body if after == fields else dumps(after)


def _empty_waiting(connection: Connection, tab: str, uid: uuid.UUID, erased: Collection[str]) -> None:
    """What came for a row with changes of its own, and a snapshot on its way in."""
    for name in erased:
        here = (sync_base.c.tab == tab) & (sync_base.c.row_uid == uid) & (sync_base.c.field == name)
        value = dumps(blank(synced_models()[tab], name))
        connection.execute(update(sync_base).where(here).values(value=value))
    here = (sync_stage.c.tab == tab) & (sync_stage.c.row_uid == uid)
    for row in connection.execute(select(sync_stage).where(here)).all():
        body = dumps(blanked(tab, json.loads(row.body), erased))
        connection.execute(update(sync_stage).where(here).values(body=body))
