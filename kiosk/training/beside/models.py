"""Tables of who stands beside a session: trainers with their volunteer tick, partners and donors."""

import uuid
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import SpaceOwned, enum_column, reference


class Share(StrEnum):
    """What an organisation brings to a session: work beside the space, or money."""

    PARTNER = "partner"
    DONOR = "donor"


class SessionTrainer(SpaceOwned):
    """Somebody of the staff who holds a session; its uid follows from the two.

    `volunteer`: unpaid, her days count as volunteer time. `active` False: she was
    named by mistake or stepped back; the row stays, the log keeps its history.
    """

    __tablename__ = "session_trainer"
    __natural__ = ("trn", "session_uid", "staff_uid")

    session_uid: Mapped[uuid.UUID] = reference("training_session.uid")
    staff_uid: Mapped[uuid.UUID] = reference("staff.uid")
    volunteer: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)


class SessionPartner(SpaceOwned):
    """An organisation linked to a session, once for each share it has; `active` False: no longer."""

    __tablename__ = "session_partner"
    __natural__ = ("part-{share}", "session_uid", "organisation_uid")

    session_uid: Mapped[uuid.UUID] = reference("training_session.uid")
    organisation_uid: Mapped[uuid.UUID] = reference("organisation.uid")
    share: Mapped[Share] = enum_column(Share, default=Share.PARTNER)
    active: Mapped[bool] = mapped_column(default=True)
