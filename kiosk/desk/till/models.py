"""Tables of the counter: what each service costs, and the cash book, which is only ever added to."""

import datetime
import uuid

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import SpaceOwned, reference


class Tariff(SpaceOwned):
    """What a service is called here and what a sheet of it costs (FCFA, None while nobody said).

    `key` is the same word everywhere. Services that come with the software have no
    row until a space says their price.
    """

    __tablename__ = "tariff"
    __natural__ = ("tariff.{key}", "space_uid")

    key: Mapped[str]
    label: Mapped[str]
    price: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)


class TillLine(SpaceOwned):
    """Sheets of a service on a day, at a price a sheet (FCFA; 0: given free). Never changed.

    A mistake is taken back by a line of as many sheets below nought, whose
    `reverses_uid` names it; its id follows from that one, so that it is made once.
    The amount is the sheets times the price, and is kept nowhere.
    """

    __tablename__ = "till_line"
    __table_args__ = (Index("ix_till_line_space_day", "space_uid", "day"),)

    day: Mapped[datetime.date]
    service: Mapped[str]
    sheets: Mapped[int]
    price: Mapped[int]
    reverses_uid: Mapped[uuid.UUID | None] = reference("till_line.uid")
    noted_at: Mapped[int] = mapped_column(info={"moment": True})
