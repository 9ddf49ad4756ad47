"""What a kiosk says of itself beside its changes: its clock, its disk, the numbers it has left.

Every part may be absent: an older kiosk says none of it, an older centre reads none.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.sync.document import Reader, identifier, natural, parts
from kiosk.sync.frame import FrameError

_FARTHEST, _MOST = 2**47, 2**31
_MOST_BOOTS, _LONGEST = 50, 64_000


@dataclass(frozen=True)
class About:
    """A machine as it is when it asks.

    `clock`: its now (ms), the number of its power-up, the quality of its clock.
    `boots`: (number, ms) of earlier stretches of this power-up, and how far their
    clock stood behind the one of now. `disk`: room left, in MB. `numbers`: how many
    leased numbers it has left and the last of them, where they run low. `report`: when
    its manager asked for its state to be sent (ms), and that state, packed.
    """

    clock: tuple[int, int, int] | None = None
    boots: tuple[tuple[int, int], ...] = ()
    disk: int | None = None
    numbers: tuple[int, int] | None = None
    report: tuple[int, str] | None = None

    def document(self) -> dict[str, Any]:
        """Return what travels: nothing for what is not known."""
        told: dict[str, Any] = {"clock": list(self.clock)} if self.clock else {}
        told |= {"boots": [list(one) for one in self.boots]} if self.boots else {}
        told |= {"disk": self.disk} if self.disk is not None else {}
        told |= {"report": list(self.report)} if self.report else {}
        return told | ({"numbers": list(self.numbers)} if self.numbers else {})


NOTHING = About()


def read_about(reader: Reader) -> About:
    """Return what a request says of its machine; raises FrameError."""
    boots = [parts(one, 2) for one in reader.items("boots")[:_MOST_BOOTS]] if reader.has("boots") else []
    return About(
        clock=_clock(parts(reader.items("clock"), 3)) if reader.has("clock") else None,
        boots=tuple((_below(_MOST, number), _whole(behind)) for number, behind in boots),
        disk=_below(_FARTHEST >> 10, reader.whole("disk")) if reader.has("disk") else None,
        numbers=read_pair(reader, "numbers"),
        report=_report(parts(reader.items("report"), 2)) if reader.has("report") else None,
    )


def _clock(said: Sequence[Any]) -> tuple[int, int, int]:
    moment, number, quality = said
    return _below(_FARTHEST, moment), _below(_MOST, number), _below(_MOST, quality)


def _report(said: Sequence[Any]) -> tuple[int, str]:
    made_at, text = said
    if not isinstance(text, str) or len(text) > _LONGEST or not text.isascii():
        raise FrameError("a packed state was expected")
    return _below(_FARTHEST, made_at), text


def read_pair(reader: Reader, name: str) -> tuple[int, int] | None:
    """Return two natural numbers, None where the field is absent; raises FrameError."""
    if not reader.has(name):
        return None
    first, second = parts(reader.items(name), 2)
    return natural(first), natural(second)


def read_places(reader: Reader, name: str) -> list[tuple[str, uuid.UUID]]:
    """Return rows named by table and id, none where the field is absent; raises FrameError."""
    if not reader.has(name):
        return []
    places = [parts(one, 2) for one in reader.items(name)]
    if not all(isinstance(tab, str) for tab, _ in places):
        raise FrameError("a row that left is named by table and id")
    return [(tab, identifier(uid)) for tab, uid in places]


def read_key(reader: Reader) -> tuple[str, str] | None:
    """Return a key's name and its masked secret, None where none is offered; raises FrameError."""
    if not reader.has("rekey"):
        return None
    name, masked = parts(reader.items("rekey"), 2)
    if not (isinstance(name, str) and isinstance(masked, str)):
        raise FrameError("a key is a name and a secret")
    return name, masked


def _below(limit: int, value: Any) -> int:
    found = natural(value)
    if found >= limit:
        raise FrameError("an impossible number")
    return found


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _FARTHEST:
        raise FrameError("a number of milliseconds was expected")
    return value
