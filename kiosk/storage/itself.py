"""Which machine this is, and which rows began on it: read from its own log, nothing is kept for it.

A row that came by the exchange, or that was said anew for a centre put back, began elsewhere.
"""

import uuid

from sqlalchemy import select

from kiosk.storage.changes import INSERT
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
