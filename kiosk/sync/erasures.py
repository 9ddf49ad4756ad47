"""Asking that a person be forgotten, and thinking better of it until the centre has ordered."""

import uuid

from kiosk.language import msg
from kiosk.storage import NotFound, Refusal, actor, clock, derived_uid, session, synced_models
from kiosk.sync.models import Erasure


def uid_of(tab: str, row_uid: uuid.UUID) -> uuid.UUID:
    """Return the id of a row's erasure: asking twice is asking once."""
    return derived_uid(f"erasure-{tab}", row_uid)


def of(tab: str, row_uid: uuid.UUID) -> Erasure | None:
    """Return the erasure asked or ordered for a row, None where nobody asked."""
    found = session().get(Erasure, uid_of(tab, row_uid))
    return found if found and found.deleted_at is None else None


def ask(tab: str, row_uid: uuid.UUID) -> Erasure:
    """Ask the centre to erase a row of a space. Raises NotFound for a row that is not here."""
    row = session().get(synced_models()[tab], row_uid)
    if row is None:
        raise NotFound(msg("Cette personne n’est pas dans le registre."))
    found = session().get(Erasure, uid_of(tab, row_uid))
    space = row.owner(row_uid, {"space_uid": getattr(row, "space_uid", None)})
    if found is None:
        found = Erasure(uid=uid_of(tab, row_uid), tab=tab, row_uid=row_uid, space_uid=space)
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
