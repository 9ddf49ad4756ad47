"""How a space and its rooms are told."""

from collections.abc import Mapping
from typing import Any

from kiosk.language import msg
from kiosk.storage.telling import Telling, tell


def _name(row: Mapping[str, Any], named: bool) -> str:
    return str(row["name"])


_SPACE = {
    "name": msg("Nom"),
    "address": msg("Adresse"),
    "phone": msg("Téléphone"),
    "contact": msg("Contact"),
    "power": msg("Courant"),
}
tell("space", Telling(_SPACE, title=_name))
tell(
    "room",
    Telling({"name": msg("Nom"), "seats": msg("Places"), "computers": msg("Ordinateurs")}, title=_name),
)
tell("commune_group", Telling({"name": msg("Nom"), "communes": msg("Communes")}, title=_name))
