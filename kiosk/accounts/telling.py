"""How the staff is told: by name, to each other."""

from collections.abc import Mapping
from typing import Any

from kiosk.language import msg
from kiosk.storage.telling import Telling, tell


def _name(row: Mapping[str, Any], named: bool) -> str:
    return str(row["name"])


def _job(row: Mapping[str, Any], named: bool) -> str:
    return str(row["title"])


tell("staff", Telling({"name": msg("Nom"), "phone": msg("Téléphone"), "role": msg("Rôle")}, title=_name))
tell("staff_posting", Telling({"starts_on": msg("Début"), "ends_on": msg("Fin")}))
tell(
    "job_sheet",
    Telling(
        {"title": msg("Poste"), "body": msg("Texte"), "novelty": msg("Ce qui change"), "day": msg("Date")},
        title=_job,
    ),
)
tell("job_holder", Telling({}))
