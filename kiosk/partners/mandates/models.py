"""The table of mandates."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from kiosk.storage import Synced, reference


class Mandate(Synced):
    """A person holds an office in an organisation; `sex` is F, M or unsaid.

    `role` as people say it: « présidente », « trésorier ». `ends_on` None: still in office.
    A mandate belongs to the space that wrote it (None: the centre, where it stays).
    """

    __tablename__ = "mandate"
    __erases__ = frozenset({"name", "role"})

    organisation_uid: Mapped[uuid.UUID] = reference("organisation.uid")
    name: Mapped[str]
    sex: Mapped[str]
    role: Mapped[str]
    starts_on: Mapped[datetime.date | None]
    ends_on: Mapped[datetime.date | None]
    space_uid: Mapped[uuid.UUID | None] = reference("space.uid")

    @classmethod
    def scope(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> str:
        """Its space and the centre; names the centre wrote stay there."""
        space = row.get("space_uid")
        return f"space:{space.hex}" if space else "centre"
