"""Tables of the short set. None of them ever leaves the machine."""

import datetime
import uuid
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import Base, Uid, enum_column


class Difficulty(StrEnum):
    """The four answers of the short set, from none to all; their order and words are not ours to change."""

    NONE = "none"
    SOME = "some"
    MUCH = "much"
    CANNOT = "cannot"


class Difficulties(Base):
    """What one person answered to the six questions, and on which day; None: not answered."""

    __tablename__ = "member_difficulties"

    member_uid: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True)
    seeing: Mapped[Difficulty | None] = enum_column(Difficulty)
    hearing: Mapped[Difficulty | None] = enum_column(Difficulty)
    walking: Mapped[Difficulty | None] = enum_column(Difficulty)
    remembering: Mapped[Difficulty | None] = enum_column(Difficulty)
    self_care: Mapped[Difficulty | None] = enum_column(Difficulty)
    communicating: Mapped[Difficulty | None] = enum_column(Difficulty)
    asked_on: Mapped[datetime.date]


class Asking(Base):
    """The questions are asked at this space, since that moment (ms); no row: they are not."""

    __tablename__ = "member_difficulties_asked"

    space_uid: Mapped[uuid.UUID] = mapped_column(Uid, primary_key=True)
    since: Mapped[int]
