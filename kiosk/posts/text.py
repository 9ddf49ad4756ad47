"""What a text is made of: its fingerprint, its address, its safe rendering.

Pure functions over plain values; nothing here knows the database or the web.
"""

import hashlib
import json
import re
import uuid
from dataclasses import asdict, dataclass, fields
from datetime import date
from html import unescape
from typing import Any

import mistune
import nh3

from kiosk.language import Html, fold

_SLUG_LENGTH = 60
_LOWEST_HEADING = 4
_ALLOWED = {
    "p", "h2", "h3", "h4", "strong", "em", "del", "ul", "ol", "li", "blockquote", "a", "br", "hr",
    "code", "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_OPENING = re.compile(r"<h([1-6])>")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
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

    @classmethod
    def of(cls, row: Any) -> "Text":
        """Read the text of a post or of a revision."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    def values(self) -> dict[str, Any]:
        """Return the columns to write, with line ends and trailing spaces made alike."""
        return {**asdict(self), "body": _lines(self.body), "standfirst": _lines(self.standfirst)}


def _lines(text: str) -> str:
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in whole.split("\n")).strip()


def fingerprint(text: Text) -> str:
    """Return the sha256 (hex) of a text: the name an approval gives to what was read."""
    row = {**text.values(), "event_date": text.event_date and text.event_date.isoformat()}
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


class _Renderer(mistune.HTMLRenderer):
    """Pictures as their words, and only addresses that lead somewhere."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, url, title) if _ADDRESS.match(url) else text


_markdown = mistune.create_markdown(
    renderer=_Renderer(escape=True), hard_wrap=True, plugins=["strikethrough", "table", "url"]
)


def render(body: str) -> Html:
    """Return the body as HTML that is safe to show: an allow-list, no pictures, no scripts.

    Headings begin at h2, below the page's title, and skip no level.
    """
    clean = nh3.clean(
        _lowered(str(_markdown(body))),
        tags=_ALLOWED,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener noreferrer",
    )
    return Html(clean)


def excerpt(body: str, signs: int = 160) -> str:
    """Return the beginning of a body as plain words, cut between two of them."""
    plain = unescape(" ".join(nh3.clean(str(_markdown(body)), tags=set()).split()))
    return plain if len(plain) <= signs else f"{plain[:signs].rsplit(' ', 1)[0]}…"


def _lowered(html: str) -> str:
    ranks = {level: rank for rank, level in enumerate(sorted(set(_OPENING.findall(html))), 2)}
    last = 1

    def lower(found: re.Match[str]) -> str:
        nonlocal last
        if not found[1]:
            last = min(ranks[found[2]], last + 1, _LOWEST_HEADING)
        return f"<{found[1]}h{last}>"

    return _HEADING.sub(lower, html)
