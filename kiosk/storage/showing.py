"""Who may be shown to everybody: rooms that publish pictures ask here, the room of people answers.

Neither knows the other by name. Where nobody answers, nobody may be shown.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.language import Message, msg
from kiosk.storage import spoken


@dataclass(frozen=True)
class Known:
    """A person as a writer names her: by her card, or by her name where the writer sees names."""

    uid: uuid.UUID
    card: str
    name: str


class Register(Protocol):
    """What the room of people answers."""

    def why_not(self, uids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Message]:
        """Return those whose picture may not be published, each with the reason and what to do."""

    def find(self, words: str, by_name: bool) -> Sequence[Known]:
        """Return the people a writer may mean: of a whole card number one, of a name a few."""

    def known(self, uids: Collection[uuid.UUID]) -> Sequence[Known]:
        """Return these people as they are named; one who is not here is left out."""


_registers: list[Register] = []


def _answering() -> Sequence[Register]:
    spoken.listen()
    return _registers


def answered_by(register: Register) -> None:
    """Let a room answer for people."""
    _registers[:] = [register]


def why_not(uids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Message]:
    """Return those whose picture may not be published, each with the reason and what to do."""
    if not _answering():
        return dict.fromkeys(uids, msg("Cette machine ne connaît pas cette personne."))
    return _registers[0].why_not(uids) if uids else {}


def find(words: str, by_name: bool) -> Sequence[Known]:
    """Return the people a writer may mean by a card number, or by a name where she sees names."""
    return _registers[0].find(words, by_name) if _answering() else []


def known(uids: Collection[uuid.UUID]) -> Sequence[Known]:
    """Return these people as they are named; one who is not here is left out."""
    return _registers[0].known(uids) if uids and _answering() else []
