"""How long ago something happened in this browser, told by uptime and never by date.

A kiosk's clock jumps: it may wake up in 1970 or be set right at noon. The
session keeps the machine's uptime and which power-up it was; after another
power-up nobody can say how long it was off, so the answer is None.
"""

from flask import session

from kiosk.storage import clock

SEEN = "vu"
AGAIN = "confirme"


def note(key: str) -> None:
    """Remember that `key` happens now."""
    session[key] = stamp()


def stamp() -> list[str | int]:
    """Return what `note` keeps: the power-up and its uptime in seconds."""
    return [clock.boot_id()[:8], int(clock.monotonic())]


def seconds(key: str) -> int | None:
    """Return the seconds since `key` was noted; None if it was not since the last power-up."""
    try:
        boot, uptime = session[key]
        gone = int(clock.monotonic()) - int(uptime)
    except (KeyError, TypeError, ValueError):
        return None
    return gone if boot == clock.boot_id()[:8] and gone >= 0 else None
