"""Rows whose scope a newer program draws narrower: they leave the kiosks that have them, at its start."""

from sqlalchemy import Connection, select

from kiosk.central.journal import ALL, Journal
from kiosk.central.models import field_ver
from kiosk.storage.base import synced_models
from kiosk.sync.rows import existing


def rescope(connection: Connection) -> int:
    """Move what stands under `all` and no longer belongs there; return how many rows."""
    spot = select(field_ver.c.tab, field_ver.c.row_uid).where(field_ver.c.scope == ALL)
    places = [(row.tab, row.row_uid) for row in connection.execute(spot)]
    rows = existing(connection, places)
    wanted = {place: synced_models()[place[0]].scope(place[1], row) for place, row in rows.items()}
    moved = {place: scope for place, scope in wanted.items() if scope != ALL}
    if moved:
        journal = Journal(connection)
        journal.load(moved)
        for place, scope in moved.items():
            journal.move(place, scope, journal.mention(place, scope))
        journal.flush()
    return len(moved)
