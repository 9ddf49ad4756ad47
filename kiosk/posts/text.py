"""What a text is made of: its fingerprint, its address, its safe rendering.

Pure functions over plain values; nothing here knows the database or the web.
"""

import hashlib
import json
import re
import uuid
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from kiosk.language import Html, fold, markdown

_SLUG_LENGTH = 60
_PICTURED = ("picture", "picture_words")
_WORD = re.compile(r"\w[\w’'-]*")


@dataclass(frozen=True)
class Text:
    """Everything a reader may read of a post, as typed. `language` is a code of the registry."""

    title: str = ""
    standfirst: str = ""
    body: str = ""
    language: str = "fr"
    author_name: str = ""
    collective_name: str = ""
    ngo_name: str = ""
    place: str = ""
    event_date: date | None = None
    picture: str = ""
    picture_words: str = ""

    @classmethod
    def of(cls, row: Any) -> "Text":
        """Read the text of a post or of a revision."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    def values(self) -> dict[str, Any]:
        """Return the columns to write, with line ends and trailing spaces made alike."""
        return {**asdict(self), "body": _lines(self.body), "standfirst": _lines(self.standfirst)}

    def typed(self) -> dict[str, Any]:
        """Return the columns that the form of the text writes: its picture has a page of its own."""
        return {name: value for name, value in self.values().items() if name not in _PICTURED}


def _lines(text: str) -> str:
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in whole.split("\n")).strip()


def fingerprint(text: Text) -> str:
    """Return the sha256 (hex) of a text: the name an approval gives to what was read."""
    row = {**text.values(), "event_date": text.event_date and text.event_date.isoformat()}
    if not text.picture:  # named as texts were before they had pictures
        row = {name: value for name, value in row.items() if name not in _PICTURED}
    packed = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def slug(title: str, uid: uuid.UUID) -> str:
    """Return the address of a post: plain words of its title, then six signs of its id.

    The tail is the random end of the id, so that two spaces never need to agree.
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    kept = words[:_SLUG_LENGTH].rsplit("-", 1)[0] if len(words) > _SLUG_LENGTH else words
    return "-".join(part for part in (kept, uid.hex[-6:]) if part)


def count_words(text: str) -> int:
    """Return how many words a text holds; marks of emphasis are not words."""
    return len(_WORD.findall(text))


def render(body: str) -> Html:
    """Return the body as HTML that is safe to show; a new line stays a new line, as in a letter."""
    return markdown.render(body, breaks=True)


def excerpt(body: str, signs: int = 160) -> str:
    """Return the beginning of a body as plain words, cut between two of them."""
    plain = markdown.plain(body)
    return plain if len(plain) <= signs else f"{plain[:signs].rsplit(' ', 1)[0]}…"
