"""What stands above the list of members: how many they are, the search, the filters."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from kiosk.language import Message, formats, msg, nmsg
from kiosk.members import queries
from kiosk.members.links import queries as links
from kiosk.members.routes.sieve import Sieve
from kiosk.members.routes.sight import Reader
from kiosk.web import kept
from kiosk.web.steady import steady

STEADY = "members/_steady.html"


@dataclass(frozen=True)
class Above:
    """What it is drawn from: who reads, what she looks for, whether anybody is found."""

    who: Reader
    words: str
    space_uid: uuid.UUID | None
    some: bool
    sieve: Sieve
    spaces: Sequence[Any]
    chosen: Any

    @property
    def once(self) -> bool:
        """Whether it is not worth keeping: a search, or the centre's list of some space."""
        return bool(self.words) or not self.who.sees_names

    def told(self) -> tuple[Any, ...]:
        """Return what the macro is told."""
        under = None if self.words else _under(self.space_uid)
        filters = self.sieve.panel() if (self.some or self.sieve.only) and not self.words else ""
        return under, self.who, self.some, self.words, self._choices(), self.chosen, filters

    def _choices(self) -> list[tuple[str, str, bool]]:
        here, spaces = self.chosen, self.spaces
        every = [(str(msg("Tous")), url_for("members.index"), here is None)]
        return every + [(one.name, url_for("members.index", espace=one.code), one is here) for one in spaces]


def draw(one: Above) -> Markup:
    """Draw it: once between two commits, where it says the same to all who may do the same."""
    if one.once:
        return kept.shown(kept.draw(STEADY, "above", *one.told()))
    return kept.part((one.who.edits, one.some, one.sieve.only), STEADY, "above", one.told)


def everybody(space_uid: uuid.UUID | None) -> int:
    """Return how many people with a name there are."""
    return steady(("members", space_uid), lambda: queries.count(space_uid, named=True))


def _under(space_uid: uuid.UUID | None) -> Message | None:
    """Say how many people there are, and how many cards where somebody has two."""
    cards = everybody(space_uid)
    doubles = steady(("doubles", space_uid), lambda: links.persons().doubles(space_uid))
    said = nmsg("%(n)s personne", "%(n)s personnes", cards - doubles)
    if not doubles:
        return said if cards else None
    return msg("%(cards)s cartes, %(people)s", cards=formats.number(cards), people=said)
