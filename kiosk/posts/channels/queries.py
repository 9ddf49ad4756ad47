"""Reading the public accounts, in the order the centre gave them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from kiosk.language import Message
from kiosk.posts.channels.models import PublicAccount
from kiosk.posts.channels.words import word
from kiosk.storage import session


@dataclass(frozen=True)
class Followed:
    """An account as readers see it: where it stands, its public name, its address or ''."""

    where: Message
    handle: str
    address: str


def followed() -> list[Followed]:
    """Return what « Nos comptes » says on a page."""
    return [Followed(word(one.network), one.handle, one.address or "") for one in shown()]


def shown() -> Sequence[PublicAccount]:
    """Return the accounts readers may follow."""
    return session().scalars(_kept().where(PublicAccount.active)).all()


def every() -> Sequence[PublicAccount]:
    """Return all accounts, the retired ones last."""
    query = _kept().order_by(None).order_by(PublicAccount.active.desc(), *_ORDER)
    return session().scalars(query).all()


def find(uid: uuid.UUID) -> PublicAccount | None:
    """Return an account, retired or not."""
    found = session().get(PublicAccount, uid)
    return found if found and found.deleted_at is None else None


_ORDER = (PublicAccount.rank, PublicAccount.uid)


def _kept() -> Select[Any]:
    return select(PublicAccount).where(PublicAccount.deleted_at.is_(None)).order_by(*_ORDER)
