"""Frames kept whole: sendings set aside, letters that came by hand too early. Erased words leave them too.

A frame set aside is no proof any more, so it is written anew without the words. A letter
by hand is still to be proved by its signature: it goes, and its machine brings it again.
So does a frame that leans on positions which are not here, as an older program kept them:
whose words it holds cannot be told, and its machine brings it again written in full.
"""

import logging
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Table, delete, select, update

from kiosk.central import receive
from kiosk.central.erased import emptied
from kiosk.central.models import carried_push, quarantine
from kiosk.storage import versions
from kiosk.sync import frame
from kiosk.sync.emptying import Fields
from kiosk.sync.frame import FrameError
from kiosk.sync.messages import Request, read_request

log = logging.getLogger("kiosk.central")

_NOBODY = uuid.UUID(int=0)


def read(body: bytes) -> Request | None:
    """Return the push of a frame, None where this program cannot read it."""
    try:
        request = read_request(frame.decode(bytes(body)), _created)
    except FrameError:
        return None
    return request if request.schema >= versions.OLDEST else None


def _created(uid: uuid.UUID, seqs: Sequence[int]) -> Mapping[int, uuid.UUID]:
    """Name the rows that earlier positions made; nobody's where those have not come.

    Such a frame can be counted, never taken: its changes do not make their chain.
    """
    return {**dict.fromkeys(seqs, _NOBODY), **receive.created(uid, seqs)}


def is_sound(request: Request) -> bool:
    """Tell whether a push makes its chain: all that it names is known."""
    try:
        receive.links(request)
    except FrameError:
        return False
    return True


def leans(request: Request) -> bool:
    """Tell whether a push names rows by positions that are not here: it cannot be written anew."""
    return request.version > 1 and not is_sound(request)


def without(body: bytes, request: Request | None, places: Fields) -> bytes:
    """Return a frame without the words erased in these places; one that `leans` stays as it is."""
    if request is None or not places or leans(request):
        return body
    rows = tuple(emptied(row, places) for row in request.rows)
    opaque = request.opaque
    if opaque and any(uid.hex in opaque.text for _, uid in places):
        opaque = replace(opaque, text="")
    if rows == request.rows and opaque == request.opaque:
        return body
    codec = frame.PLAIN if opaque else frame.DEFLATE
    return frame.encode(replace(request, rows=rows, opaque=opaque, version=1).document(), codec)


def scrub(connection: Connection, places: Fields) -> None:
    """Take erased words out of every frame kept here. All are read: an order is rare, a name left stays."""
    if not places:
        return
    for number, body in _each(connection, quarantine):
        request, here = read(body), quarantine.c.id == number
        after = without(body, request, places)
        if after != body:
            connection.execute(update(quarantine).where(here).values(body=after))
        elif request and leans(request) and _may_name(request, places):
            log.warning("set-aside sending %s may name an erased person and goes: send it again", number)
            connection.execute(delete(quarantine).where(here))
    for number, body in _each(connection, carried_push):
        if _may_name(read(body), places):
            connection.execute(delete(carried_push).where(carried_push.c.id == number))


def _each(connection: Connection, table: Table) -> Iterator[tuple[int, bytes]]:
    """Yield the frames of a table, one in memory at a time: they may be megabytes."""
    for number in connection.scalars(select(table.c.id).order_by(table.c.id)).all():
        yield number, bytes(connection.execute(select(table.c.body).where(table.c.id == number)).scalar_one())


def _may_name(request: Request | None, places: Fields) -> bool:
    """Tell whether a frame may tell of these places; by a position nobody knows it may tell of anybody."""
    if request is None or not is_sound(request) or request.opaque:
        return True
    return any((row.change.tab, row.change.row_uid) in places for row in request.rows)
