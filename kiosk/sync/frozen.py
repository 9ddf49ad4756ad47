"""Which rows are frozen: own changes to them have no outcome yet."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, select

from kiosk.storage.log import sync_log
from kiosk.sync import outbox
from kiosk.sync.outbox import chunks
from kiosk.sync.rows import Place


def frozen_rows(connection: Connection, places: Iterable[Place]) -> set[Place]:
    """Return the rows among `places` that have own changes without an outcome."""
    by_table = defaultdict(list)
    for tab, uid in places:
        by_table[tab].append(uid)
    mine, log, found = outbox.me(connection), sync_log.c, set()
    for tab, uids in by_table.items():
        for some in chunks(uids):
            query = select(log.row_uid).where(log.tab == tab, log.row_uid.in_(some))
            rows = connection.scalars(query.where(outbox.unsettled(mine.settled)).distinct())
            found |= {(tab, uid) for uid in rows}
    return found
