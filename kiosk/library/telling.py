"""How the library tells its sheets: by their title."""

from collections.abc import Mapping
from typing import Any

from kiosk.language import msg
from kiosk.storage.telling import Telling, tell

_MATERIAL = {
    "title": msg("Titre"),
    "summary": msg("Résumé"),
    "body": msg("Texte"),
    "collection": msg("Collection"),
    "shelf": msg("Étagère"),
    "author": msg("Auteur"),
    "credit": msg("Source"),
}


def _title(row: Mapping[str, Any], named: bool) -> str:
    return str(row["title"])


tell("material", Telling(_MATERIAL, title=_title))
