"""Asking that a person be forgotten, and thinking better of it until the centre has ordered.

What is asked about a text because of somebody (`hers`) is a request of its own, beside
any other about the same text: whoever takes hers back takes back nobody else's.
"""

import uuid

from sqlalchemy import select

from kiosk.language import msg
from kiosk.storage import NotFound, Refusal, actor, clock, derived_uid, session, synced_models
from kiosk.sync.models import Erasure


def uid_of(tab: str, row_uid: uuid.UUID, hers: uuid.UUID | None = None) -> uuid.UUID:
    """Return the id of a row's erasure, asked because of the row `hers` or by itself: twice is once."""
    return derived_uid(f"erasure-{tab}", row_uid, *([hers] if hers else ()))


def of(tab: str, row_uid: uuid.UUID) -> Erasure | None:
    """Return the erasure asked by itself, or ordered, for a row; None where nobody asked."""
    found = session().get(Erasure, uid_of(tab, row_uid))
    return found if found and found.deleted_at is None else None


def is_settled(tab: str, row_uid: uuid.UUID) -> bool:
    """Tell whether nothing is left to ask: it was asked by itself, or ordered because of somebody."""
    ordered = (Erasure.tab == tab, Erasure.row_uid == row_uid, Erasure.ordered_at.is_not(None))
    by_itself = of(tab, row_uid) is not None
    return by_itself or session().scalar(select(Erasure.uid).where(*ordered).limit(1)) is not None


def ask(tab: str, row_uid: uuid.UUID, hers: uuid.UUID | None = None) -> Erasure:
    """Ask the centre to erase a row of a space. Raises NotFound for a row that is not here."""
    row = session().get(synced_models()[tab], row_uid)
    if row is None:
        raise NotFound(msg("Cette personne n’est pas dans le registre."))
    uid = uid_of(tab, row_uid, hers)
    found = session().get(Erasure, uid)
    space = row.owner(row_uid, {"space_uid": getattr(row, "space_uid", None)})
    if found is None:
        found = Erasure(uid=uid, tab=tab, row_uid=row_uid, space_uid=space)
        session().add(found)
    if not found.ordered_at:
        found.space_uid = space or found.space_uid  # another space may have asked, whose row it is not
        found.asked_at, found.asked_by, found.deleted_at = clock.now_ms(), actor(), None
    session().flush()
    return found


def take_back(tab: str, row_uid: uuid.UUID) -> None:
    """Withdraw a request. Raises Refusal once the centre has ordered: nothing brings words back."""
    found = of(tab, row_uid)
    if found is None:
        raise NotFound(msg("Personne n’a demandé cet effacement."))
    if found.ordered_at:
        raise Refusal(msg("C’est déjà effacé. Rien ne peut revenir."))
    found.deleted_at = clock.stamp()
    session().flush()


def take_back_hers(hers: uuid.UUID) -> None:
    """Withdraw what was asked because of a row and is not ordered yet."""
    waiting = select(Erasure).where(Erasure.ordered_at.is_(None), Erasure.deleted_at.is_(None))
    for one in session().scalars(waiting).all():
        if one.uid == uid_of(one.tab, one.row_uid, hers):
            one.deleted_at = clock.stamp()
    session().flush()
