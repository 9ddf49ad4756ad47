"""Who is told about where: rows that name somebody by her id, and texts in which her name stands.

An id is certain, and an erasure follows it by itself. A name is not: another may bear it.
Such texts are shown to whoever erases, and she says which of them are about this person.
"""

import re
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from kiosk.language import Message, fold
from kiosk.storage import telling
from kiosk.storage.base import Synced, synced_models
from kiosk.sync import erasures
from kiosk.sync.emptying import Fields
from kiosk.sync.rows import Place

_WORD = re.compile(r"\w+")
_NATIONAL, _LONG = 8, 160


@dataclass(frozen=True)
class Mention:
    """A text that may be about somebody: its row, what such a row is, what it is called, the text."""

    tab: str
    uid: uuid.UUID
    kind: Message | str
    title: str
    text: str

    @property
    def key(self) -> str:
        """What a form says of it."""
        return f"{self.tab}:{self.uid.hex}"


def reached(connection: Connection, start: Place) -> Fields:
    """Return every field that tells about a row: its own, and those of rows that name it, however far.

    A follow-up names her, its meetings name the follow-up, and a word of one that gave
    way to another's names the meeting.
    """
    found: Fields = {}
    waiting = {start}
    while waiting:
        place = waiting.pop()
        found[place] = synced_models()[place[0]].__erases__
        waiting |= _naming_rows(connection, place) - found.keys()
    return found


def _naming_rows(connection: Connection, place: Place) -> set[Place]:
    found: set[Place] = set()
    for tab, model in synced_models().items():
        table: Any = model.__table__
        for name in _naming(model, place[0]) if model.__erases__ and tab != place[0] else ():
            uids = connection.scalars(select(table.c.uid).where(table.c[name] == place[1]))
            found |= {(tab, uid) for uid in uids}
    return found


def _naming(model: type[Synced], tab: str) -> list[str]:
    """Return the columns that hold the uid of such a row: by a key, or (a difference) by table and uid."""
    columns: Any = model.__table__.columns
    keyed = [c.name for c in columns if any(key.column.table.name == tab for key in c.foreign_keys)]
    return keyed + [name for name in (f"{tab}_uid", "row_uid") if name in columns and name not in keyed]


def mentions(connection: Connection, start: Place, named: bool = True) -> list[Mention]:
    """Return the texts of her space in which her name or her phone stands, and that no id leads to.

    Without `named` the rows are called without a person's name.
    """
    row = telling.rows(connection, [start]).get(start)
    if row is None:
        return []
    words, digits = _words(row), _digits(row.get("phone"))
    known = reached(connection, start)
    found = [
        one
        for model in synced_models().values()
        if _may_name(model, start[0])
        for one in _told(connection, model, row, known)
        if _is_named(one[1], words, digits)
    ]
    titles = telling.titles(connection, [place for place, _ in found], named)
    return [_mention(place, titles.get(place, ""), text) for place, text in found]


def _words(row: Mapping[str, Any]) -> set[str]:
    """Return her names, folded; one name alone is half the country's."""
    named = [row.get(name) or "" for name in ("given_name", "family_name")]
    return set(_WORD.findall(fold(" ".join(named)))) if all(named) else set()


def _digits(text: str | None) -> str:
    found = "".join(sign for sign in text or "" if sign.isdigit())[-_NATIONAL:]
    return found if len(found) == _NATIONAL else ""


def _may_name(model: type[Synced], tab: str) -> bool:
    """Leave out other people's own cards, and what only copies them."""
    columns: Any = model.__table__.columns
    own = model.__tablename__ == tab or "name_fold" in columns or "row_uid" in columns
    return bool(model.__erases__) and "space_uid" in columns and not own


def _told(
    connection: Connection, model: type[Synced], person: Mapping[str, Any], known: Collection[Place]
) -> Iterator[tuple[Place, str]]:
    """Yield the texts of her space that no id leads to, and that are not said of another member."""
    table: Any = model.__table__
    names = sorted(name for name in model.__erases__ if table.c[name].type.python_type is str)
    mine = table.c.space_uid == person["space_uid"]
    others = [table.c.member_uid.is_(None)] if "member_uid" in table.c else []
    for row in connection.execute(
        select(table.c.uid, *(table.c[name] for name in names)).where(mine, *others)
    ):
        place = model.__tablename__, row.uid
        if place not in known:
            yield place, " · ".join(text for text in row[1:] if text)


def _is_named(text: str, words: set[str], digits: str) -> bool:
    if digits and digits in "".join(sign for sign in text if sign.isdigit()):
        return True
    return bool(words) and words <= set(_WORD.findall(fold(text)))


def _mention(place: Place, title: str, text: str) -> Mention:
    tab, uid = place
    short = text if len(text) <= _LONG else f"{text[:_LONG].rsplit(' ', 1)[0]}…"
    return Mention(tab, uid, telling.kind(tab) or tab, title, short)


def ask_too(connection: Connection, start: Place, keys: Collection[str]) -> int:
    """Ask for those of her mentions that were ticked (`Mention.key`); return how many."""
    wanted = [one for one in mentions(connection, start) if one.key in keys]
    for one in wanted:
        erasures.ask(one.tab, one.uid, hers=start[1])
    return len(wanted)
