"""The words of every list, as this place says them: those of the software, renamed, put aside, added to.

A kiosk says its own words before the centre's; the centre says its own before any space's,
and shows what only a space says.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from kiosk.language import Message, current, fold, msg
from kiosk.members import vocabulary
from kiosk.members.fields.models import RegisterWord
from kiosk.places import queries as places
from kiosk.storage import session

LISTS: Mapping[str, Message] = {
    "profession": msg("Domaine du métier"),
    "occupation": msg("Occupation"),
    "schooling": msg("École"),
    "languages": msg("Langues parlées"),
    "digital_roles": msg("Rôle en ligne"),
    "elected_as": msg("Mandat électif"),
    "how_heard": msg("A connu l’espace par"),
}
"""The lists that a space may make its own, in the order they are shown."""
FOR_ALL: Mapping[str, Message] = {"domain": msg("Domaines des formations")}
"""Lists whose words for every space the centre says; a space makes them its own elsewhere."""


def lists(space_uid: uuid.UUID | None) -> Mapping[str, Message]:
    """Return the lists that are said here: the centre (None) says a few more than a space."""
    return LISTS if space_uid else {**LISTS, **FOR_ALL}


def for_all(name: str) -> Select[str, str, str | None, bool]:
    """Ask for the words of a list that the centre says to every space: code, label, Bambara, on offer."""
    said = select(RegisterWord.code, RegisterWord.label_fr, RegisterWord.label_bm, RegisterWord.active)
    mine = RegisterWord.list_name == name, RegisterWord.space_uid.is_(None)
    return said.where(*mine, RegisterWord.deleted_at.is_(None))


@dataclass(frozen=True)
class Word:
    """One word: what cards keep, what is shown in both languages, whether it is still on offer."""

    code: str
    french: Message | str
    bambara: str = ""
    active: bool = True

    @property
    def label(self) -> Message | str:
        """The word in the reader's language."""
        return self.bambara if self.bambara and current().code == "bm" else self.french


class Book:
    """Every word of every list, read once."""

    def __init__(self, added: Iterable[RegisterWord] = ()) -> None:
        self._lists: dict[str, dict[str, Word]] = {
            name: {code: Word(code, label) for code, label in words.items()}
            for name, words in vocabulary.LISTS.items()
        }
        for row in added:
            words = self._lists.setdefault(row.list_name, {})
            words[row.code] = Word(row.code, _label(row), row.label_bm or "", row.active)

    def words(self, name: str) -> list[Word]:
        """Return the words of a list, those put aside too."""
        return list(self._lists.get(name, {}).values())

    def offered(self, name: str, kept: Iterable[str | None] = ()) -> list[tuple[str, Message | str]]:
        """Return (code, word) to choose from; what a card keeps stays on offer, known or not."""
        known = self._lists.get(name, {})
        own = [code for code in kept if code]
        fit = [(word.code, word.label) for word in known.values() if word.active or word.code in own]
        return [*fit, *((code, code) for code in own if code not in known)]

    def word(self, name: str, code: str | None) -> str:
        """Return the word of a code; one that no list holds is shown as it is."""
        found = self._lists.get(name, {}).get(code or "")
        return str(found.label) if found else code or ""

    def join(self, name: str, codes: Iterable[str] | None) -> str:
        """Return the words of several codes in one line."""
        return ", ".join(self.word(name, code) for code in codes or ())

    def codes(self, name: str) -> dict[str, str]:
        """Return code by folded word, for reading what people wrote."""
        found: dict[str, str] = {}
        for word in self._lists.get(name, {}).values():
            french = word.french.msgid if isinstance(word.french, Message) else word.french
            found |= {fold(said): word.code for said in (french, word.bambara) if said}
        return found


def book(here: uuid.UUID | None = None) -> Book:
    """Read the words that count at a place (this machine's by default), in one statement."""
    return of(here or places.here_uid())


def of(space_uid: uuid.UUID | None) -> Book:
    """Read the words as a space says them; None: as the centre does (one statement)."""
    return Book(_rows(space_uid))


def _rows(here: uuid.UUID | None) -> list[RegisterWord]:
    """Return the words, those that count most last."""
    found = session().scalars(select(RegisterWord).where(RegisterWord.deleted_at.is_(None))).all()
    mine = here is not None
    return sorted(found, key=lambda row: ((row.space_uid is not None) == mine, row.rank, row.code))


def _label(row: Any) -> Message | str:
    """Return what a word is called: a word of the software put aside keeps its own label."""
    builtin = vocabulary.LISTS.get(row.list_name, {}).get(row.code)
    return builtin if builtin is not None and row.label_fr in ("", builtin.msgid) else row.label_fr
