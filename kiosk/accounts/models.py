"""Staff (synced) and what never travels: credentials, known devices, wrong answers."""

import datetime
import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.accounts.jobs.models import JobHolder as JobHolder  # tables of this room too
from kiosk.accounts.jobs.models import JobSheet as JobSheet
from kiosk.language import fold
from kiosk.storage import Base, Synced, Uid, enum_column, reference


class Role(StrEnum):
    """What a person of the staff does; the rights follow (see `routes/rights.py`)."""

    MANAGER = "manager"
    TRAINER = "trainer"
    AUTHOR = "author"
    EDITOR = "editor"
    COORDINATOR = "coordinator"


class SecretKind(StrEnum):
    """A PIN for the staff of a space, a password at the centre."""

    PIN = "pin"
    PASSWORD = "password"  # noqa: S105 - the name of a kind


class Staff(Synced):
    """A person who works in a space, or at the centre when `space_uid` is None.

    `organisation_uid` is the collective or NGO an author writes for. Who works at
    the centre stays there: what she signs carries her name itself.
    """

    __tablename__ = "staff"
    __erases__ = frozenset({"name", "phone"})

    name: Mapped[str]
    role: Mapped[Role] = enum_column(Role)
    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")
    organisation_uid: Mapped[uuid.UUID | None] = reference("organisation.uid")
    phone: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    name_fold: Mapped[str | None] = mapped_column(index=True, info={"local": True})

    @classmethod
    def derive(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        """Fold the name for search and sign-in."""
        return {"name_fold": fold(row["name"] or "")}

    @classmethod
    def scope(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> str:
        """Its space; the staff of the centre never leaves it."""
        space = row.get("space_uid")
        return f"space:{space.hex}" if space else "centre"


class StaffPosting(Synced):
    """A person held a role in a space (at the centre: None) from a day to a day, both said by somebody.

    `ends_on` None: she still does. No clock ends one: whoever says the last day closes
    her access by the same act.
    """

    __tablename__ = "staff_posting"

    staff_uid: Mapped[uuid.UUID] = reference("staff.uid")
    role: Mapped[Role] = enum_column(Role)
    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")
    starts_on: Mapped[datetime.date]
    ends_on: Mapped[datetime.date | None]

    @classmethod
    def scope(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> str:
        """Its space; the staff of the centre never leaves it."""
        space = row.get("space_uid")
        return f"space:{space.hex}" if space else "centre"


class Credential(Base):
    """The secret of one person on this machine: a scrypt hash, never the secret.

    `epoch` rises with every change, which ends the sessions opened before.
    """

    __tablename__ = "credential"

    staff_uid: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True)
    kind: Mapped[SecretKind] = enum_column(SecretKind)
    hash: Mapped[str]
    epoch: Mapped[int] = mapped_column(default=1)
    must_change: Mapped[bool] = mapped_column(default=False)


class KnownDevice(Base):
    """A browser on which this person once signed in: its wrong answers count apart."""

    __tablename__ = "known_device"

    device: Mapped[str] = mapped_column(primary_key=True)
    staff_uid: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True)
    since: Mapped[int]


class Attempt(Base):
    """Wrong answers in a row from one device for one account.

    The wait is told by the machine's uptime, never by its date: `until` is the
    uptime (s) of power-up `boot` at which the next try is allowed. After another
    power-up the whole `delay` (s) runs again from the start of the machine.
    """

    __tablename__ = "attempt"

    device: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    delay: Mapped[int] = mapped_column(default=0)
    until: Mapped[int] = mapped_column(default=0)
    boot: Mapped[str] = mapped_column(default="")
