"""Hearing the centre's time in a reply, and telling it ours in a request.

The centre's word is the best there is: it puts the clock right for the rest of
this power-up, and says what the moments written before it lack. A log whose
clock ran years ahead is left for a new one, so that it never holds anybody back.
"""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, update

from kiosk.storage import Store, boots, clock, transaction
from kiosk.storage.log import sync_self
from kiosk.sync import outbox, rehome
from kiosk.sync.messages import Request
from kiosk.sync.time import moments

_CLOCK_BITS = 16
_HALF_MS = 500


def tell(connection: Connection, request: Request) -> Request:
    """Add what time it is here to a request that leaves at once."""
    known = clock.footing()
    if known is None or not known.number:
        return request
    earlier = [(one.boot_no, known.base_ms - one.base_ms) for one in boots.of_this_boot(connection)]
    behind = tuple((number, ms) for number, ms in earlier if abs(ms) > boots.SLACK_MS)
    ours = (clock.now_ms(), known.number, known.quality)
    return replace(request, about=replace(request.about, clock=ours, boots=behind))


def heard(store: Store, now: int, seconds: float) -> None:
    """Put the clock right by the centre's `now` (ms), told in an answer that took `seconds`."""
    known = clock.footing()
    if known is None or not known.number or not clock.is_plausible(clock.local(now).date()):
        return
    ours = clock.now_ms()
    agrees = -boots.SLACK_MS <= ours - now <= seconds * 1000 + boots.SLACK_MS
    if not (agrees and known.quality == clock.SURE):
        adopt(store, ours if agrees else now + int(seconds * _HALF_MS))


def adopt(store: Store, now: int) -> None:
    """Stand on the centre's time, and correct what was written on a wrong footing."""
    with store.open(), transaction() as session:
        known = boots.correct(session.connection(), now, clock.SURE, boots.CENTRE)
        moments.amend(session)
    clock.stand(Path(store.url.database or "").parent, known)


def is_ahead(connection: Connection, now: int) -> bool:
    """Tell whether the log's clock runs a day or more ahead of the centre's and of this machine's.

    The second counts because a letter carried by hand tells a `now` of days ago.
    """
    if not clock.is_plausible(clock.local(now).date()):
        return False
    return clock.hlc_ms(outbox.me(connection).hlc) >= max(now, clock.now_ms()) + clock.DAY_MS


def heal(connection: Connection, now: int) -> None:
    """Leave the log for a new one whose clock starts at the present."""
    rehome.rehome(connection, outbox.me(connection).acked)
    connection.execute(update(sync_self).values(hlc=max(now, clock.now_ms()) << _CLOCK_BITS))
