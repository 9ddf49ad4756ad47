"""Rows that came after an order and tell about somebody it erased: the order grows to reach them.

A kiosk that was away may bring a follow-up of hers, written before it heard. Only what the
log mentions since the last look is looked at; a process that begins looks at everything.
"""

import uuid
from collections.abc import Collection, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import Session

from kiosk.central.models import central_meta, commit_log
from kiosk.storage import session
from kiosk.storage.base import Synced, synced_models
from kiosk.storage.types import Uid
from kiosk.sync import emptying, naming
from kiosk.sync.models import Erasure
from kiosk.sync.outbox import chunks
from kiosk.sync.rows import Place

_looked: WeakKeyDictionary[Engine, tuple[int, bytes]] = WeakKeyDictionary()
"""How far each database was looked through: a position of its log, and the hash that proves it."""


def grown() -> list[Erasure]:
    """Return the orders that reach further now than when they were given."""
    connection = session().connection()
    since, now = _since(connection), _head(connection)
    if now is None or now[0] == since:
        return []
    session().info["looked"] = session().get_transaction(), connection.engine, now
    orders = session().scalars(select(Erasure).where(Erasure.ordered_at.is_not(None))).all()
    reached = {place for one in orders for place in emptying.read(one.places)}
    late = set(_late(connection, {uid for _, uid in reached}, since)) - reached if reached else set()
    return [one for one in orders if late and _reaches(connection, one, late)]


def _reaches(connection: Connection, order: Erasure, late: Collection[Place]) -> bool:
    known = order.tab in synced_models()
    return known and not naming.reached(connection, (order.tab, order.row_uid)).keys().isdisjoint(late)


@event.listens_for(Session, "after_commit")
def _keep_position(current: Session) -> None:
    """Keep how far was looked once all is committed: what is undone comes again, under the same numbers.

    An act apart that ends well is no commit yet.
    """
    inside, engine, now = current.info.get("looked", (None, None, None))
    if inside and inside is current.get_transaction() and not current.in_nested_transaction():
        _looked[engine] = now


def _head(connection: Connection) -> tuple[int, bytes] | None:
    row = connection.execute(select(central_meta.c.n, central_meta.c.chain)).first()
    return (row.n, bytes(row.chain)) if row else None


def _since(connection: Connection) -> int | None:
    """Return the position looked through last, None where the log does not confirm it (put back, undone)."""
    n, chain = _looked.get(connection.engine, (0, b""))
    found = connection.scalar(select(commit_log.c.chain).where(commit_log.c.n == n)) if n else None
    return n if found is not None and bytes(found) == chain else None


def _late(connection: Connection, named: Collection[uuid.UUID], since: int | None) -> Iterator[Place]:
    """Yield the rows with words of a person that name one of these rows."""
    fresh = None if since is None else _mentioned(connection, since)
    for tab, model in synced_models().items():
        pointing = _pointing(model) if model.__erases__ else []
        for column in pointing:
            uid = model.__table__.c.uid
            if fresh is None:
                for some in chunks(named):
                    yield from ((tab, one) for one in connection.scalars(select(uid).where(column.in_(some))))
                continue
            for some in chunks(fresh.get(tab, ())):
                rows = connection.execute(select(uid, column.label("of")).where(uid.in_(some)))
                yield from ((tab, row.uid) for row in rows if row.of in named)


def _mentioned(connection: Connection, since: int) -> dict[str, set[uuid.UUID]]:
    found: dict[str, set[uuid.UUID]] = {}
    rows = select(commit_log.c.tab, commit_log.c.row_uid).where(commit_log.c.n > since)
    for row in connection.execute(rows):
        found.setdefault(row.tab, set()).add(row.row_uid)
    return found


def _pointing(model: type[Synced]) -> list[Any]:
    columns: Any = model.__table__.columns
    return [c for c in columns if isinstance(c.type, Uid) and c.name not in ("uid", "space_uid")]
