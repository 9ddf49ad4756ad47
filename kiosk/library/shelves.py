"""Shelves: those that come with the software, and those somebody named.

A shelf that is not ours has the key its name gives, which is also the key of a
domain of that name: sessions and materials about one thing are found by one word.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import func, select

from kiosk.language import Message, fold, sort_key
from kiosk.library.models import Material
from kiosk.library.vocabulary import THEMES, Theme
from kiosk.storage import session

Name = Message | str
Domains = Callable[[], Iterable[tuple[str, Name]]]
"""What other rooms call their domains: (key, name)."""

SAME: Mapping[str, Theme] = {
    "office": Theme.COMPUTER,
    "internet": Theme.INTERNET,
    "citizenship": Theme.CITIZEN,
    "health": Theme.HEALTH,
}
"""Domains of elsewhere that a shelf of ours holds already."""


def shelf_of(key: str) -> str:
    """Return the shelf that holds what is about a domain."""
    return SAME.get(key, key)


def named(public: bool = True) -> dict[str, str]:
    """Return the shelves that are not ours and hold something here, key to name, in the alphabet's order."""
    query = select(Material.theme, func.max(Material.shelf)).where(Material.deleted_at.is_(None))
    if public:
        query = query.where(Material.withdrawn.is_(False))
    rows = session().execute(query.where(Material.theme.not_in(list(THEMES))).group_by(Material.theme))
    found = {str(key): name or str(key) for key, name in rows}
    return dict(sorted(found.items(), key=lambda one: sort_key(one[1])))


def offered(domains: Iterable[tuple[str, Name]]) -> dict[str, Name]:
    """Return the shelves to choose from: ours, then domains and those somebody named, by name."""
    others = {**{key: name for key, name in domains if key not in SAME}, **named(public=False)}
    ordered = sorted(others.items(), key=lambda one: sort_key(str(one[1])))
    return {**THEMES, **{key: name for key, name in ordered if key not in THEMES}}


def place(typed: str, chosen: str, known: Mapping[str, Name]) -> tuple[str, str | None]:
    """Return the key of a shelf and, where it is not ours, its name in French.

    A name `typed` goes before the shelf `chosen`; the name of a shelf that is there is that shelf.
    """
    key = _key_of(typed, known) if fold(typed) else chosen
    name = known.get(key, typed.strip())
    return key, None if key in THEMES else french(name)


def _key_of(name: str, known: Mapping[str, Name]) -> str:
    there = {fold(french(label)): key for key, label in known.items()}
    return there.get(fold(name)) or re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40]


def french(name: Name) -> str:
    """Return a name as it is written down: in French, whatever the page speaks."""
    return name.msgid if isinstance(name, Message) else name
