"""Tables of job descriptions: their versions, and who holds them."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import Synced, reference


class JobSheet(Synced):
    """One published version of a job description; what it says is never changed, a later one follows it.

    `first_uid` is the first version, by whose uid the description is known; None on
    that one. `number` counts from 1: two machines that publish at once both make the
    same number, and nothing is lost. `body` is Markdown, `novelty` what this version
    changes. `active` is said on the first version alone. `space_uid` None: written at
    the centre, for everybody.
    """

    __tablename__ = "job_sheet"

    first_uid: Mapped[uuid.UUID | None] = reference("job_sheet.uid")
    number: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    novelty: Mapped[str] = mapped_column(default="")
    day: Mapped[datetime.date]
    active: Mapped[bool] = mapped_column(default=True)
    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")


class JobHolder(Synced):
    """Somebody of the staff holds a post; `active` False: no longer, or named by mistake.

    `seen` is the number of the last version she said she read, 0 for none. The row
    belongs to her space (None: she works at the centre, where it stays).
    """

    __tablename__ = "job_holder"
    __natural__ = ("job", "sheet_uid", "staff_uid")

    sheet_uid: Mapped[uuid.UUID] = reference("job_sheet.uid")
    staff_uid: Mapped[uuid.UUID] = reference("staff.uid")
    active: Mapped[bool] = mapped_column(default=True)
    seen: Mapped[int] = mapped_column(default=0)
    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")

    @classmethod
    def scope(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> str:
        """Her space and the centre; who works at the centre never leaves it."""
        space = row.get("space_uid")
        return f"space:{space.hex}" if space else "centre"
