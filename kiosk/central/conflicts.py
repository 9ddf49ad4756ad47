"""Values that lost against a concurrent one: all are kept, those a person would weigh are handed to her.

`conflict` is the centre's evidence, op by op. A *difference* is what people see:
a synced row of the space it belongs to, since its manager knows the person and
may settle it without network. A table that travels needs no other road: the log
brings it, a snapshot holds it, a replay makes it again under the same id, and a
kiosk of an older release, which does not know the table, never hears of it.
"""

import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from kiosk.central import kept
from kiosk.central.journal import Journal, Setting
from kiosk.central.models import conflict, inbox
from kiosk.storage import telling
from kiosk.storage.base import synced_models
from kiosk.storage.changes import dumps
from kiosk.storage.types import plain
from kiosk.sync.models import Difference
from kiosk.sync.outbox import chunks
from kiosk.sync.rows import Incoming, Place, existing, write

_CLOCK_BITS = 16
_TAB = Difference.__tablename__


@dataclass(frozen=True)
class Loser:
    """One value that gave way: whose row, which field, by which op and when (effective clock)."""

    place: Place
    field: str
    value: Any
    op: bytes
    eff: int
    winner: bytes
    winner_eff: int


def keep(connection: Connection, journal: Journal, space: uuid.UUID, losers: Sequence[Loser]) -> None:
    """Keep the losers of a merge, in its transaction; those to weigh become rows of the space."""
    if not losers:
        return
    rows = [_evidence(one) for one in losers]
    connection.execute(insert(conflict), rows)
    told = {uid_of(one): one for one in losers if _is_to_weigh(one)}
    known = existing(connection, [(_TAB, uid) for uid in told])
    fresh = {uid: one for uid, one in told.items() if (_TAB, uid) not in known}
    actors = authors(connection, {op for one in fresh.values() for op in (one.op, one.winner)})
    made = [_difference(uid, one, space, actors) for uid, one in fresh.items()]
    for row in made:
        _commit(journal, row)
    write(connection, made, {})
    journal.flush()


def _evidence(one: Loser) -> dict[str, Any]:
    spot = {"tab": one.place[0], "row_uid": one.place[1], "field": one.field, "op_id": one.op}
    losing = {"losing": dumps(plain(one.value)), "winning_op": one.winner}
    return {**spot, **losing, "at": max(one.eff, one.winner_eff) >> _CLOCK_BITS, "resolved_by": None}


def _is_to_weigh(one: Loser) -> bool:
    """A field that people know, unless the rule itself says which value stands."""
    model = synced_models()[one.place[0]]
    ruled = one.field in model.__prevails__ or one.field in model.__yields__
    return telling.is_told(one.place[0], one.field) and not ruled


def uid_of(one: Loser) -> uuid.UUID:
    """Return the id of the difference a loser makes, the same however often it is heard."""
    return uuid.UUID(bytes=hashlib.sha256(b"difference" + one.op + one.field.encode()).digest()[:16])


def authors(connection: Connection, ops: Collection[bytes]) -> dict[bytes, uuid.UUID | None]:
    """Return who wrote each op; an op of the centre is absent."""
    found: dict[bytes, uuid.UUID | None] = {}
    for some in chunks(ops):
        query = select(inbox).where(inbox.c.op_id.in_(some), inbox.c.first)
        for row in connection.execute(query):
            entry = kept.entry(row)
            found[bytes(row.op_id)] = entry.change.actor if entry else None
    return found


def _difference(
    uid: uuid.UUID, one: Loser, space: uuid.UUID, actors: dict[bytes, uuid.UUID | None]
) -> Incoming:
    lost = {"lost_by": actors.get(one.op), "lost_at": one.eff >> _CLOCK_BITS}
    kept = {"kept_by": actors.get(one.winner), "kept_at": one.winner_eff >> _CLOCK_BITS}
    about = {"tab": one.place[0], "row_uid": one.place[1], "field": one.field}
    return Incoming(
        _TAB, uid, {"space_uid": space, **about, "losing": dumps(plain(one.value)), **lost, **kept}
    )


def _commit(journal: Journal, row: Incoming) -> None:
    place = (row.tab, row.uid)
    scope = Difference.scope(row.uid, row.fields)
    n = journal.mention(place, scope)
    by = Setting((journal.epoch, n), row.fields["kept_at"] << _CLOCK_BITS, uuid.uuid4().bytes, n)
    journal.set(place, scope, row.fields, by, whole=True)
