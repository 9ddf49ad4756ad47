"""A full snapshot of the scopes: staged piece by piece, swapped in only when whole.

It comes when the centre does not know the kiosk's cursor any more. A cut in the
middle leaves the view as it was.
"""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, or_, select

from kiosk.storage import fault
from kiosk.storage.base import synced_columns, synced_models
from kiosk.storage.changes import INSERT, dumps
from kiosk.storage.log import REJECTED, sync_base, sync_closed, sync_log
from kiosk.sync import adopt, apply, leaving, link, outbox
from kiosk.sync.former import Former
from kiosk.sync.frozen import frozen_rows
from kiosk.sync.items import Item, Version
from kiosk.sync.messages import Page
from kiosk.sync.models import sync_stage
from kiosk.sync.rows import Place

AFRESH = "0.0.afresh"
"""A cursor that no centre confirms: the answer is a snapshot of the scopes."""


def stage(connection: Connection, page: Page) -> bool:
    """Keep a piece; return True when the snapshot is whole.

    A piece that does not continue the one before is dropped.
    """
    resume = link.load(connection).resume
    if page.key and page.key != resume:
        return False
    if not page.key:
        connection.execute(delete(sync_stage))
    if page.items:
        connection.execute(insert(sync_stage).prefix_with("OR REPLACE"), [_row(item) for item in page.items])
    fault.at("snapshot.staged")
    link.change(connection, resume=page.resume if page.more else "")
    return not page.more


def forget(connection: Connection) -> None:
    """Drop a snapshot that is no longer wanted."""
    connection.execute(delete(sync_stage))
    if link.load(connection).resume:
        link.change(connection, resume="")


def is_wanted(connection: Connection, cursor: str) -> bool:
    """Tell whether anything came from beyond the cursor: the last page of several was never asked for.

    A centre that was put back between the two would confirm the cursor, and never speak of the rest.
    """
    epoch, n = (int(part) if part.isdecimal() else 0 for part in [*cursor.split("."), "", ""][:2])
    for table in (*(model.__table__ for model in synced_models().values()), sync_base):
        here = table.c.cver_epoch
        ahead = (here > epoch) | ((here == epoch) & (table.c.cver_n > n))
        if connection.execute(select(here).where(ahead).limit(1)).first():
            return True
    return False


def _row(item: Item) -> dict[str, Any]:
    version = {"cver_epoch": item.version[0], "cver_n": item.version[1]}
    return {"tab": item.tab, "row_uid": item.row_uid, "body": dumps(item.fields), **version}


def swap(connection: Connection, former: Former | None = None) -> None:
    """Make the staged snapshot the base of every row; own pending changes stay on top.

    It goes through the rows some at a time: a space of any size fits a small machine.
    `former` is what the centre says of its earlier epochs: what it lost of them is said anew.
    """
    waiting = apply.waiting(connection) if former else {}
    connection.execute(delete(sync_base))
    if former:
        adopt.adopt(connection, _Shown(connection), waiting, former)
    apply.take_parts(connection, _staged(connection))
    apply.overlay(connection)
    _leave(connection)
    fault.at("snapshot.swapped")
    forget(connection)


def _staged(connection: Connection) -> Iterator[Sequence[Item]]:
    """Yield the rows of the snapshot in parts, parents first, tables of a newer version last."""
    there = set(connection.scalars(select(sync_stage.c.tab).distinct()))
    known = [tab for tab in synced_models() if tab in there]
    for tab in (*known, *sorted(there.difference(known))):
        rows = select(sync_stage).where(sync_stage.c.tab == tab).order_by(sync_stage.c.row_uid)
        last = uuid.UUID(int=0)
        while part := connection.execute(rows.where(sync_stage.c.row_uid > last).limit(apply.PART)).all():
            yield [_item(row) for row in part]
            last = part[-1].row_uid


class _Shown(Mapping[Place, tuple[dict[str, Any], Version]]):
    """The rows of the snapshot by place, each read when it is asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __getitem__(self, place: Place) -> tuple[dict[str, Any], Version]:
        here = (sync_stage.c.tab == place[0]) & (sync_stage.c.row_uid == place[1])
        row = self._connection.execute(select(sync_stage).where(here)).first()
        if row is None:
            raise KeyError(place)
        item = _item(row)
        return item.fields, item.version

    def __iter__(self) -> Iterator[Place]:
        places = self._connection.execute(select(sync_stage.c.tab, sync_stage.c.row_uid))
        return ((row.tab, row.row_uid) for row in places)

    def __len__(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(sync_stage)) or 0


def _item(row: Any) -> Item:
    fields = _every_field(row.tab, json.loads(row.body))
    return Item(row.tab, row.row_uid, fields, (row.cver_epoch, row.cver_n))


def _every_field(tab: str, fields: dict[str, Any]) -> dict[str, Any]:
    """A snapshot says the whole row: what it does not name is empty."""
    model = synced_models().get(tab)
    if model is None:
        return fields
    return {**{column.name: None for column in synced_columns(model.__table__)}, **fields}


def _leave(connection: Connection) -> None:
    """Let rows go that came through the log and that the centre's snapshot does not hold.

    A row that the centre refused to take stays in sight, with its reason; what it has not
    heard yet (again, after a restore) is no row that left.
    """
    for tab, model in synced_models().items():
        uid, last = model.__table__.c.uid, uuid.UUID(int=0)
        gone = _gone(tab, model.__table__).order_by(uid).limit(outbox.CHUNK)
        while some := connection.scalars(gone.where(uid > last)).all():
            places = {(tab, one) for one in some}
            leaving.note(connection, places - frozen_rows(connection, places))
            last = some[-1]
    leaving.release(connection)


def _gone(tab: str, table: Any) -> Select[Any]:
    """Select what the centre sent or this machine wrote and the snapshot lacks; shipped rows are neither."""
    stage, log = sync_stage.c, sync_log.c
    staged = select(stage.row_uid).where(stage.tab == tab)
    made = (log.tab == tab) & (log.op == INSERT) & ~log.adopted
    refused = select(log.row_uid).where(made, log.state == REJECTED)
    travelled = or_(
        table.c.cver_n.is_not(None), _written(tab, table, sync_log), _written(tab, table, sync_closed)
    )
    return select(table.c.uid).where(travelled, table.c.uid.not_in(staged), table.c.uid.not_in(refused))


def _written(tab: str, table: Any, log: Any) -> ColumnElement[bool]:
    written: ColumnElement[bool] = table.c.uid.in_(select(log.c.row_uid).where(log.c.tab == tab))
    return written
