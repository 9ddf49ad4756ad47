"""Files that rows refer to: what a model says of them, so that they may travel.

A row carries the hash of a content alone. A model that wants the content to
follow names the column in `__files__`; one that does not keeps it at home, as
photographs of members do.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

_HASH = re.compile(r"[0-9a-f]{64}\Z")


class Rank(IntEnum):
    """In which order files travel, after all changes; `BY_HAND` waits for a USB key."""

    THUMBNAIL = 1
    PICTURE = 2
    MATERIAL = 3
    BY_HAND = 9


@dataclass(frozen=True)
class Carried:
    """A content a row refers to: its SHA-256 in hex, its size in bytes, its type, its turn."""

    sha256: str
    size: int
    mime: str
    rank: Rank

    @property
    def is_picture(self) -> bool:
        """Tell whether a person would call it a photo."""
        return self.mime.startswith("image/")


def is_hash(text: object) -> bool:
    """Tell whether a text written by another machine can name a content."""
    return isinstance(text, str) and _HASH.match(text) is not None
