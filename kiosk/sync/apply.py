"""Taking a page of the centre: rows and cursor in one transaction, own pending edits untouched.

A row with an own change whose outcome has not come back is *frozen*: what
arrives for it waits in `sync_base`, so that the screen never flickers back and
the next edit is based on what its author really saw.
"""

import json
import uuid
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, select, update

from kiosk.storage.base import Synced, synced_models
from kiosk.storage.changes import dumps, said
from kiosk.storage.log import HELD, REJECTED, sync_base, sync_log, sync_self
from kiosk.sync import emptying, leaving, outbox
from kiosk.sync.frozen import by_table, frozen_rows
from kiosk.sync.messages import Item, Reply
from kiosk.sync.models import Erasure
from kiosk.sync.outbox import chunks
from kiosk.sync.rows import (
    Incoming,
    Place,
    Unreadable,
    existing,
    parents,
    read_fields,
    required,
    write,
)

Waiting = dict[Place, tuple[dict[str, Any], tuple[int, int]]]
PART = 50
"""Rows looked at together: whatever waits or arrives, memory holds so many."""


def settle(connection: Connection, reply: Reply) -> None:
    """Note whose outcome the page covers; what waited under those fields is out of date."""
    mine = outbox.me(connection)
    upto = min(reply.settled, mine.acked)
    if upto < mine.settled:
        return
    held = {seq for seq, _ in reply.held}
    freed = outbox.release(connection, held)
    outbox.mark(connection, HELD, reply.held)
    outbox.mark(connection, REJECTED, reply.rejected)
    _forget_waiting(connection, mine.settled, upto, freed)
    connection.execute(update(sync_self).values(settled=upto))


def _forget_waiting(connection: Connection, before: int, upto: int, freed: Collection[int]) -> None:
    """Drop waiting values of fields that own settled changes have written since."""
    if _none_waits(connection):
        return
    log = sync_log.c
    fresh = (log.seq > before) & (log.seq <= upto) & log.state.not_in((HELD, REJECTED))
    waits = exists().where(sync_base.c.tab == log.tab, sync_base.c.row_uid == log.row_uid)
    query = select(log.tab, log.row_uid, log.body).where(waits)
    for which in (fresh, *(log.seq.in_(some) for some in chunks(freed))):
        for tab, uid, body in connection.execute(query.where(which)).all():
            here = (sync_base.c.tab == tab) & (sync_base.c.row_uid == uid)
            connection.execute(delete(sync_base).where(here, sync_base.c.field.in_(list(said(body)))))


def take(connection: Connection, items: Iterable[Item]) -> None:
    """Write the page's rows; those that are frozen or lack a parent wait."""
    every = iter(items)
    take_parts(connection, iter(lambda: list(islice(every, PART)), []))


def take_parts(connection: Connection, parts: Iterable[Iterable[Item]]) -> None:
    """Write rows a part at a time, parents before children; then what waited and waits no longer."""
    ordered: list[uuid.UUID] = []
    with emptying.thoroughly(connection) as touched:
        arriving = (_with_waiting(connection, items) for items in parts)
        for part in chain(arriving, _ripe(connection)):
            written = _take_part(connection, part, touched)
            ordered += [uid for tab, uid in written if tab == Erasure.__tablename__]
    if ordered:
        emptying.carry_out(connection, ordered)


def _with_waiting(connection: Connection, items: Iterable[Item]) -> Waiting:
    """Return what arrives, on top of what waits for the same rows."""
    arriving = {(item.tab, item.row_uid): (item.fields, item.version) for item in items}
    earlier = _waiting(connection, arriving)
    return {
        place: ({**earlier.get(place, ({}, version))[0], **fields}, version)
        for place, (fields, version) in arriving.items()
    }


def _take_part(connection: Connection, part: Waiting, touched: set[type[Synced]]) -> Collection[Place]:
    """Write what can be written and let the rest wait; return the rows written."""
    frozen = frozen_rows(connection, part)
    ready = {place: what for place, what in part.items() if place not in frozen}
    ready = _with_parents(connection, ready)
    blanked = emptying.blanked_by((place[0], what[0]) for place, what in ready.items())
    if blanked:
        emptying.overwrite_freed(connection)
        touched |= blanked
    # A row may point at one of its own table that stands further down the page.
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    write(connection, [_incoming(place, *what) for place, what in ready.items()])
    _keep_waiting(connection, part, ready.keys())
    leaving.came_back(connection, ready.keys())
    return ready.keys()


def _incoming(place: Place, fields: dict[str, Any], version: tuple[int, int]) -> Incoming:
    model = synced_models()[place[0]]
    return Incoming(*place, read_fields(model, fields, lenient=True), version)


def _waiting(connection: Connection, places: Iterable[Place]) -> Waiting:
    """Return what waits for these rows."""
    found: Waiting = {}
    if _none_waits(connection):
        return found
    for tab, uids in by_table(places).items():
        for some in chunks(uids):
            here = (sync_base.c.tab == tab) & sync_base.c.row_uid.in_(some)
            for row in connection.execute(select(sync_base).where(here)):
                fields, version = found.get((row.tab, row.row_uid), ({}, (0, 0)))
                value = {row.field: json.loads(row.value)} if row.field else {}
                version = max(version, (row.cver_epoch, row.cver_n))
                found[row.tab, row.row_uid] = ({**fields, **value}, version)
    return found


def waiting(connection: Connection) -> Waiting:
    """Return all that waits for a frozen row or a missing parent."""
    places = connection.execute(select(sync_base.c.tab, sync_base.c.row_uid).distinct()).all()
    return _waiting(connection, [(row.tab, row.row_uid) for row in places])


def _none_waits(connection: Connection) -> bool:
    return connection.scalar(select(sync_base.c.tab).limit(1)) is None


def _ripe(connection: Connection) -> Iterator[Waiting]:
    """Yield what waits for rows that are not frozen: what lacked a parent may have it now."""
    there = set(connection.scalars(select(sync_base.c.tab).distinct()))
    settled = outbox.me(connection).settled if there else 0
    for tab in (one for one in synced_models() if one in there):
        waits = select(sync_base.c.row_uid).where(sync_base.c.tab == tab).distinct().subquery().c.row_uid
        own = exists().where(sync_log.c.tab == tab, sync_log.c.row_uid == waits, outbox.unsettled(settled))
        ripe, last = select(waits).where(~own).order_by(waits).limit(PART), uuid.UUID(int=0)
        while uids := connection.scalars(ripe.where(waits > last)).all():
            yield _waiting(connection, [(tab, uid) for uid in uids])
            last = uids[-1]


def _with_parents(connection: Connection, ready: Waiting) -> Waiting:
    """Return the rows that can be written: known tables, whole if new, parents here or coming."""
    rows = {place: _incoming(place, *what) for place, what in ready.items() if place[0] in synced_models()}
    here = existing(connection, rows)
    fit = {place for place, row in rows.items() if place in here or _is_whole(row)}
    wanted = {place: parents(synced_models()[place[0]], rows[place].fields) for place in fit}
    there = set(existing(connection, {parent for found in wanted.values() for parent in found}))
    while missing := _lacking(fit, wanted, there | fit):
        fit -= missing
    return {place: what for place, what in ready.items() if place in fit}


def _lacking(fit: set[Place], wanted: dict[Place, set[Place]], there: set[Place]) -> set[Place]:
    return {place for place in fit if not wanted[place] <= there}


def _is_whole(row: Incoming) -> bool:
    return all(row.fields.get(name) is not None for name in required(synced_models()[row.tab]))


def _keep_waiting(connection: Connection, waiting: Waiting, written: Collection[Place]) -> None:
    if not _none_waits(connection):
        for tab, uids in by_table(waiting).items():
            for some in chunks(uids):
                here = (sync_base.c.tab == tab) & sync_base.c.row_uid.in_(some)
                connection.execute(delete(sync_base).where(here))
    kept = [
        {**_spot(place, version), "field": name, "value": dumps(value)}
        for place, (fields, version) in waiting.items()
        if place not in written
        for name, value in fields.items()
    ]
    if kept:
        connection.execute(insert(sync_base), kept)


def _spot(place: Place, version: tuple[int, int]) -> dict[str, Any]:
    return {"tab": place[0], "row_uid": place[1], "cver_epoch": version[0], "cver_n": version[1]}


def _readable(row: Any) -> dict[str, Any]:
    """Return what a logged change says, typed; one that a failing disk spoilt must not stop the others."""
    model = synced_models().get(row["tab"])
    try:
        return read_fields(model, said(row["body"]), lenient=True) if model else {}
    except Unreadable:
        return {}


def reapply(connection: Connection, rows: Iterable[Any]) -> None:
    """Put own changes that wait for the centre again back on their rows, in order."""
    folded: dict[Place, dict[str, Any]] = {}
    for row in rows:
        place = (row["tab"], row["row_uid"])
        folded[place] = {**folded.get(place, {}), **_readable(row)}
    here = existing(connection, folded)
    again = [Incoming(*place, fields) for place, fields in folded.items() if place[0] in synced_models()]
    write(connection, [row for row in again if (row.tab, row.uid) in here or _is_whole(row)])


def overlay(connection: Connection) -> None:
    """Put own changes without an outcome back on their rows, in order, with what was written over them."""
    log, held = sync_log.c, sync_log.alias()
    same = (held.c.tab == log.tab) & (held.c.row_uid == log.row_uid) & (held.c.seq < log.seq)
    over_it = (log.state != REJECTED) & exists().where(held.c.state == HELD, same)
    waits = outbox.unsettled(outbox.me(connection).settled)
    own, last = select(sync_log).where(waits | over_it).order_by(log.seq), 0
    while part := connection.execute(own.where(sync_log.c.seq > last).limit(PART)).mappings().all():
        reapply(connection, part)
        last = part[-1]["seq"]
