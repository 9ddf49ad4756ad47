"""Distributing: what a kiosk may receive of the commit log, page by page.

A page names each changed row once, with the fields that changed since the
kiosk's cursor and that are not its own as sent. A cursor that the log does not
confirm gets a full snapshot of the scopes.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from kiosk.central import lineage
from kiosk.central.journal import ALL, Registers, first_chain, registers_of
from kiosk.central.models import HELD, REJECTED, central_meta, commit_log, field_ver, inbox
from kiosk.storage import versions
from kiosk.storage.base import synced_columns, synced_models
from kiosk.storage.changes import SCHEMA
from kiosk.storage.types import plain
from kiosk.sync.messages import Item, Page, Request
from kiosk.sync.outbox import chunks
from kiosk.sync.rows import Place, existing

_HEAVIEST = 1024 * 1024


@dataclass(frozen=True)
class Position:
    """A position in the commit log and the hash that proves it."""

    epoch: int
    n: int
    chain: bytes

    def __str__(self) -> str:
        return f"{self.epoch}.{self.n}.{self.chain.hex()[:8]}"


def scopes(space_uid: uuid.UUID) -> tuple[str, ...]:
    """Return what a kiosk of that space may receive."""
    return (ALL, f"space:{space_uid.hex}")


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


def page(connection: Connection, request: Request, allowed: Sequence[str]) -> Page:
    """Return the next page for a request, or a piece of a snapshot; fewer rows where they are heavy."""
    found = _shown(_page(connection, request, allowed), request)
    weight = sum(len(str(item.fields)) for item in found.items)
    if weight <= _HEAVIEST or len(found.items) < 2:
        return found
    lighter = min(request.limit, len(found.items)) // 2
    return page(connection, replace(request, limit=lighter), allowed)


def _shown(found: Page, request: Request) -> Page:
    """Cut a page down to the schema of an older kiosk, and let the cursor say so if anything is left out.

    The day it speaks a newer schema, such a cursor earns it a snapshot: it never had the rest.
    """
    if request.schema >= SCHEMA:
        return found
    cut = [(item, versions.shown_to(request.schema, item.tab, item.fields) or {}) for item in found.items]
    items = tuple(replace(item, fields=fields) for item, fields in cut if fields)
    is_less = any(item.fields != fields for item, fields in cut)
    if is_less or found.full or _lacks(request.cursor):
        return replace(found, items=items, cursor=f"{found.cursor}.{request.schema}")
    return found


def _lacks(cursor: str) -> int | None:
    """Return the schema beyond which a cursor's kiosk was told nothing, None if it was told all."""
    schema = ".".join(cursor.split(".")[3:])
    return int(schema) if schema.isdecimal() and schema.isascii() else None


def _page(connection: Connection, request: Request, allowed: Sequence[str]) -> Page:
    start, lacks = position(connection, request.cursor), _lacks(request.cursor)
    if start is None or (lacks is not None and lacks < min(request.schema, SCHEMA)):
        return _snapshot(connection, request, allowed)
    end, rows, more = _scan(connection, request, allowed, start)
    items = _items(connection, request.stream, allowed, [(r.tab, r.row_uid) for r in rows], start.n)
    return Page(since=request.cursor, cursor=str(end), items=tuple(items), more=more)


def _scan(
    connection: Connection, request: Request, allowed: Sequence[str], start: Position
) -> tuple[Position, Sequence[Any], bool]:
    """Return where a page ends, the log rows in it, and whether more follow.

    Rows that are the kiosk's own as sent cost nothing: they are stepped over.
    """
    log = commit_log.c
    others = or_(log.stream_uid.is_(None), log.stream_uid != request.stream)
    query = select(log.n, log.tab, log.row_uid, log.chain, log.epoch)
    query = query.where(log.n > start.n, log.scope.in_(allowed), others)
    rows: Sequence[Any] = connection.execute(query.order_by(log.n).limit(request.limit + 1)).all()
    if len(rows) <= request.limit:
        return head(connection), rows, False
    last = rows[request.limit - 1]
    return Position(last.epoch, last.n, last.chain), rows[: request.limit], True


def _items(
    connection: Connection, stream: uuid.UUID, allowed: Collection[str], places: Iterable[Place], after: int
) -> list[Item]:
    """Return each row once, with its fields mentioned after `after` that others set."""
    unique = list(dict.fromkeys(places))
    known = _registers(connection, unique)
    seen = {s.op for r in known.values() for s in (r.insert, *r.fields.values())}
    own = lineage.own(connection, stream, seen)
    rows = existing(connection, [place for place in unique if place in known])
    found = []
    for place in unique:
        if place in rows and known[place].scope in allowed:
            names = _fresh(known[place], place[0], rows[place], after, own)
            if names:
                found.append(_item(place, rows[place], names, known[place]))
    return found


def _fresh(known: Registers, tab: str, row: dict[str, Any], after: int, own: Collection[bytes]) -> list[str]:
    names = []
    for column in synced_columns(synced_models()[tab].__table__):
        setting = known.current(column.name, row[column.name] is not None)
        if setting and setting.at > after and setting.op not in own:
            names.append(column.name)
    return names


def _item(place: Place, row: dict[str, Any], names: Iterable[str], known: Registers) -> Item:
    fields = {name: plain(row[name]) for name in names}
    versions = (known.insert.version, *(one.version for one in known.fields.values()))
    return Item(*place, fields, max(versions))


def _registers(connection: Connection, places: Iterable[Place]) -> dict[Place, Registers]:
    found: dict[Place, Registers] = {}
    by_table: dict[str, list[uuid.UUID]] = {}
    for tab, uid in places:
        by_table.setdefault(tab, []).append(uid)
    for tab, uids in by_table.items():
        for some in chunks(uids):
            query = select(field_ver).where(field_ver.c.tab == tab, field_ver.c.row_uid.in_(some))
            found |= {(tab, row.row_uid): registers_of(row) for row in connection.execute(query)}
    return found


def _snapshot(connection: Connection, request: Request, allowed: Sequence[str]) -> Page:
    """Return a piece of the whole, by table and row; it starts over when its start is unknown."""
    start, key = _resumed(connection, request.resume)
    spot = (field_ver.c.tab, field_ver.c.row_uid)
    query = select(*spot).where(field_ver.c.scope.in_(allowed)).order_by(*spot)
    if key:
        query = query.where(_after(key))
    rows = connection.execute(query.limit(request.limit + 1)).all()
    more = len(rows) > request.limit
    places = [(row.tab, row.row_uid) for row in rows[: request.limit]]
    items = tuple(_items(connection, uuid.UUID(int=0), allowed, places, -1))
    resume = f"{start}|{places[-1][0]}|{places[-1][1].hex}" if more else ""
    here = request.resume if key else ""
    return Page(request.cursor, str(start), items, True, here, resume, more)


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


def settled(connection: Connection, stream: uuid.UUID, have: int, upto: int) -> int:
    """Return the position whose outcome a cursor at commit `upto` covers, late ones apart."""
    box = inbox.c
    beyond = select(box.seq).where(box.stream_uid == stream, box.late.is_(False), box.n > upto)
    first: int | None = connection.scalar(beyond.order_by(box.seq).limit(1))
    return have if first is None else first - 1


def held(connection: Connection, stream: uuid.UUID, upto: int) -> list[tuple[int, str]]:
    """Return positions held back, with why; also those freed by a commit after `upto`."""
    box = inbox.c
    waiting = or_(box.state == HELD, and_(box.late, box.n > upto))
    query = select(box.seq, box.reason).where(box.stream_uid == stream, waiting)
    return [(row.seq, row.reason or "") for row in connection.execute(query.order_by(box.seq))]


def rejected(connection: Connection, stream: uuid.UUID, after: int) -> list[tuple[int, str]]:
    """Return refused positions the kiosk may not have heard of."""
    box = inbox.c
    query = select(box.seq, box.reason).where(
        box.stream_uid == stream, box.state == REJECTED, box.seq > after
    )
    return [(row.seq, row.reason or "") for row in connection.execute(query.order_by(box.seq))]
