"""A full snapshot of the scopes: staged piece by piece, swapped in only when whole.

It comes when the centre does not know the kiosk's cursor any more. A cut in the
middle leaves the view as it was.
"""

import json
import uuid
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from kiosk.storage import fault
from kiosk.storage.base import synced_columns, synced_models
from kiosk.storage.changes import INSERT, dumps
from kiosk.storage.log import REJECTED, sync_base, sync_closed, sync_log
from kiosk.sync import adopt, apply, leaving, link
from kiosk.sync.former import Former
from kiosk.sync.frozen import frozen_rows
from kiosk.sync.messages import Item, Page
from kiosk.sync.models import sync_stage


def stage(connection: Connection, page: Page) -> bool:
    """Keep a piece; return True when the snapshot is whole.

    A piece that does not continue the one before is dropped.
    """
    resume = link.load(connection).resume
    if page.key and page.key != resume:
        return False
    if not page.key:
        connection.execute(delete(sync_stage))
    for item in page.items:
        _put(connection, item)
    fault.at("snapshot.staged")
    link.change(connection, resume=page.resume if page.more else "")
    return not page.more


def forget(connection: Connection) -> None:
    """Drop a snapshot that is no longer wanted."""
    connection.execute(delete(sync_stage))
    if link.load(connection).resume:
        link.change(connection, resume="")


def _put(connection: Connection, item: Item) -> None:
    here = (sync_stage.c.tab == item.tab) & (sync_stage.c.row_uid == item.row_uid)
    connection.execute(delete(sync_stage).where(here))
    version = {"cver_epoch": item.version[0], "cver_n": item.version[1]}
    row = {"tab": item.tab, "row_uid": item.row_uid, "body": dumps(item.fields), **version}
    connection.execute(insert(sync_stage), [row])


def swap(connection: Connection, former: Former | None = None) -> None:
    """Make the staged snapshot the base of every row; own pending changes stay on top.

    `former` is what the centre says of its earlier epochs: what it lost of them is said anew.
    """
    waiting = apply.waiting(connection)
    connection.execute(delete(sync_base))
    items = [
        Item(row.tab, row.row_uid, _every_field(row.tab, json.loads(row.body)), (row.cver_epoch, row.cver_n))
        for row in connection.execute(select(sync_stage))
    ]
    if former:
        shown = {(item.tab, item.row_uid): (item.fields, item.version) for item in items}
        adopt.adopt(connection, shown, waiting, former)
    apply.take(connection, items)
    apply.overlay(connection)
    _leave(connection, {(item.tab, item.row_uid) for item in items})
    fault.at("snapshot.swapped")
    forget(connection)


def _every_field(tab: str, fields: dict[str, Any]) -> dict[str, Any]:
    """A snapshot says the whole row: what it does not name is empty."""
    model = synced_models().get(tab)
    if model is None:
        return fields
    return {**{column.name: None for column in synced_columns(model.__table__)}, **fields}


def _leave(connection: Connection, staged: set[tuple[str, uuid.UUID]]) -> None:
    """Let rows go that came through the log and that the centre's snapshot does not hold.

    A row that the centre refused to take stays in sight, with its reason; what it has not
    heard yet (again, after a restore) is no row that left.
    """
    gone = []
    for tab, model in synced_models().items():
        mine = [uid for uid in _travelled(connection, model.__table__) if (tab, uid) not in staged]
        refused = _refused(connection, tab)
        gone += [(tab, uid) for uid in mine if uid not in refused]
    leaving.leave(connection, set(gone) - frozen_rows(connection, gone))


def _travelled(connection: Connection, table: Any) -> set[uuid.UUID]:
    """Return the rows that the centre sent or that this machine wrote; shipped rows are neither."""
    sent = set(connection.scalars(select(table.c.uid).where(table.c.cver_n.is_not(None))))
    written: set[uuid.UUID] = set()
    for log in (sync_log, sync_closed):
        written |= set(connection.scalars(select(log.c.row_uid).where(log.c.tab == table.name)))
    here = set(connection.scalars(select(table.c.uid)))
    return (sent | written) & here


def _refused(connection: Connection, tab: str) -> set[uuid.UUID]:
    """Return the rows made here that the centre never took."""
    made = (sync_log.c.tab == tab) & (sync_log.c.op == INSERT) & ~sync_log.c.adopted
    return set(connection.scalars(select(sync_log.c.row_uid).where(made, sync_log.c.state == REJECTED)))
