"""Leases of printed numbers: each block of a space goes to one stream, for ever.

After the centre was put back from a backup it may have forgotten blocks: the
next one starts well beyond, so that no number is leased twice.
"""

import uuid

from sqlalchemy import Connection, insert, select

from kiosk.central import distribute
from kiosk.central.models import card_lease
from kiosk.members import queries as members
from kiosk.storage import clock
from kiosk.sync.messages import Request

BLOCK, SKIP, LAST = 200, 2_000, 999_999


def lease(connection: Connection, space_uid: uuid.UUID, request: Request) -> tuple[int, int] | None:
    """Return the block for a stream whose numbers run low, None for one that has enough.

    A block whose answer was lost is the same again. Call with the log's counter locked.
    """
    if request.about.numbers is None:
        return None
    known = request.about.numbers[1]
    mine = select(card_lease).where(card_lease.c.stream_uid == request.stream)
    newest = connection.execute(mine.order_by(card_lease.c.first.desc()).limit(1)).first()
    if newest is not None and newest.last > known:
        return newest.first, newest.last
    return _new(connection, space_uid, request.stream, known)


def _new(
    connection: Connection, space_uid: uuid.UUID, stream: uuid.UUID, known: int
) -> tuple[int, int] | None:
    epoch = distribute.head(connection).epoch
    space = select(card_lease).where(card_lease.c.space_uid == space_uid)
    before = connection.execute(space.order_by(card_lease.c.first.desc()).limit(1)).first()
    highest = max(before.last if before else 0, known, members.highest_number(space_uid))
    forgot = epoch > (before.epoch if before else 1)
    first = highest + 1 + (SKIP if forgot else 0)
    if first + BLOCK > LAST:
        return None
    block = {"first": first, "last": first + BLOCK - 1}
    about = {"space_uid": space_uid, "stream_uid": stream, "epoch": epoch, "leased_at": clock.now_ms()}
    connection.execute(insert(card_lease).values(**block, **about))
    return block["first"], block["last"]
