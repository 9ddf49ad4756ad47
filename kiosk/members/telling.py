"""How the register tells its records: a person by her number, her answers by their words."""

from collections.abc import Mapping
from typing import Any

from kiosk.language import msg
from kiosk.members import phones, vocabulary
from kiosk.storage.telling import Telling, tell

_MEMBER = {
    "given_name": msg("Prénom"),
    "family_name": msg("Nom de famille"),
    "sex": msg("Sexe"),
    "birth_year": msg("Année de naissance"),
    "birth_year_about": msg("Année environ"),
    "commune_pcode": msg("Commune"),
    "how_heard": msg("A connu l’espace par"),
    "phone": msg("Téléphone"),
    "village": msg("Village ou quartier"),
    "languages": msg("Langues"),
    "occupation": msg("Occupation"),
    "schooling": msg("École"),
    "organisation": msg("Organisation"),
    "guardian": msg("Personne responsable"),
    "notes": msg("Remarques"),
    "former_card": msg("Numéro d’avant"),
    "registered_on": msg("Date d’inscription"),
}


def _words(field: str, value: Any) -> str:
    if field == "phone":
        return phones.shown(value) or ""
    if field == "languages":
        return ", ".join(vocabulary.word(vocabulary.LANGUAGES, code) for code in value or [])
    return vocabulary.word(vocabulary.LISTS[field], value) if field in vocabulary.LISTS else ""


def _title(row: Mapping[str, Any], named: bool) -> str:
    name = f"{row['given_name']} {row['family_name']}".strip()
    return f"{name} · {row['card']}" if named and name else str(row["card"])


def _agreed(field: str, value: Any) -> str:
    if field == "granted":
        return str(msg("Accepté") if value else msg("Refusé"))
    return ""


tell(
    "member",
    Telling(_MEMBER, _words, _title, frozenset({"given_name", "family_name", "sex", "birth_year", "phone"})),
)
tell("consent", Telling({"granted": msg("Accord")}, _agreed))
tell("volunteer", Telling({"skills": msg("Compétences"), "active": msg("Donne du temps")}))
tell("volunteer_time", Telling({"day": msg("Jour"), "task": msg("Tâche")}))
tell("outside_event", Telling({"title": msg("Événement"), "place": msg("Lieu")}))
tell("help_offer", Telling({"name": msg("Nom"), "phone": msg("Téléphone"), "words": msg("Message")}))
