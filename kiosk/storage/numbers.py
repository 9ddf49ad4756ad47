"""Printed numbers that the centre leased to this machine's stream, given out once each.

A lease belongs to one incarnation of the log: a copy of the disk, or a backup put
back, has none until the centre leases it one of its own.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, func, insert, select, update

from kiosk.storage.log import sync_lease, sync_self
from kiosk.storage.unit import session

_MINE = sync_lease.c.stream_uid == select(sync_self.c.stream_uid).scalar_subquery()


def take(count: int) -> list[int]:
    """Return up to `count` leased numbers, in order: fewer, or none, where the leases end."""
    connection = session().connection()
    numbers: list[int] = []
    for lease in _open(connection):
        if len(numbers) == count:
            break
        end = min(lease.next + count - len(numbers), lease.last + 1)
        numbers += range(lease.next, end)
        here = (sync_lease.c.stream_uid == lease.stream_uid) & (sync_lease.c.first == lease.first)
        connection.execute(update(sync_lease).where(here).values(next=end))
    return numbers


def _open(connection: Connection) -> Sequence[Row[object]]:
    query = select(sync_lease).where(_MINE, sync_lease.c.next <= sync_lease.c.last)
    return connection.execute(query.order_by(sync_lease.c.first)).all()


def left(connection: Connection) -> tuple[int, int]:
    """Return how many leased numbers are left, and the last one leased (0: none ever)."""
    rest = func.coalesce(func.sum(sync_lease.c.last + 1 - sync_lease.c.next), 0)
    row = connection.execute(select(rest, func.max(sync_lease.c.last)).where(_MINE)).one()
    return int(row[0]), row[1] or 0


def keep(connection: Connection, first: int, last: int) -> None:
    """Note a lease of `first` to `last`; the same one again changes nothing."""
    stream = connection.scalar(select(sync_self.c.stream_uid))
    here = (sync_lease.c.stream_uid == stream) & (sync_lease.c.first == first)
    if connection.execute(select(sync_lease.c.first).where(here)).first() is None:
        block = {"stream_uid": stream, "first": first, "last": last, "next": first}
        connection.execute(insert(sync_lease).values(**block))
