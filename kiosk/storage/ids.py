"""Identifiers: random row ids that sort by time, derived ids, and printed numbers.

The check characters' library is imported when a number is first made: a page
that only reads does not pay for it.
"""

import hashlib
import secrets
import threading
import uuid

from kiosk.storage import clock

_lock = threading.Lock()
_last_ms = 0


def new_uid() -> uuid.UUID:
    """Return a UUIDv7 (RFC 9562): 48 bits of milliseconds, 74 random bits.

    The prefix never goes back within a process, so that ids made in one
    millisecond stay near each other; nothing relies on it for order.
    """
    global _last_ms
    with _lock:
        _last_ms = max(_last_ms, clock.now_ms())
        stamp = _last_ms & (2**48 - 1)
    random = secrets.randbits(74)
    return uuid.UUID(int=stamp << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & (2**62 - 1))


def derived_uid(kind: str, *parts: uuid.UUID) -> uuid.UUID:
    """Return the id of a row that a natural key names: first 16 bytes of SHA-256.

    Two machines that mark the same person at the same sitting make the same row.
    """
    text = "|".join([kind, *(part.hex for part in parts)])
    return uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16])


def with_check(number: str) -> str:
    """Append the ISO/IEC 7064 MOD 37,36 character: `NIO-000123` -> `NIO-000123-X`."""
    from stdnum.iso7064 import mod_37_36

    return f"{number}-{mod_37_36.calc_check_digit(_bare(number))}"


def is_checked(number: str) -> bool:
    """Tell whether a printed number ends with its right check character."""
    from stdnum.iso7064 import mod_37_36

    return bool(mod_37_36.is_valid(_bare(number)))


def _bare(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())
