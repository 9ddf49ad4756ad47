"""Distributing: what a kiosk may receive of the commit log, page by page.

A page names each changed row once, with the fields that changed since the
kiosk's cursor and that are not its own as sent. A cursor that the log does not
confirm, or that lies below what it still holds, gets a full snapshot of the scopes.
"""

import uuid
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from kiosk.central import floors
from kiosk.central.items import items
from kiosk.central.journal import first_chain
from kiosk.central.models import central_meta, commit_log, field_ver
from kiosk.central.reach import Reach
from kiosk.storage import versions
from kiosk.storage.changes import SCHEMA
from kiosk.sync.former import Former
from kiosk.sync.messages import Page, Request
from kiosk.sync.rows import Place

_HEAVIEST = 1024 * 1024


@dataclass(frozen=True)
class Position:
    """A position in the commit log and the hash that proves it."""

    epoch: int
    n: int
    chain: bytes

    def __str__(self) -> str:
        return f"{self.epoch}.{self.n}.{self.chain.hex()[:8]}"


def head(connection: Connection) -> Position:
    """Return the end of the log."""
    row = connection.execute(select(central_meta)).one()
    return Position(row.epoch, row.n, row.chain)


def position(connection: Connection, cursor: str) -> Position | None:
    """Return the position a cursor names, None if the log does not confirm it."""
    if not cursor:
        return Position(0, 0, first_chain())
    epoch, n, mark = read_cursor(cursor)
    chain = first_chain() if n == 0 else _chain_at(connection, n)
    if chain is None or chain.hex()[:8] != mark:
        return None
    return Position(epoch, n, chain)


def denies(connection: Connection, cursor: str) -> bool:
    """Tell whether the log contradicts a cursor; what it holds no more it cannot deny."""
    unknown = position(connection, cursor) is None
    return unknown and floors.is_whole_from(connection, read_cursor(cursor)[1])


def read_cursor(cursor: str) -> tuple[int, int, str]:
    """Return (epoch, n, mark) of a cursor; nonsense is a position nobody has."""
    epoch, _, rest = cursor.partition(".")
    n, _, rest = rest.partition(".")
    mark = rest.partition(".")[0]
    if not (cursor.isascii() and epoch.isdigit() and n.isdigit() and len(n) < 18):
        return (0, 2**60, "")
    return int(epoch), int(n), mark


def _chain_at(connection: Connection, n: int) -> bytes | None:
    found: bytes | None = connection.scalar(select(commit_log.c.chain).where(commit_log.c.n == n))
    return found


def page(connection: Connection, request: Request, reach: Reach) -> Page:
    """Return the next page for a request, or a piece of a snapshot; fewer rows where they are heavy."""
    found = _shown(_page(connection, request, reach), request)
    weight = sum(len(str(item.fields)) for item in found.items)
    if weight <= _HEAVIEST or len(found.items) < 2:
        return found
    lighter = min(request.limit, len(found.items)) // 2
    return page(connection, replace(request, limit=lighter), reach)


def _shown(found: Page, request: Request) -> Page:
    """Cut a page down to the schema of an older kiosk, and let the cursor say so if anything is left out.

    The day it speaks a newer schema, such a cursor earns it a snapshot: it never had the rest.
    """
    if request.schema >= SCHEMA:
        return found
    cut = [(item, versions.shown_to(request.schema, item.tab, item.fields) or {}) for item in found.items]
    kept = tuple(replace(item, fields=fields) for item, fields in cut if fields)
    is_less = any(item.fields != fields for item, fields in cut)
    if is_less or found.full or _lacks(request.cursor):
        return replace(found, items=kept, cursor=f"{found.cursor}.{request.schema}")
    return found


def _lacks(cursor: str) -> int | None:
    """Return the schema beyond which a cursor's kiosk was told nothing, None if it was told all."""
    schema = ".".join(cursor.split(".")[3:])
    return int(schema) if schema.isdecimal() and schema.isascii() else None


def _page(connection: Connection, request: Request, reach: Reach) -> Page:
    start, lacks = position(connection, request.cursor), _lacks(request.cursor)
    is_less = lacks is not None and lacks < min(request.schema, SCHEMA)
    if start is None or is_less or start.n < floors.over(connection, reach):
        return _snapshot(connection, request, reach)
    end, rows, more = _scan(connection, request, reach, start)
    found, left = items(connection, request.stream, reach, [(r.tab, r.row_uid) for r in rows], start.n)
    return Page(request.cursor, str(end), tuple(found), more=more, left=tuple(left))


def _scan(
    connection: Connection, request: Request, reach: Reach, start: Position
) -> tuple[Position, Sequence[Any], bool]:
    """Return where a page ends, the log rows in it, and whether more follow.

    Rows that are the kiosk's own as sent cost nothing: they are stepped over.
    """
    log = commit_log.c
    others = or_(log.stream_uid.is_(None), log.stream_uid != request.stream)
    query = select(log.n, log.tab, log.row_uid, log.chain, log.epoch)
    query = query.where(log.n > start.n, reach.condition(log), others)
    rows: Sequence[Any] = connection.execute(query.order_by(log.n).limit(request.limit + 1)).all()
    if len(rows) <= request.limit:
        return head(connection), rows, False
    last = rows[request.limit - 1]
    return Position(last.epoch, last.n, last.chain), rows[: request.limit], True


def _snapshot(connection: Connection, request: Request, reach: Reach) -> Page:
    """Return a piece of the whole, by table and row; it starts over when its start is unknown."""
    start, key = _resumed(connection, request.resume)
    spot = (field_ver.c.tab, field_ver.c.row_uid)
    query = select(*spot).where(reach.condition(field_ver.c)).order_by(*spot)
    if key:
        query = query.where(_after(key))
    rows = connection.execute(query.limit(request.limit + 1)).all()
    more = len(rows) > request.limit
    places = [(row.tab, row.row_uid) for row in rows[: request.limit]]
    found, _ = items(connection, uuid.UUID(int=0), reach, places, -1)
    resume = f"{start}|{places[-1][0]}|{places[-1][1].hex}" if more else ""
    here = request.resume if key else ""
    former = None if more else _former(connection, reach)
    return Page(request.cursor, str(start), tuple(found), True, here, resume, more, former=former)


def _former(connection: Connection, reach: Reach) -> Former | None:
    """Return what is left of the epochs before this one, None where it is the first."""
    now = head(connection)
    return Former(reach.space, ends(connection)) if now.epoch > 1 else None


def ends(connection: Connection) -> dict[int, int]:
    """Return the last commit of each epoch before this one; the first of each is never dropped."""
    now = head(connection)
    epoch, n, found = now.epoch, now.n, {}
    while n:
        n = bisect_left(range(1, n + 1), epoch, key=lambda at: _epoch_at(connection, at))
        if n:
            epoch = _epoch_at(connection, n)
            found[epoch] = n
    return found


def _epoch_at(connection: Connection, n: int) -> int:
    query = select(commit_log.c.epoch).where(commit_log.c.n <= n).order_by(commit_log.c.n.desc())
    return connection.scalar(query.limit(1)) or 0


def _resumed(connection: Connection, resume: str) -> tuple[Position, Place | None]:
    cursor, _, rest = resume.partition("|")
    tab, _, uid = rest.partition("|")
    start = position(connection, cursor) if cursor else None
    if start is None or len(uid) != 32:
        return head(connection), None
    try:
        return start, (tab, uuid.UUID(hex=uid))
    except ValueError:
        return head(connection), None


def _after(key: Place) -> Any:
    tab, uid = field_ver.c.tab, field_ver.c.row_uid
    return or_(tab > key[0], and_(tab == key[0], uid > key[1]))
