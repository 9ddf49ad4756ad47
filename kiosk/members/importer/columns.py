"""What the columns of a register mean, from the titles people write over them.

`titles.csv` lists, for each meaning, the titles seen in registers and in the
exports of Ideascube: folded, punctuation as spaces.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
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


def plain(title: Any) -> str:
    """Return a title folded, signs as spaces."""
    return " ".join(_SIGNS.sub(" ", fold(str(title))).split())


def key_of(title: Any) -> str:
    """Return what a title means, '' for one we do not know."""
    if not isinstance(title, str) or len(title) > _MOST_TITLE:
        return ""
    for text in (title, _BRACKETS.sub("", title)):
        folded = plain(text)
        if key := _BY_TITLE.get(folded):
            return key
    if spoken := _LEVEL.fullmatch(folded):
        return f"speaks:{spoken[1]}"
    began = (known for known in _LONG_TITLES if folded.startswith(f"{known} "))
    return _BY_TITLE.get(next(began, ""), "")


def score(cells: Sequence[Any]) -> int:
    """Return how many different meanings a row shows, as a row of titles; 0 when it is none."""
    keys = {key_of(cell) for cell in cells} - {""}
    return len(keys) if keys & _ENOUGH and len(keys) > 1 else 0


@dataclass(frozen=True)
class Said:
    """What somebody said that columns mean, one key a column; not `titled`, the row is somebody already."""

    meanings: Sequence[str]
    titled: bool = True


Row = tuple[int, Sequence[Any]]
NOTHING_SAID: Mapping[str, Said] = {}
NO_FIELD: Mapping[str, str] = {}


def print_of(cells: Sequence[Any]) -> str:
    """Return what tells a row of titles from any other: a hash of its folded words, in order."""
    titles = [fold(str(cell)) if cell is not None else "" for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    return hashlib.sha256(json.dumps(titles).encode()).hexdigest()[:24]


def find(
    rows: Sequence[Row], said: Mapping[str, Said] = NOTHING_SAID, own: Mapping[str, str] = NO_FIELD
) -> tuple[int, list[Column]] | None:
    """Return the index of the row of titles and its columns; None where there is none.

    What somebody `said` of these titles before goes first; `own` maps folded titles to
    the fields of one's own. The index is -1 where no
    row is above the people.
    """
    for index, (_, cells) in enumerate(rows[:_FIRST_ROWS] if said else ()):
        if known := said.get(print_of(cells)):
            return index - (not known.titled), _as_said(cells, known)
    at = titles_at(rows)
    if at is None or not score(rows[at][1]):
        return None
    return at, [
        Column(one, own.get(plain(title)) or key_of(title), str(title).strip())
        for one, title in _held(rows[at][1])
    ]


def titles_at(rows: Sequence[Row]) -> int | None:
    """Return the index of the row that is most like titles; None where no row has two cells."""
    first = rows[:_FIRST_ROWS]
    best = max(range(len(first)), key=lambda index: (score(first[index][1]), -index), default=None)
    if best is not None and score(first[best][1]):
        return best
    return next((index for index, (_, cells) in enumerate(first) if len(list(_held(cells))) > 1), None)


def _held(cells: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    return ((at, cell) for at, cell in enumerate(cells) if cell not in (None, ""))


def _as_said(cells: Sequence[Any], said: Said) -> list[Column]:
    meant = dict(enumerate(said.meanings))
    title = (lambda cell: str(cell).strip()) if said.titled else (lambda _: "")
    return [Column(at, meant.get(at, ""), title(cell)) for at, cell in enumerate(cells) if at in meant]


def are_enough(meanings: Sequence[str]) -> bool:
    """Tell whether these columns can make a register: somebody's name or number, and one thing more."""
    keys = {key for key in meanings if key}
    return bool(keys & _ENOUGH) and len(keys) > 1
