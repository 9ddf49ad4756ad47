"""Adding to what is known: an empty field is filled, a different one is told, nothing is overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.language import Message, fmt, fold, msg
from kiosk.members import phones, vocabulary
from kiosk.members.fields import own
from kiosk.members.importer.matching import Known, stands_for_number
from kiosk.members.vocabulary import Sex, word
from kiosk.partners import queries as partners


class _Labels(dict[str, Message | str]):
    """What fields are called; a field of one's own is asked of its definition."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or own.is_own(str(name))

    def __missing__(self, name: str) -> str:
        return own.label(name)


_COMMON: dict[str, Message | str] = {
    "given_name": msg("Prénom"),
    "family_name": msg("Nom de famille"),
    "sex": msg("Sexe"),
    "birth_year": msg("Année de naissance"),
    "phone": msg("Téléphone"),
    "village": msg("Village ou quartier"),
    "commune_pcode": msg("Commune"),
    "languages": msg("Langues"),
    "occupation": msg("Occupation"),
    "schooling": msg("École"),
    "organisation": msg("Organisation"),
    "how_heard": msg("A connu l’espace par"),
    "guardian": msg("Personne responsable"),
    "notes": msg("Remarques"),
    "former_card": msg("Numéro d’avant"),
    "registered_on": msg("Date d’inscription"),
    "guardian_phone": msg("Téléphone de la personne responsable"),
    "profession": msg("Domaine du métier"),
    "digital_roles": msg("Rôle en ligne"),
    "elected_as": msg("Mandat électif"),
    "civil_society": msg("Membre d’une organisation de la société civile"),
    "organisation_uid": msg("Organisation partenaire"),
    "consent:register": msg("Accord pour le registre"),
    "consent:contact": msg("Accord pour les appels"),
    "consent:photo": msg("Accord pour les photos"),
    "consent:public_name": msg("Accord pour le nom publié"),
    "consent:guardian": msg("Accord de la personne responsable"),
}
LABELS: Mapping[str, Message | str] = _Labels(_COMMON)
_NAMES = ("given_name", "family_name")


@dataclass(frozen=True)
class Difference:
    """A field where the file and the register disagree; the register's value stays."""

    field: str
    kept: Any
    said: Any


def merge(known: Known, said: Mapping[str, Any]) -> tuple[dict[str, Any], list[Difference]]:
    """Return what `said` adds to a person, and where it differs from her."""
    fills: dict[str, Any] = {}
    differs: list[Difference] = []
    for name, value in said.items():
        if name == "birth_year_about":
            continue
        kept = known.values.get(name)
        if _is_empty(known, name, kept):
            fills[name] = value
        elif not _same(name, kept, value):
            differs.append(Difference(name, kept, value))
    if "birth_year" in fills:
        fills["birth_year_about"] = bool(said.get("birth_year_about"))
    return fills, _without_order_of_names(known, said, differs)


def _is_empty(known: Known, name: str, kept: Any) -> bool:
    if name in _NAMES and stands_for_number(known):
        return True
    return kept in (None, "", [], Sex.UNSAID)


def _same(name: str, kept: Any, value: Any) -> bool:
    if name in vocabulary.SEVERAL:
        return set(value) <= set(kept)
    if name == "notes":
        return fold(value) in fold(kept)
    if name == "sex":
        return value in (kept, Sex.UNSAID)
    if name.startswith("consent:"):
        return bool(kept[0] == value[0])
    if isinstance(value, str):
        return fold(value) == fold(kept)
    return bool(kept == value)


def _without_order_of_names(
    known: Known, said: Mapping[str, Any], differs: list[Difference]
) -> list[Difference]:
    """One name cut in another place, or said in another order, is no difference."""
    mine = {word for name in _NAMES for word in fold(known.values.get(name) or "").split()}
    theirs = {word for name in _NAMES for word in fold(said.get(name) or "").split()}
    return differs if mine != theirs else [d for d in differs if d.field not in _NAMES]


def shown(name: str, value: Any, communes: Mapping[str, str]) -> str:
    """Return a value as the preview writes it; `communes` gives names by p-code."""
    if name in ("phone", "guardian_phone"):
        return phones.shown(value)
    if name == "commune_pcode":
        return communes.get(value, value)
    if own.is_own(name):
        return own.told_by(name, value)
    if name in vocabulary.SEVERAL:
        return ", ".join(word(vocabulary.LISTS[name], code) for code in value)
    if name == "organisation_uid":
        return partners.organisation_names([value]).get(value, "")
    if isinstance(value, bool):
        return str(msg("oui") if value else msg("non"))
    if name == "registered_on":
        return fmt.date_short(value)
    if name.startswith("consent:"):
        return str(msg("oui") if value[0] else msg("non"))
    return word(vocabulary.LISTS[name], value) if name in vocabulary.LISTS else str(value)
