"""The table of public accounts."""

import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import Synced, enum_column


class Network(StrEnum):
    """Where an account stands; OTHER is any place that has no word here."""

    SITE = "site"
    FACEBOOK = "facebook"
    X = "x"
    YOUTUBE = "youtube"
    INSTAGRAM = "instagram"
    WHATSAPP = "whatsapp"
    LINKEDIN = "linkedin"
    SNAPCHAT = "snapchat"
    OTHER = "other"


class PublicAccount(Synced):
    """One account of the federation, as readers see it: « @FecongMali » on Facebook.

    The centre writes it, every machine shows it. `handle` is the public name,
    `address` its web address (http or https), None where only the name is said.
    `rank` orders the list, from 1; `active` False: retired, kept for the history.
    """

    __tablename__ = "public_account"

    network: Mapped[Network] = enum_column(Network)
    handle: Mapped[str]
    address: Mapped[str | None]
    rank: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)

    @classmethod
    def owner(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> uuid.UUID | None:
        """Return None: only the centre may write it, and what a space sends is refused."""
        return None
