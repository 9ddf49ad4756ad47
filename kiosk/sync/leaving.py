"""Rows that left this kiosk's scopes: taken away, unless own changes wait or own records name them.

A row that must stay for now is noted in `sync_left`. While own changes wait for
their outcome it stays as it is, since nobody's work is thrown away unseen; where
records name it, all that tells about a person is emptied, and the figures made
of it stay right. It goes as soon as nothing holds it.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from kiosk.storage import clock, search
from kiosk.storage.base import Base, Synced, synced_models
from kiosk.storage.log import sync_base
from kiosk.sync import emptying
from kiosk.sync.frozen import by_table, frozen_rows
from kiosk.sync.models import sync_left
from kiosk.sync.outbox import chunks
from kiosk.sync.rows import Place, existing

PART = 50
"""Rows looked at together, however many left."""


def leave(connection: Connection, places: Iterable[Place]) -> None:
    """Note rows that left, and take away those that nothing holds."""
    note(connection, places)
    release(connection)


def note(connection: Connection, places: Iterable[Place]) -> None:
    """Note rows that left, once each; `release` takes them away."""
    for tab, uids in by_table(dict.fromkeys(places)).items():
        for some in chunks(uids) if tab in synced_models() else ():
            noted = select(sync_left.c.row_uid).where(sync_left.c.tab == tab, sync_left.c.row_uid.in_(some))
            known, now = set(connection.scalars(noted)), clock.now_ms()
            rows = [{"tab": tab, "row_uid": uid, "at": now} for uid in some if uid not in known]
            if rows:
                connection.execute(insert(sync_left), rows)


def release(connection: Connection) -> None:
    """Take away what left and is held no longer, children before parents, some at a time."""
    there = set(connection.scalars(select(sync_left.c.tab).distinct()))
    with emptying.thoroughly(connection) as touched:
        for tab, model in reversed(synced_models().items()):
            for part in _left(connection, tab) if tab in there else ():
                frozen = frozen_rows(connection, part)
                for place in (one for one in part if one not in frozen):
                    _take_away(connection, model, place, touched)


def _left(connection: Connection, tab: str) -> Iterator[list[Place]]:
    """Yield some at a time the rows of a table that left."""
    left, last = sync_left.c, uuid.UUID(int=0)
    query = select(left.row_uid).where(left.tab == tab).order_by(left.row_uid).limit(PART)
    while uids := connection.scalars(query.where(left.row_uid > last)).all():
        yield [(tab, uid) for uid in uids]
        last = uids[-1]


def _take_away(connection: Connection, model: type[Synced], place: Place, touched: set[type[Synced]]) -> None:
    """Take a row away, or its words where records name it; its model is `touched`, and scoured once."""
    table: Any = model.__table__
    if is_referred(connection, table, place[1]):
        if not _is_emptied(connection, model, place):
            emptying.empty(connection, {place: model.__erases__}, logs=False)
        return
    emptying.overwrite_freed(connection)
    touched.add(model)
    connection.execute(update(table).where(table.c.uid == place[1]).values(ver=-1))
    connection.execute(delete(table).where(table.c.uid == place[1]))
    search.forget(connection, model, [place[1]])
    model.forget(connection, place[1])
    for notes in (sync_left, sync_base):
        connection.execute(delete(notes).where(notes.c.tab == place[0], notes.c.row_uid == place[1]))


def _is_emptied(connection: Connection, model: type[Synced], place: Place) -> bool:
    """Tell whether nothing of a person is left in a row: each exchange asks, and writes no more than once."""
    row = existing(connection, [place]).get(place, {})
    return all(row.get(name) == emptying.blank(model, name) for name in model.__erases__)


def came_back(connection: Connection, places: Collection[Place]) -> None:
    """Forget that these rows had left: the centre sends them again."""
    if connection.scalar(select(sync_left.c.tab).limit(1)) is None:
        return
    for tab, uid in places:
        here = (sync_left.c.tab == tab) & (sync_left.c.row_uid == uid)
        connection.execute(delete(sync_left).where(here))


def kept(connection: Connection) -> int:
    """Return how many rows left and still wait for the outcome of own changes."""
    left = {(row.tab, row.row_uid) for row in connection.execute(select(sync_left))}
    return len(frozen_rows(connection, left)) if left else 0


def count(connection: Connection) -> int:
    """Return how many rows that left are still here, whatever holds them."""
    return connection.scalar(select(func.count()).select_from(sync_left)) or 0


def is_referred(connection: Connection, table: Table, uid: Any) -> bool:
    """Tell whether any row of this machine names a row."""
    for other in Base.metadata.tables.values():
        for key in other.foreign_keys:
            if key.column.table is table:
                found = connection.scalar(select(key.parent).where(key.parent == uid).limit(1))
                if found is not None:
                    return True
    return False
