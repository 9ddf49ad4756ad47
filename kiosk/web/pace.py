"""A gentle brake on requests from one phone: many in a row wait a few minutes."""

import threading
from collections import OrderedDict, deque

from kiosk.language import msg
from kiosk.storage import Refusal, clock

MOST, SECONDS, DEVICES = 6, 600.0, 500

_lock = threading.Lock()
_seen: OrderedDict[str, deque[float]] = OrderedDict()


def slow_down(device: str, most: int = MOST) -> None:
    """Count one request of a device; raise Refusal when it sent `most` of them in the last SECONDS.

    Kept in memory and by uptime: a changed date or a stranger's flood locks nobody else out.
    """
    now = clock.monotonic()
    with _lock:
        stamps = _seen.setdefault(device, deque(maxlen=most))
        _seen.move_to_end(device)
        while len(_seen) > DEVICES:
            _seen.popitem(last=False)
        if len(stamps) == most and now - stamps[0] < SECONDS:
            raise Refusal(msg("Trop de demandes à la suite. Attendez quelques minutes."))
        stamps.append(now)


def forget() -> None:
    """Forget every device (a test begins)."""
    with _lock:
        _seen.clear()
