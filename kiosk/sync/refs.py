"""How a frame of version 2 names rows: once each, and then by a small number.

`r` lists ids that only their sixteen bytes can name, `q` positions of the stream's
own log at which a row was created, in steps. A reference is an index into both
lists, or `-1-k` for the row that the frame itself makes at place k.
"""

import base64
import binascii
import uuid
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from kiosk.storage.ids import derived_uid
from kiosk.storage.versions import Table
from kiosk.sync.document import natural
from kiosk.sync.frame import FrameError

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_RANDOM_BITS, _RANDOM_SIGNS = 74, 13


class Names:
    """The references of a frame that is being written."""

    def __init__(self, mentions: Iterable[tuple[int, uuid.UUID]], made: Mapping[uuid.UUID, int],
                 places: Mapping[uuid.UUID, int]) -> None:  # fmt: skip
        """`mentions` are (place in the frame, row named there), `made` the rows the frame makes."""
        self._made = made
        outside = dict.fromkeys(uid for at, uid in mentions if made.get(uid, at) >= at)
        whole = [uid for uid in outside if uid not in places]
        placed = sorted((uid for uid in outside if uid in places), key=lambda uid: places[uid])
        self._index = {uid: index for index, uid in enumerate([*whole, *placed])}
        steps = [places[uid] for uid in placed]
        self.whole = [short(uid) for uid in whole]
        self.steps = [after - before for before, after in zip([0, *steps], steps, strict=False)]

    def of(self, uid: uuid.UUID, at: int) -> int:
        """Return the reference to a row from place `at`."""
        made = self._made.get(uid, at)
        return -1 - made if made < at else self._index[uid]


class Named:
    """The references of a frame that is being read: `places` says what the log's positions created."""

    def __init__(self, whole: Sequence[Any], steps: Sequence[Any], places: Mapping[int, uuid.UUID]) -> None:
        self._known = [long(text) for text in whole]
        for seq in positions(steps):
            if seq not in places:
                raise FrameError("a position that created nothing")
            self._known.append(places[seq])
        self._made: list[uuid.UUID | None] = []

    def make(self, uid: uuid.UUID | None) -> None:
        """Note the row that the next place of the frame makes, None where it makes none."""
        self._made.append(uid)

    def to(self, reference: Any) -> uuid.UUID:
        """Return the row a reference means; raises FrameError."""
        if isinstance(reference, bool) or not isinstance(reference, int):
            raise FrameError("a reference was expected")
        known: Sequence[uuid.UUID | None] = self._known if reference >= 0 else self._made
        index = reference if reference >= 0 else -1 - reference
        found = known[index] if index < len(known) else None
        if found is None:
            raise FrameError("a reference to nothing")
        return found


def positions(steps: Sequence[Any]) -> list[int]:
    """Return the positions that `q` lists."""
    return [natural(place) for place in accumulate(natural(step) for step in steps)]


def short(uid: uuid.UUID) -> str:
    """Return an id in 22 signs."""
    return base64.urlsafe_b64encode(uid.bytes).decode().rstrip("=")


def long(text: Any) -> uuid.UUID:
    """Return the id of 22 signs, or raise FrameError."""
    if not isinstance(text, str) or len(text) != 22:
        raise FrameError("an id was expected")
    try:
        found = uuid.UUID(bytes=base64.b64decode(text + "==", altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise FrameError("an id was expected") from error
    if short(found) != text:
        raise FrameError("an id has one spelling")
    return found


def fresh(uid: uuid.UUID) -> tuple[int, str] | None:
    """Return the milliseconds and the random part of an id made by a clock, None for another kind."""
    number = uid.int
    if number >> 76 & 15 != 7 or number >> 62 & 3 != 2:
        return None
    bits = (number >> 64 & 0xFFF) << 62 | number & (2**62 - 1)
    return number >> 80, "".join(_DIGITS[bits >> 6 * at & 63] for at in range(_RANDOM_SIGNS))


def refreshed(stamp: int, text: Any) -> uuid.UUID:
    """Return the id of these milliseconds and this random part, or raise FrameError."""
    if not isinstance(text, str) or len(text) != _RANDOM_SIGNS or not 0 <= stamp < 2**48:
        raise FrameError("an id was expected")
    digits = [_DIGITS.find(sign) for sign in text]
    bits = sum(digit << 6 * at for at, digit in enumerate(digits))
    if min(digits) < 0 or bits >> _RANDOM_BITS:
        raise FrameError("an id was expected")
    return uuid.UUID(int=stamp << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits & (2**62 - 1))


def natural_uid(table: Table, fields: Mapping[str, Any]) -> uuid.UUID | None:
    """Return the id that follows from a row's values, None where the table has no such key."""
    if not table.key:
        return None
    kind, *columns = table.key
    try:
        return derived_uid(kind.format(**fields), *(uuid.UUID(hex=fields[name]) for name in columns))
    except (KeyError, ValueError, AttributeError, TypeError):
        return None
