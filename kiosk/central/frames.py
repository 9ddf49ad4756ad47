"""Frames kept whole: sendings set aside, letters that came by hand too early. Erased words leave them too.

A frame set aside is no proof any more, so it is written anew without the words. A letter
by hand is still to be proved by its signature: it goes, and its machine brings it again.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, delete, select, update

from kiosk.central import receive
from kiosk.central.erased import emptied
from kiosk.central.models import carried_push, quarantine
from kiosk.storage import versions
from kiosk.sync import frame
from kiosk.sync.emptying import Fields
from kiosk.sync.frame import FrameError
from kiosk.sync.messages import Request, read_request

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


def without(body: bytes, request: Request | None, places: Fields) -> bytes:
    """Return a frame without the words erased in these places.

    One that is not sound yet cannot be written anew: it is looked at again when what
    precedes it was taken, and its words are emptied on their way in in any case.
    """
    if request is None or not places or not is_sound(request):
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
    for row in connection.execute(select(quarantine.c.id, quarantine.c.body)).all():
        body = bytes(row.body)
        after = without(body, read(body), places)
        if after != body:
            here = quarantine.c.id == row.id
            connection.execute(update(quarantine).where(here).values(body=after))
    for row in connection.execute(select(carried_push.c.id, carried_push.c.body)).all():
        if _may_name(read(bytes(row.body)), places):
            connection.execute(delete(carried_push).where(carried_push.c.id == row.id))


def _may_name(request: Request | None, places: Fields) -> bool:
    if request is None or not is_sound(request) or request.opaque:
        return True
    return any((row.change.tab, row.change.row_uid) in places for row in request.rows)
