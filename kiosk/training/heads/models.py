"""How many people without a name came to a sitting."""

import uuid

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import SpaceOwned, reference


class Headcount(SpaceOwned):
    """People counted without a name at a sitting: they make person-days, never distinct people.

    One row for each sex, age band and trade, in the register's words; `profession`
    is "" where nobody said the trade. `about` says that the count is an estimate,
    which every figure it enters then says too. The id of a row that has a trade
    follows from the trade as well.
    """

    __tablename__ = "headcount"
    __natural__ = ("head.{sex}.{band}", "sitting_uid")

    sitting_uid: Mapped[uuid.UUID] = reference("sitting.uid")
    sex: Mapped[str]
    band: Mapped[str]
    count: Mapped[int]
    profession: Mapped[str] = mapped_column(default="")
    about: Mapped[bool] = mapped_column(default=False)
