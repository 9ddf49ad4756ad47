"""Correcting the moments that this machine wrote while its clock was wrong.

A model says which of its columns hold the moment of an entry (`info={"moment":
True}`). Once a stretch of time is known to lack hours or years, its rows get the
right moment as an ordinary change: it travels, merges and shows as any other.
Business dates are a person's word and stay.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from kiosk.storage import boots
from kiosk.storage.base import Synced, synced_columns, synced_models
from kiosk.storage.capture import row_of
from kiosk.storage.changes import said
from kiosk.storage.log import sync_closed, sync_log
from kiosk.sync import outbox

WORTH_MS = 5 * 60_000
"""A smaller fault is not worth a change: nobody reads an entry to the minute."""
SLICE = 400


def amend(session: Session) -> int:
    """Correct the rows written in this power-up's earlier stretches; return how many."""
    stretches = boots.of_this_boot(session.connection())
    lack = {one.boot_no: one.offset_ms for one in stretches if abs(one.offset_ms or 0) >= WORTH_MS}
    return sum(_amended(session, row, lack[row.boot_no]) for row in _written(session, set(lack)))


def _written(session: Session, numbers: set[int]) -> Iterator[Any]:
    """Yield what was logged in these stretches, some at a time: what corrects it is logged meanwhile."""
    tables = {name for name, model in synced_models().items() if _moments(model)}
    of_these = (sync_closed.c.boot_no.in_(numbers), sync_closed.c.tab.in_(tables))
    seq, stream = sync_closed.c.seq, sync_closed.c.stream_uid
    closed = select(sync_closed).where(*of_these).order_by(seq, stream).limit(SLICE)
    after: ColumnElement[bool] = true()
    while some := session.connection().execute(closed.where(after)).all():
        yield from some
        after = or_(seq > some[-1].seq, and_(seq == some[-1].seq, stream > some[-1].stream_uid))
    log, last, head = sync_log.c, 0, outbox.me(session.connection()).seq
    these = select(sync_log).where(log.boot_no.in_(numbers), log.tab.in_(tables), log.seq <= head)
    following = these.order_by(log.seq).limit(SLICE)
    while some := session.connection().execute(following.where(log.seq > last)).all():
        yield from some
        last = some[-1].seq


def _moments(model: type[Synced]) -> list[str]:
    return [one.name for one in synced_columns(model.__table__) if one.info.get("moment")]


def _amended(session: Session, written: Any, lack: int) -> bool:
    """Correct what still stands as it was written; leave what only the centre may change."""
    model, told = synced_models()[written.tab], said(written.body)
    target = session.get(model, written.row_uid)
    names = [name for name in _moments(model) if told.get(name)]
    if target is None or not names:
        return False
    before = row_of(target)
    right = {name: told[name] + lack for name in names if before[name] == told[name]}
    if not right or model.reserved(before, {**before, **right}):
        return False
    for name, value in right.items():
        setattr(target, name, value)
    session.flush()
    return True
