"""What the columns of a register mean, from the titles people write over them.

`titles.csv` lists, for each meaning, the titles seen in registers and in the
exports of Ideascube: folded, punctuation as spaces.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.language import fold
from kiosk.members.importer.shelf import shipped

_BY_TITLE = {title: row["key"] for row in shipped("titles.csv") for title in row["titles"].split("|")}
_LONG_TITLES = sorted((title for title in _BY_TITLE if len(title) > 7), key=len, reverse=True)
NAMES = frozenset({"family_first", "family_last", "family_name", "given_name", "usual_name", "latin_name"})
_ENOUGH = NAMES | {"card", "former_card"}
_SIGNS = re.compile(r"[^a-z0-9_]+")
_BRACKETS = re.compile(r"\(.*?\)")
_LEVEL = re.compile(r"([a-z]{2,3})_level")
_FIRST_ROWS = 25
_MOST_TITLE = 90


@dataclass(frozen=True)
class Column:
    """One column: where it is, what it means ('' when nothing we keep), its title."""

    at: int
    key: str
    title: str


def key_of(title: Any) -> str:
    """Return what a title means, '' for one we do not know."""
    if not isinstance(title, str) or len(title) > _MOST_TITLE:
        return ""
    for text in (title, _BRACKETS.sub("", title)):
        plain = " ".join(_SIGNS.sub(" ", fold(text)).split())
        if key := _BY_TITLE.get(plain):
            return key
    if spoken := _LEVEL.fullmatch(plain):
        return f"speaks:{spoken[1]}"
    began = (known for known in _LONG_TITLES if plain.startswith(f"{known} "))
    return _BY_TITLE.get(next(began, ""), "")


def score(cells: Sequence[Any]) -> int:
    """Return how many different meanings a row shows, as a row of titles; 0 when it is none."""
    keys = {key_of(cell) for cell in cells} - {""}
    return len(keys) if keys & _ENOUGH and len(keys) > 1 else 0


def find(rows: Sequence[tuple[int, Sequence[Any]]]) -> tuple[int, list[Column]] | None:
    """Return the index of the row of titles and its columns; None where there is none."""
    first = rows[:_FIRST_ROWS]
    best = max(range(len(first)), key=lambda index: (score(first[index][1]), -index), default=None)
    if best is None or not score(first[best][1]):
        return None
    return best, [
        Column(at, key_of(title), str(title).strip())
        for at, title in enumerate(first[best][1])
        if title not in (None, "")
    ]
