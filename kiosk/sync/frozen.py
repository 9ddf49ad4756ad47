"""Which rows are frozen: own changes to them have no outcome yet."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, select

from kiosk.storage.log import sync_log
from kiosk.sync import outbox
from kiosk.sync.outbox import chunks
from kiosk.sync.rows import Place


def frozen_rows(connection: Connection, places: Iterable[Place]) -> set[Place]:
    """Return the rows among `places` that have own changes without an outcome."""
    mine, log, found = outbox.me(connection), sync_log.c, set()
    for tab, uids in by_table(places).items():
        for some in chunks(uids):
            query = select(log.row_uid).where(log.tab == tab, log.row_uid.in_(some))
            rows = connection.scalars(query.where(outbox.unsettled(mine.settled)).distinct())
            found |= {(tab, uid) for uid in rows}
    return found


def by_table(places: Iterable[Place]) -> dict[str, list[uuid.UUID]]:
    """Return uids by table, of tables this version does not know too."""
    found: dict[str, list[uuid.UUID]] = defaultdict(list)
    for tab, uid in places:
        found[tab].append(uid)
    return found
