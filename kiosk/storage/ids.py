"""Identifiers: random row ids that sort by time, derived ids, and printed numbers.

The check characters' library is imported when a number is first made: a page
that only reads does not pay for it.
"""

import hashlib
import secrets
import threading
import uuid
from typing import Any

from kiosk.storage import clock
from kiosk.storage.absent import later

_lock = threading.Lock()
_last = 0


def new_uid() -> uuid.UUID:
    """Return a UUIDv7 (RFC 9562, method 1): 48 bits of milliseconds, 12 of a counter, 62 random.

    Ids made by one process ascend, even within a millisecond or after its clock
    went back; nothing relies on it for order between machines.
    """
    global _last
    with _lock:
        _last = max(_last + 1, clock.now_ms() << 12) & (2**60 - 1)
        high = _last
    stamp = high >> 12 << 80 | 7 << 76 | (high & 0xFFF) << 64
    return uuid.UUID(int=stamp | 2 << 62 | secrets.randbits(62))


def derived_uid(kind: str, *parts: uuid.UUID) -> uuid.UUID:
    """Return the id of a row that a natural key names: first 16 bytes of SHA-256.

    Two machines that mark the same person at the same sitting make the same row.
    """
    text = "|".join([kind, *(part.hex for part in parts)])
    return uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16])


def with_check(number: str) -> str:
    """Append the ISO/IEC 7064 MOD 37,36 character: `NIO-000123` -> `NIO-000123-X`."""
    return f"{number}-{_signs().calc_check_digit(_bare(number))}"


def is_checked(number: str) -> bool:
    """Tell whether a printed number ends with its right check character."""
    return bool(_signs().is_valid(_bare(number)))


def _signs() -> Any:
    with later("pydoc"), later("pkgutil"):  # it could document itself
        from stdnum.iso7064 import mod_37_36
    return mod_37_36


def _bare(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())
