"""The table of lessons done."""

import uuid

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import SpaceOwned, reference


class LessonDone(SpaceOwned):
    """Somebody of the staff finished a lesson; `done` False: she wants to see it again."""

    __tablename__ = "lesson_done"
    __natural__ = ("lesson.{lesson}", "staff_uid")

    staff_uid: Mapped[uuid.UUID] = reference("staff.uid")
    lesson: Mapped[str]
    done: Mapped[bool] = mapped_column(default=True)
