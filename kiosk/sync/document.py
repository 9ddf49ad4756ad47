"""Reading a JSON document that somebody else wrote: every value checked, or the whole refused."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from kiosk.sync.frame import FrameError

_MOST = 2**63


class Reader:
    """A JSON object whose fields are taken out by kind; raises FrameError on any surprise.

    Since version 2 a field that is absent is empty: 0, no text, false, nothing.
    """

    def __init__(self, document: Any) -> None:
        if not isinstance(document, dict):
            raise FrameError("not an object")
        self._fields = document
        self._may_lack = document.get("v") == 2

    def has(self, name: str) -> bool:
        """Tell whether the field is there and not null."""
        return self._fields.get(name) is not None

    def _get(self, name: str, empty: Any) -> Any:
        return self._fields.get(name, empty if self._may_lack else None)

    def whole(self, name: str) -> int:
        """Return a natural number below 2**63."""
        return natural(self._get(name, 0))

    def text(self, name: str, longest: int = 200) -> str:
        """Return a text of at most `longest` signs."""
        value = self._get(name, "")
        if not isinstance(value, str) or len(value) > longest or not value.isprintable():
            raise FrameError(f"{name}: a text was expected")
        return value

    def flag(self, name: str) -> bool:
        """Return a truth value."""
        value = self._get(name, False)
        if not isinstance(value, bool):
            raise FrameError(f"{name}: true or false was expected")
        return value

    def uid(self, name: str) -> uuid.UUID:
        """Return an id written in hex."""
        return identifier(self._fields.get(name))

    def link(self, name: str) -> bytes:
        """Return a 16-byte chain value written in hex."""
        return octets(self._fields.get(name))

    def items(self, name: str) -> list[Any]:
        """Return a list, its parts unchecked."""
        value = self._get(name, [])
        if not isinstance(value, list):
            raise FrameError(f"{name}: a list was expected")
        return value

    def pairs(self, name: str) -> list[tuple[int, str]]:
        """Return a list of (natural number, text)."""
        found = [parts(item, 2) for item in self.items(name)]
        if not all(isinstance(word, str) for _, word in found):
            raise FrameError(f"{name}: pairs were expected")
        return [(natural(number), word) for number, word in found]


def filled(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that say something: version 2 leaves the others out."""
    return {name: value for name, value in document.items() if value not in (0, "", None, [], False)}


def natural(value: Any) -> int:
    """Return a natural number below 2**63, or raise FrameError."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _MOST:
        raise FrameError("a natural number was expected")
    return value


def identifier(value: Any) -> uuid.UUID:
    """Return the id written as 32 hex digits, or raise FrameError."""
    return uuid.UUID(bytes=octets(value))


def octets(value: Any) -> bytes:
    """Return 16 bytes written as 32 hex digits, or raise FrameError."""
    try:
        found = bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError as error:
        raise FrameError("hex digits were expected") from error
    if len(found) != 16:
        raise FrameError("16 bytes were expected")
    return found


def parts(value: Any, count: int) -> Sequence[Any]:
    """Return a list of exactly `count` parts, or raise FrameError."""
    if not isinstance(value, list) or len(value) != count:
        raise FrameError(f"a list of {count} was expected")
    return value
