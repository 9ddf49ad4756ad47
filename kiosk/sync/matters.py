"""What merging and moving leave behind: differences to weigh, erasures, rows that left.

The first two travel as any row does, so that logs, snapshots, replays and
cursors carry them: a conflict needs no road of its own.
"""

import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage.base import Base, SpaceOwned
from kiosk.storage.types import Uid, enum_column, list_column


class Chosen(StrEnum):
    """Which of two values a person kept: the one that stood, or the one that had lost."""

    STANDING = "standing"
    LOSING = "losing"


class Difference(SpaceOwned):
    """The loser of a truly concurrent edit, for a person of the space to weigh.

    Made by the centre alone; its uid follows from the losing change and the field,
    so that a centre that hears everything again makes it once. `losing` and
    `replaced` are JSON, `replaced` what stood when she chose. `lost_*` and `kept_*`
    say who wrote each value and when (ms); nobody for `kept_by` is the centre.
    The settlement is a write of whoever settles, and so is the chosen value.
    """

    __tablename__ = "difference"
    __table_args__ = (Index("ix_difference_row", "tab", "row_uid"),)
    __erases__ = frozenset({"losing", "replaced"})

    tab: Mapped[str]
    row_uid: Mapped[uuid.UUID] = mapped_column(Uid)
    field: Mapped[str]
    losing: Mapped[str | None]
    lost_by: Mapped[uuid.UUID | None] = mapped_column(Uid)
    lost_at: Mapped[int]
    kept_by: Mapped[uuid.UUID | None] = mapped_column(Uid)
    kept_at: Mapped[int]
    settled_at: Mapped[int | None]
    settled_by: Mapped[uuid.UUID | None] = mapped_column(Uid)
    chosen: Mapped[Chosen | None] = enum_column(Chosen, nullable=True)
    replaced: Mapped[str | None]

    @classmethod
    def reserved(cls, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
        """A space settles what the centre found; it finds nothing itself."""
        settlement = {"settled_at", "settled_by", "chosen", "replaced"}
        return before is None or any(before[n] != value for n, value in after.items() if n not in settlement)


class Erasure(SpaceOwned):
    """A person's right to be forgotten: asked in the space or at the centre, ordered by the centre.

    `places` says what to empty, as [[table, row uid in hex, [field, …]], …], None until it
    is ordered. Whoever receives an ordered one empties these fields in rows, logs and
    search. Its uid follows from the row: asking twice asks once. Moments in ms.
    """

    __tablename__ = "erasure"

    tab: Mapped[str]
    row_uid: Mapped[uuid.UUID] = mapped_column(Uid, index=True)
    asked_at: Mapped[int]
    asked_by: Mapped[uuid.UUID | None] = mapped_column(Uid)
    ordered_at: Mapped[int | None]
    places: Mapped[list[Any] | None] = list_column()

    @classmethod
    def reserved(cls, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
        """A space asks, and may think better of it until the centre has ordered."""
        if before and before["ordered_at"]:
            return any(before[name] != value for name, value in after.items())
        return bool(after["ordered_at"] or after["places"])


class CardState(StrEnum):
    """How a card of another space stands here: asked of the centre, lent, unknown there, given back."""

    ASKED = "asked"
    GRANTED = "granted"
    UNKNOWN = "unknown"
    ENDED = "ended"


class CardRequest(SpaceOwned):
    """A visitor showed the card of another space: this space asks the centre for that one person.

    `sitting_uid` is where she came, None when she only passed by. The centre answers
    with `state` and `member_uid`, whose row it then sends here until it ends the loan.
    """

    __tablename__ = "card_request"
    __erases__ = frozenset({"card"})

    card: Mapped[str]
    asked_at: Mapped[int]
    asked_by: Mapped[uuid.UUID | None] = mapped_column(Uid)
    sitting_uid: Mapped[uuid.UUID | None] = mapped_column(Uid)
    member_uid: Mapped[uuid.UUID | None] = mapped_column(Uid)
    state: Mapped[CardState] = enum_column(CardState)

    @classmethod
    def reserved(cls, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
        """A space asks; the answer is the centre's."""
        was = before or {"state": CardState.ASKED, "member_uid": None}
        return any(after[name] != was[name] for name in ("state", "member_uid"))


sync_left = Table(
    "sync_left",
    Base.metadata,
    Column("tab", String(60), primary_key=True),
    Column("row_uid", Uid, primary_key=True),
    Column("at", BigInteger, nullable=False),
)
"""Rows that left this kiosk's scopes and are still here: own changes wait, or own records name
them. Emptied of all that tells about a person, and taken away as soon as nothing holds them."""
