"""Places: communes (shipped data), spaces and their rooms (synced), and `here`.

A commune's p-code is plain text everywhere, without a foreign key: a record
coming from a newer release may name a commune this one does not know yet.
"""

import datetime
import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from kiosk.language import fold
from kiosk.storage import Base, SpaceOwned, Synced, enum_column, list_column, reference


class Certainty(StrEnum):
    """How sure a commune's parents are."""

    KNOWN = "known"
    TO_CONFIRM = "to_confirm"


class Commune(Base):
    """A commune as OCHA coded it in 2015 (see communes.csv); never edited on a machine.

    `name_fold` holds the name and its other spellings, folded.
    """

    __tablename__ = "commune"

    pcode: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_fold: Mapped[str] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(default="")


class CommuneParent(Base):
    """The cercle and region above a commune from `valid_from` to the day before `valid_to`.

    `cercle` None, or `state` TO_CONFIRM, is shown « à confirmer ».
    """

    __tablename__ = "commune_parent"
    __table_args__ = (Index("ix_commune_parent_dates", "valid_from", "valid_to"),)

    pcode: Mapped[str] = mapped_column(ForeignKey("commune.pcode"), primary_key=True)
    valid_from: Mapped[datetime.date] = mapped_column(primary_key=True)
    valid_to: Mapped[datetime.date | None]
    region: Mapped[str]
    cercle: Mapped[str | None]
    state: Mapped[Certainty] = enum_column(Certainty)


class SiteKind(StrEnum):
    """What a place is: a centre, a connected space, or a point that travels and has no machine."""

    CENTRE = "centre"
    SPACE = "space"
    MOBILE = "mobile"


class Space(Synced):
    """A connected space: a place people come to. Its uid is derived from its code.

    `hours`: {"1": ["08:00-12:00", "15:00-18:00"], …}, ISO weekday to opening spans;
    a weekday that is absent is closed. `exceptions`: [{"from": ISO date, "to": ISO
    date, "spans": [...], "why": text}, …]; the first that covers a day replaces its hours.
    `daily_minutes` at a computer are one person's fair share of a day, None for the usual hour.
    """

    __tablename__ = "space"
    __natural__ = ("space:{code}",)

    code: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    commune: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    contact: Mapped[str | None]
    power: Mapped[str | None]
    hours: Mapped[dict[str, list[str]] | None] = list_column()
    exceptions: Mapped[list[dict[str, Any]] | None] = list_column()
    active: Mapped[bool] = mapped_column(default=True)
    site: Mapped[SiteKind] = enum_column(SiteKind, default=SiteKind.SPACE)
    daily_minutes: Mapped[int | None]
    name_fold: Mapped[str | None] = mapped_column(info={"local": True})

    @property
    def travels(self) -> bool:
        """Tell whether it is a point that travels and has no machine."""
        return self.site == SiteKind.MOBILE

    @classmethod
    def derive(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        """Fold the name for search."""
        return {"name_fold": fold(row["name"] or "")}

    @classmethod
    def owner(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> uuid.UUID | None:
        """A space writes its own sheet."""
        return uid

    @classmethod
    def scope(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> str:
        """Everybody may know every space."""
        return "all"

    @validates("code")
    def _keep_code(self, _key: str, value: str) -> str:
        if self.code and value != self.code:
            raise ValueError("the code of a space is for life: numbers are printed with it")
        return value


class Room(SpaceOwned):
    """A room of a space: how many seats, how many computers."""

    __tablename__ = "room"

    name: Mapped[str]
    seats: Mapped[int] = mapped_column(default=0)
    computers: Mapped[int] = mapped_column(default=0)


class CommuneGroup(Synced):
    """Communes that act together (an intercommunality): `communes` holds their p-codes.

    `space_uid` None: made at the centre for everybody; else made by that space.
    """

    __tablename__ = "commune_group"

    name: Mapped[str]
    communes: Mapped[list[str] | None] = list_column()
    active: Mapped[bool] = mapped_column(default=True)
    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")


class Here(Base):
    """Which space this machine stands in: one row, written at set-up; none at the centre."""

    __tablename__ = "here"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_uid: Mapped[uuid.UUID] = reference("space.uid")
