"""Saying anew what a centre that was put back has lost, and this machine's rows still show.

A log sends again whatever it holds. But a disk that was put back too has lost part of its
log, and what came of it by pull stands in the rows alone; so do the words of a machine
that is gone. When the snapshot of the restored centre is whole, each row of the space whose
version that centre no longer has is compared with it, own waiting changes on top. What
differs becomes a change of this log, based on the version it had and as old as the last
word from the centre: the merge gives way to whatever was said since. Rows that the centre
took away itself are of a version that it still has, and simply go.

Once said it stands in the log, where nothing differs any more: a cut, a second snapshot
or a second restore says it no second time.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from kiosk.storage.base import Synced, synced_columns, synced_models
from kiosk.storage.changes import DELETE, INSERT, UPDATE, Authored, Change, next_link, op_id, said
from kiosk.storage.log import REJECTED, log_row, sync_log, sync_self
from kiosk.storage.types import plain
from kiosk.storage.versions import written_in
from kiosk.sync import leaving, outbox
from kiosk.sync.apply import PART
from kiosk.sync.former import Former
from kiosk.sync.frozen import by_table
from kiosk.sync.models import sync_left
from kiosk.sync.rows import Incoming, Place, Unreadable, Values, existing, read_fields, required, write

Version = tuple[int, int]
Shown = Mapping[Place, tuple[dict[str, Any], Version]]
"""Rows as a snapshot or what waits shows them, in plain values, each with its version."""
_CLOCK_BITS = 16


@dataclass(frozen=True)
class Own:
    """What own changes without an outcome say of a row; `made`: one of them makes it."""

    fields: dict[str, Any]
    made: bool


@dataclass(frozen=True)
class Lost:
    """A row of a version that the centre no longer has: as it stands here, as it would stand without us."""

    place: Place
    row: Values
    there: Values | None
    version: Version
    """`there` is None where the centre would have no such row."""


def adopt(connection: Connection, items: Shown, waiting: Shown, former: Former) -> None:
    """Add to the log what the centre lost, in the caller's transaction; rows it lacks keep what is said.

    `waiting` is what had come for rows that were being changed here.
    """
    me = connection.execute(select(sync_self)).one()
    for places in _candidates(connection, waiting, former, me.centre_epoch):
        changes, kept = [], []
        for one in _lost(connection, places, items, waiting):
            names = _sayable(one, former, items.get(one.place))
            if names:
                changes.append(_change(one, names))
            if one.place not in items:
                kept.append((one, names))
        _append(connection, [_dated(change, me.heard or 0) for change in changes])
        _stand_alone(connection, kept)


def _candidates(
    connection: Connection, waiting: Shown, former: Former, epoch: int
) -> Iterator[Collection[Place]]:
    """Yield some at a time, parents first, the rows whose version the centre may have no more."""
    gone = {(row.tab, row.row_uid) for row in connection.execute(select(sync_left))}
    for tab, model in synced_models().items():
        came = {uid for (name, uid), (_, v) in waiting.items() if name == tab and former.lacks(v, epoch)}
        for some in _standing(connection, model.__table__, former, epoch):
            came.difference_update(some)
            yield [(tab, uid) for uid in some if (tab, uid) not in gone]
        for some in outbox.chunks(came, PART):
            yield [(tab, uid) for uid in some if (tab, uid) not in gone]


def _standing(
    connection: Connection, table: Any, former: Former, epoch: int
) -> Iterator[Sequence[uuid.UUID]]:
    """Yield some at a time the rows of a table that stand at such a version."""
    lost = select(table.c.uid).where(former.condition(table.c, epoch)).order_by(table.c.uid).limit(PART)
    last = uuid.UUID(int=0)
    while some := connection.scalars(lost.where(table.c.uid > last)).all():
        yield some
        last = some[-1]


def _lost(connection: Connection, places: Collection[Place], items: Shown, waiting: Shown) -> Iterator[Lost]:
    """Yield these rows as they stand here, and as they would stand without us."""
    own = _own(connection, places)
    for place, row in existing(connection, places).items():
        came, version = waiting.get(place, ({}, (0, 0)))
        mine, shown = own.get(place), items.get(place)
        version = max(version, (row["cver_epoch"] or 0, row["cver_n"] or 0))
        if not version[1] and (shown or mine):
            continue
        model = synced_models()[place[0]]
        news = {name: value for name, value in came.items() if not mine or name not in mine.fields}
        there = None
        if shown or (mine and mine.made):
            there = _typed(model, {**(shown[0] if shown else {}), **(mine.fields if mine else {})})
        yield Lost(place, {**row, **_typed(model, news, whole=False)}, there, version)


def _own(connection: Connection, places: Collection[Place]) -> dict[Place, Own]:
    """Fold own changes of these rows without an outcome, in order."""
    log, settled = sync_log.c, outbox.me(connection).settled
    query = select(log.tab, log.row_uid, log.op, log.body).where(outbox.unsettled(settled))
    found: dict[Place, Own] = {}
    for tab, uids in by_table(places).items():
        here = (log.tab == tab) & log.row_uid.in_(uids)
        for row in connection.execute(query.where(here).order_by(log.seq)):
            before = found.get((tab, row.row_uid), Own({}, made=False))
            fields = {**before.fields, **said(row.body)}
            found[tab, row.row_uid] = Own(fields, before.made or row.op == INSERT)
    return found


def _typed(model: type[Synced], fields: Mapping[str, Any], whole: bool = True) -> Values:
    """Return plain values as the columns hold them; all of them where `whole`."""
    blank = {column.name: None for column in synced_columns(model.__table__)} if whole else {}
    try:
        return {**blank, **read_fields(model, fields, lenient=True)}
    except Unreadable:
        return blank


def _sayable(one: Lost, former: Former, shown: tuple[Any, Version] | None) -> list[str]:
    """Return the fields that differ and that a machine of this space may write."""
    model, uid = synced_models()[one.place[0]], one.place[1]
    owners = {model.owner(uid, row) for row in (one.row, one.there) if row is not None}
    if owners != {former.space}:
        return []
    current = one.there or _least(model, one.row)
    if one.there is None and model.reserved(None, current):
        return []
    names = [] if one.there is not None else sorted(required(model))
    for name in _different(model, one.row, current):
        after = {**current, name: one.row[name]}
        revives = name == "deleted_at" and one.row[name] is None and shown and shown[1] > one.version
        if not revives and not model.reserved(one.there, after):
            current, names = after, [*names, name]
    return names


def _least(model: type[Synced], row: Values) -> Values:
    """Return a row that says no more than it must."""
    blank = {column.name: None for column in synced_columns(model.__table__)}
    return {**blank, **{name: row[name] for name in required(model)}}


def _different(model: type[Synced], row: Values, other: Values) -> list[str]:
    names = [column.name for column in synced_columns(model.__table__)]
    return [name for name in names if plain(row[name]) != plain(other.get(name))]


def _change(one: Lost, names: Sequence[str]) -> Change:
    tab, uid = one.place
    fields = {name: plain(one.row[name]) for name in names}
    if one.there is None:
        fields = {name: value for name, value in fields.items() if value is not None}
        return Change(tab, uid, INSERT, fields)
    op = DELETE if fields.get("deleted_at") else UPDATE
    return Change(tab, uid, op, fields, one.version)


def _dated(change: Change, heard: int) -> Change:
    """It stood when the centre was last heard: that is all its clock may say."""
    return replace(change, hlc=heard << _CLOCK_BITS, schema=written_in(change.tab, change.fields))


def _append(connection: Connection, changes: Iterable[Change]) -> None:
    me = connection.execute(select(sync_self)).one()
    seq, link, rows = me.seq, me.chain, []
    for change in changes:
        seq += 1
        name = op_id(me.stream_uid, seq, change)
        link = next_link(link, name)
        entry = Authored(change, me.stream_uid, seq, name)
        rows.append({**log_row(seq, link, entry), "adopted": True})
    if rows:
        connection.execute(insert(sync_log), rows)
        connection.execute(update(sync_self).values(seq=seq, chain=link))


def _stand_alone(connection: Connection, kept: Sequence[tuple[Lost, list[str]]]) -> None:
    """Let rows that the centre lacks stand as own changes make them, of no version; the others leave."""
    rows = []
    for one, names in kept:
        if one.there is None and not names:
            continue
        model = synced_models()[one.place[0]]
        blank = {column.name: None for column in synced_columns(model.__table__)}
        fields = {**(one.there or blank), **{name: one.row[name] for name in names}}
        rows.append(Incoming(*one.place, fields))
    write(connection, rows)
    for row in rows:
        table: Any = synced_models()[row.tab].__table__
        fresh = {"ver": table.c.ver + 1, "cver_epoch": None, "cver_n": None}
        connection.execute(update(table).where(table.c.uid == row.uid).values(**fresh))


def give_up(connection: Connection) -> None:
    """Let rows go that were said anew and that the centre refused: it gave them to another space."""
    log = sync_log.c
    refused = log.adopted & (log.op == INSERT) & (log.state == REJECTED)
    places = [
        (row.tab, row.row_uid) for row in connection.execute(select(log.tab, log.row_uid).where(refused))
    ]
    leaving.leave(connection, existing(connection, places))
