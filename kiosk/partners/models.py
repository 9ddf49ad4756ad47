"""Organisations of the federation and projects.

`space_uid` None: made at the centre for everybody; else made by that space.
"""

import datetime
import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.language import fold
from kiosk.partners.mandates.models import Mandate as Mandate  # a table of this room
from kiosk.partners.meetings.models import MeetingPartner as MeetingPartner  # tables of this room too
from kiosk.partners.meetings.models import PartnerMeeting as PartnerMeeting
from kiosk.storage import Synced, enum_column, list_column, reference


class Kind(StrEnum):
    """The three levels of the tree, from the top."""

    FEDERATION = "federation"
    COLLECTIVE = "collective"
    NGO = "ngo"


class Organisation(Synced):
    """A federation, a collective under it, or an NGO under a collective.

    `place` is the town or region people say; `outside_bamako` follows from it.
    """

    __tablename__ = "organisation"

    kind: Mapped[Kind] = enum_column(Kind)
    name: Mapped[str]
    parent_uid: Mapped[uuid.UUID | None] = reference("organisation.uid")
    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")
    place: Mapped[str | None]
    commune: Mapped[str | None]
    phone: Mapped[str | None]
    outside_bamako: Mapped[bool] = mapped_column(default=False, info={"local": True})
    name_fold: Mapped[str | None] = mapped_column(info={"local": True})

    @classmethod
    def derive(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        """Fold the name; a place that is not Bamako is outside it, no place is unknown."""
        place = fold(row.get("place") or "")
        outside = bool(row.get("commune")) or (bool(place) and not place.startswith("bamako"))
        return {"name_fold": fold(row["name"] or ""), "outside_bamako": outside}


class Project(Synced):
    """A project that sessions, articles and figures may be tagged with; `code` is short.

    `first_ages`: the ages at which the bands of its report begin; None for the usual ones.
    `partners`: uids (hex) of the organisations that work on it, in no order.
    """

    __tablename__ = "project"

    code: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    donors: Mapped[list[str] | None] = list_column()
    first_ages: Mapped[list[int] | None] = list_column()
    partners: Mapped[list[str] | None] = list_column()
    starts_on: Mapped[datetime.date | None]
    ends_on: Mapped[datetime.date | None]
    active: Mapped[bool] = mapped_column(default=True)
    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")
    name_fold: Mapped[str | None] = mapped_column(info={"local": True})

    @classmethod
    def derive(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        """Fold the name for search."""
        return {"name_fold": fold(row["name"] or "")}
