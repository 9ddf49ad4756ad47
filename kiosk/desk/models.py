"""A visit: somebody came in, on a day, at an hour, for one of the space's services."""

import datetime
import uuid
from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.desk.booking.models import Booking as Booking  # tables of this room too
from kiosk.desk.learning.models import LessonDone as LessonDone
from kiosk.desk.till.models import Tariff as Tariff
from kiosk.desk.till.models import TillLine as TillLine
from kiosk.language import Message, msg
from kiosk.storage import SpaceOwned, enum_column, reference


class Family(StrEnum):
    """What people come for: the four families of services of a connected space."""

    LEARN = "learn"
    SHARE = "share"
    COMMUNICATE = "communicate"
    GUIDE = "guide"


FAMILIES: Mapping[str, Message] = {
    Family.LEARN: msg("Apprendre"),
    Family.SHARE: msg("Partager"),
    Family.COMMUNICATE: msg("Communiquer"),
    Family.GUIDE: msg("S’orienter"),
}
FAMILY_ICONS: Mapping[str, str] = {
    Family.LEARN: "learn",
    Family.SHARE: "news",
    Family.COMMUNICATE: "phone",
    Family.GUIDE: "pin",
}
SEXES: Mapping[str, Message] = {"F": msg("Une femme"), "M": msg("Un homme"), "unsaid": msg("Non dit")}


class Visit(SpaceOwned):
    """One person came in once. `day` is the business date, `hour` 0 to 23 or None (typed later).

    `sex` is F, M or unsaid. Nothing says who it was unless a member showed a card.
    """

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_space_day", "space_uid", "day"),)

    day: Mapped[datetime.date]
    hour: Mapped[int | None]
    sex: Mapped[str]
    family: Mapped[Family] = enum_column(Family)
    member_uid: Mapped[uuid.UUID | None] = reference("member.uid", nullable=True)
    noted_at: Mapped[int] = mapped_column(info={"moment": True})
