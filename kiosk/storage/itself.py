"""Which machine this is, what began on it and what was written here: read from its own log.

A row that came by the exchange, or that was said anew for a centre put back, began elsewhere.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from kiosk.storage import clock
from kiosk.storage.base import Base
from kiosk.storage.changes import INSERT, said
from kiosk.storage.log import sync_closed, sync_log, sync_other, sync_self
from kiosk.storage.unit import session


def number() -> int | None:
    """Return the number the centre gave this machine, None where it knows no other machine."""
    return session().scalar(select(sync_self.c.node_no))


def made(tab: str, uid: uuid.UUID, version: tuple[int | None, int | None]) -> bool:
    """Tell whether a row of this `version` (`cver_epoch`, `cver_n`) was first written here.

    One whose record went with the oldest part of the log has a version of zero until
    somebody else changes it; on a copy that got a number of its own nobody can tell.
    """
    others = set(session().scalars(select(sync_other.c.stream_uid)))
    if version[1] in (None, 0) and not others:
        return True
    return any(author not in others for author in _authors(tab, uid))


def began(tab: str, uid: uuid.UUID) -> bool:
    """Tell whether a row was first written in the stream that this machine writes now.

    Of a machine and its copy, which have one log up to a day, one alone has that stream.
    """
    now = session().scalar(select(sync_self.c.stream_uid))
    return any(author == now for author in _authors(tab, uid))


def is_shared() -> bool:
    """Tell whether, as the centre said last, another machine speaks under this one's number."""
    link: Any = Base.metadata.tables.get("sync_link")
    return link is not None and bool(session().scalar(select(link.c.twins)))


def leave_to_the_other(connection: Connection) -> None:
    """Note that all of this log up to now is another machine's too, which keeps what began in it."""
    known = {connection.scalar(select(sync_self.c.stream_uid))}
    for log in (sync_log, sync_closed):
        known |= set(connection.scalars(select(log.c.author_stream).distinct()))
    known -= set(connection.scalars(select(sync_other.c.stream_uid)))
    if known:
        connection.execute(insert(sync_other), [{"stream_uid": uid} for uid in known])


def _authors(tab: str, uid: uuid.UUID) -> Iterator[uuid.UUID]:
    """Yield the streams in which a row was first written, as this machine's log has it."""
    for log in (sync_log, sync_closed):
        first = (log.c.tab == tab, log.c.row_uid == uid, log.c.op == INSERT, ~log.c.adopted)
        yield from session().scalars(select(log.c.author_stream).where(*first))


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
