"""Communes that act together: intercommunalities as the space or the centre knows them, never fixed.

`space_uid` says who writes: a space, or the centre (None). Each changes only its own.
"""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from kiosk.language import fold, msg, sort_key
from kiosk.places import queries
from kiosk.places.models import CommuneGroup
from kiosk.storage import NotFound, Refusal, session

NAMED = ("ACGK", "CPCD", "SYCOTEN", "Merenguemou")
"""Intercommunalities of the region by name; their communes are for somebody who knows to fill in."""


def groups(every: bool = False) -> list[CommuneGroup]:
    """Return the groups to filter by, in the order of the alphabet; with `every`, all that are noted.

    One without a commune filters nothing: its figures would be noughts nobody counted.
    """
    found = session().scalars(select(CommuneGroup).where(CommuneGroup.deleted_at.is_(None)))
    shown = (one for one in found if every or (one.active and one.communes))
    return sorted(shown, key=lambda one: sort_key(one.name))


def group(uid: uuid.UUID) -> CommuneGroup | None:
    """Return one group, None where there is none."""
    found = session().get(CommuneGroup, uid)
    return found if found is not None and found.deleted_at is None else None


def not_yet() -> list[str]:
    """Return the known names that nobody filled in."""
    known = {fold(one.name) for one in groups(every=True)}
    return [name for name in NAMED if fold(name) not in known]


def own(uid: uuid.UUID, space_uid: uuid.UUID | None) -> CommuneGroup:
    """Return a group that this space (the centre: None) may change, or refuse."""
    found = group(uid)
    if found is None:
        raise NotFound(msg("Ce groupe de communes n’existe pas ici."))
    if found.space_uid != space_uid:
        raise Refusal(msg("Ce groupe est tenu ailleurs. Écrivez à la coordination."))
    return found


def add(name: str, communes: Sequence[str], space_uid: uuid.UUID | None) -> CommuneGroup:
    """Note communes that act together; none yet is a group to fill in."""
    made = CommuneGroup(space_uid=space_uid, name="")
    session().add(_written(made, name, communes))
    session().flush()
    return made


def change(found: CommuneGroup, name: str, communes: Sequence[str], active: bool) -> None:
    """Correct a group; one that is not `active` is a filter no more."""
    _written(found, name, communes).active = active
    session().flush()


def _written(found: CommuneGroup, name: str, communes: Sequence[str]) -> CommuneGroup:
    if not fold(name):
        raise Refusal(msg("Le nom manque."), "name")
    if any(fold(one.name) == fold(name) and one is not found for one in groups(every=True)):
        raise Refusal(msg("Un groupe de communes porte déjà ce nom."), "name")
    if any(not queries.is_commune(pcode) for pcode in communes):
        raise Refusal(msg("Cette commune est inconnue. Choisissez dans la liste."), "communes")
    found.name, found.communes = name.strip(), sorted(set(communes))
    return found
