"""What the machines' clocks lack: heard with each exchange, taken into account, never a reason to refuse.

A change names the stretch of time it was written in. What that stretch lacks is
known when its machine speaks during the same power-up; until then its own word
stands, clamped to now.
"""

import uuid
from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, update

from kiosk.central.models import stream, stream_boot
from kiosk.storage import clock
from kiosk.storage.changes import Authored
from kiosk.sync.messages import Request

_CLOCK_BITS = 16
_MB = 1_000_000
SLACK_MS = 2 * 60_000
"""Within two minutes a clock is right: the rest is the time a request takes."""


def note(connection: Connection, request: Request) -> None:
    """Keep what a machine says of its clock and its disk."""
    told, about, now = {}, request.about, clock.now_ms()
    if about.disk is not None:
        told["disk_free"] = about.disk * _MB
    if about.clock is not None:
        theirs, number, quality = about.clock
        told |= {"clock_offset": now - theirs, "clock_quality": quality}
        _keep(connection, request.stream, number, now - theirs, quality)
        for earlier, behind in about.boots:
            _keep(connection, request.stream, earlier, now - theirs + behind, quality)
    if told:
        connection.execute(update(stream).where(stream.c.stream_uid == request.stream).values(**told))


def _keep(connection: Connection, uid: uuid.UUID, number: int, offset: int, quality: int) -> None:
    here = (stream_boot.c.stream_uid == uid) & (stream_boot.c.boot_no == number)
    known = connection.execute(select(stream_boot).where(here)).first()
    about = {"offset_ms": offset, "quality": quality, "heard_at": clock.now_ms()}
    if known is None:
        connection.execute(insert(stream_boot).values(stream_uid=uid, boot_no=number, **about))
    elif abs(known.offset_ms - offset) > SLACK_MS:
        connection.execute(update(stream_boot).where(here).values(**about))


class Lacks:
    """What the moments of some changes lack, by the log they travel in and the one they were written in."""

    def __init__(self, connection: Connection, uid: uuid.UUID, entries: Iterable[Authored]) -> None:
        logs = {uid, *(one.author_stream for one in entries)}
        query = select(stream_boot).where(stream_boot.c.stream_uid.in_(logs))
        self._uid = uid
        self._known = {
            (row.stream_uid, row.boot_no): row.offset_ms
            for row in connection.execute(query)
            if abs(row.offset_ms) > SLACK_MS
        }

    def hlc(self, entry: Authored) -> int:
        """Return the logical clock of a change as it would be, had its machine's clock been right."""
        number = entry.change.boot_no
        own = self._known.get((entry.author_stream, number), 0)
        lack = self._known.get((self._uid, number), own) if self._known else 0
        return max(entry.change.hlc + (lack << _CLOCK_BITS), 0)
