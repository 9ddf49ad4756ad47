"""Tables of the links: what people said of two cards, and what this machine worked out by itself."""

import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import Base, Synced, Uid, enum_column, list_column, reference

CENTRE = "centre"
"""Scope of what never goes down to a kiosk."""


class LinkState(StrEnum):
    """What was said of two cards. PROPOSED is an open question again, after an answer was taken back."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class PersonLink(Synced):
    """One word about two cards; the word of the highest `turn` stands, entries are only added.

    `a` is the smaller uid of the two. `space_uid` is the space of both cards, None
    where they are of two spaces: such a word stays at the centre. `turn` is one more
    than the highest its author had seen for the pair, so that no clock decides. `by`
    is who said it, `why` codes of reasons or a sentence, `at` UTC milliseconds.
    """

    __tablename__ = "person_link"
    __erases__ = frozenset({"why"})

    a: Mapped[uuid.UUID] = reference("member.uid")
    b: Mapped[uuid.UUID] = reference("member.uid")
    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")
    state: Mapped[LinkState] = enum_column(LinkState)
    turn: Mapped[int]
    by: Mapped[uuid.UUID | None] = reference("staff.uid")
    why: Mapped[str] = mapped_column(default="")
    at: Mapped[int]

    @classmethod
    def scope(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> str:
        """Two cards of one space: that space; of two spaces: the centre alone."""
        space = row.get("space_uid")
        return f"space:{space.hex}" if space else CENTRE

    @classmethod
    def reserved(cls, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
        """Nobody changes a word once said: another word follows it."""
        return before is not None and dict(before) != dict(after)


class PersonSketch(Base):
    """How far this machine has looked at a card: its `ver`, and the rules it was read with."""

    __tablename__ = "person_sketch"

    member_uid: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True)
    ver: Mapped[int]
    rules: Mapped[str]


class PersonKey(Base):
    """A key under which cards that may be one person meet: two names and a year, a phone."""

    __tablename__ = "person_key"

    key: Mapped[str] = mapped_column(primary_key=True)
    member_uid: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True, index=True)


class Likeness(Base):
    """Two cards that may be one person, as this machine scores them; a suggestion, never sent.

    `score` goes from 0 to 100; `reasons` are codes of `scoring.Reason`; `across` says
    that the cards are of two spaces.
    """

    __tablename__ = "person_likeness"

    a: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True)
    b: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True, index=True)
    score: Mapped[int] = mapped_column(index=True)
    reasons: Mapped[list[str]] = list_column()
    across: Mapped[bool]
