"""What the writers' form offers: collectives, NGOs, communes, as (value, label)."""

import uuid
from dataclasses import dataclass

from kiosk.partners import queries as partners
from kiosk.places import queries as places

Choice = tuple[str, str]


@dataclass(frozen=True)
class Choices:
    """The lists of one form; values are ids (hex) or p-codes."""

    collectives: list[Choice]
    ngos: list[Choice]
    communes: dict[str, list[Choice]]


def offered(own: uuid.UUID | None = None) -> Choices:
    """Return the lists, the communes of the space's own cercle first.

    `own` is the organisation the person writes for: an NGO's author signs for it.
    """
    collectives = [(one.uid.hex, one.name) for one in partners.collectives()]
    ngos = [(one.uid.hex, one.name) for one in partners.ngos()]
    here = places.here()
    signing = [choice for choice in ngos if own and choice[0] == own.hex]
    return Choices(collectives + signing, ngos, places.commune_choices(here.commune if here else None))


def default_commune() -> str:
    """Return the p-code of the commune where this machine stands, '' at the centre."""
    here = places.here()
    return (here.commune or "") if here else ""


def spaces() -> list[Choice]:
    """Return the spaces, for a writer who belongs to none."""
    return [(uid.hex, name) for uid, name in space_names().items()]


def space_names() -> dict[uuid.UUID, str]:
    """Return the names of the spaces by id, in the order of the alphabet."""
    return {one.uid: one.name for one in places.spaces()}
