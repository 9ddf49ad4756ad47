"""Correcting the moments that this machine wrote while its clock was wrong.

A model says which of its columns hold the moment of an entry (`info={"moment":
True}`). Once a stretch of time is known to lack hours or years, its rows get the
right moment as an ordinary change: it travels, merges and shows as any other.
Business dates are a person's word and stay.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.storage import boots
from kiosk.storage.base import Synced, synced_columns, synced_models
from kiosk.storage.capture import row_of
from kiosk.storage.changes import said
from kiosk.storage.log import sync_closed, sync_log

WORTH_MS = 5 * 60_000
"""A smaller fault is not worth a change: nobody reads an entry to the minute."""


def amend(session: Session) -> int:
    """Correct the rows written in this power-up's earlier stretches; return how many."""
    stretches = boots.of_this_boot(session.connection())
    lack = {one.boot_no: one.offset_ms for one in stretches if abs(one.offset_ms or 0) >= WORTH_MS}
    return sum(_amended(session, row, lack[row.boot_no]) for row in _written(session, set(lack)))


def _written(session: Session, numbers: set[int]) -> Iterator[Any]:
    tables = {name for name, model in synced_models().items() if _moments(model)}
    for log in (sync_closed, sync_log):
        mine = log.c.boot_no.in_(numbers) & log.c.tab.in_(tables)
        yield from session.connection().execute(select(log).where(mine).order_by(log.c.seq)).all()


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
