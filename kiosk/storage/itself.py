"""Which machine this is, what began on it and what was written here: read from its own log.

A row that came by the exchange, or that was said anew for a centre put back, began elsewhere.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kiosk.storage import clock
from kiosk.storage.changes import INSERT, said
from kiosk.storage.log import sync_closed, sync_log, sync_self
from kiosk.storage.unit import session


def number() -> int | None:
    """Return the number the centre gave this machine, None where it knows no other machine."""
    return session().scalar(select(sync_self.c.node_no))


def made(tab: str, uid: uuid.UUID, version: tuple[int | None, int | None]) -> bool:
    """Tell whether a row of this `version` (`cver_epoch`, `cver_n`) was first written here.

    One whose record went with the oldest part of the log has a version of zero until
    somebody else changes it.
    """
    if version[1] in (None, 0):
        return True
    for log in (sync_log, sync_closed):
        first = (log.c.tab == tab, log.c.row_uid == uid, log.c.op == INSERT, ~log.c.adopted)
        if session().scalar(select(log.c.seq).where(*first).limit(1)) is not None:
            return True
    return False


@dataclass(frozen=True)
class Written:
    """One write of this machine: the row, its fields as `plain` says them, who wrote, when (ms)."""

    uid: uuid.UUID
    fields: dict[str, Any]
    actor: uuid.UUID | None
    at: int


def written(tab: str, uids: Iterable[uuid.UUID]) -> list[Written]:
    """Return what this machine wrote in rows of a table, the oldest first, as far back as its log goes."""
    wanted, found = list(uids), list[Any]()
    for log in (sync_closed, sync_log):
        mine = (log.c.tab == tab, log.c.row_uid.in_(wanted), ~log.c.adopted)
        query = select(log.c.row_uid, log.c.body, log.c.actor_uid, log.c.hlc).where(*mine)
        found += session().execute(query).all()
    ordered = sorted(found, key=lambda row: row.hlc)
    return [Written(row.row_uid, said(row.body), row.actor_uid, clock.hlc_ms(row.hlc)) for row in ordered]
