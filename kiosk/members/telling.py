"""How the register tells its records: a person by her number, her answers by their words."""

from collections.abc import Mapping
from typing import Any

from kiosk.language import formats, msg
from kiosk.members import phones, vocabulary
from kiosk.members import showing as register
from kiosk.members.fields import words
from kiosk.members.groups.models import Belonging
from kiosk.members.volunteers.models import OfferState
from kiosk.members.volunteers.words import FAMILIES, SLOTS, said
from kiosk.partners import queries as partners
from kiosk.storage import showing
from kiosk.storage.telling import Telling, call, tell

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
    "guardian_phone": msg("Téléphone de la personne responsable"),
    "profession": msg("Domaine du métier"),
    "digital_roles": msg("Rôle en ligne"),
    "elected_as": msg("Mandat électif"),
    "civil_society": msg("Membre d’une organisation de la société civile"),
    "organisation_uid": msg("Organisation partenaire"),
}


def _words(field: str, value: Any) -> str:
    if field in ("phone", "guardian_phone"):
        return phones.shown(value) or ""
    if field == "organisation_uid":
        return partners.organisation_names([value]).get(value, "")
    if field in vocabulary.SEVERAL:
        return ", ".join(_listed(field, code) for code in value or [])
    return _listed(field, value) if field in vocabulary.LISTS else ""


def _listed(field: str, code: str | None) -> str:
    """Say a word of the software at once; for a word of a space's own the lists are read."""
    known = code is None or code in vocabulary.LISTS[field]
    return vocabulary.word(vocabulary.LISTS[field], code) if known else words.book().word(field, code)


def _title(row: Mapping[str, Any], named: bool) -> str:
    name = f"{row['given_name']} {row['family_name']}".strip()
    return f"{name} · {row['card']}" if named and name else str(row["card"])


def _agreed(field: str, value: Any) -> str:
    if field == "granted":
        return str(msg("Accepté") if value else msg("Refusé"))
    return ""


_OFFERS = {
    OfferState.WAITING: msg("En attente"),
    OfferState.ACCEPTED: msg("Acceptée"),
    OfferState.REFUSED: msg("Refusée"),
}
_BELONGING = {Belonging.IN: msg("Oui"), Belonging.OUT: msg("Non, plus maintenant")}
_VOLUNTEER = {
    "families": msg("Familles de compétences"),
    "languages": msg("Langues"),
    "slots": msg("Disponibilités"),
    "skills": msg("Compétences"),
    "active": msg("Donne du temps"),
}


def _offered(field: str, value: Any) -> str:
    if field == "languages":
        return _words(field, value)
    if field == "state":
        return str(_OFFERS.get(value, value))
    known = {"families": FAMILIES, "slots": SLOTS}.get(field)
    return ", ".join(said(known, value)) if known else ""


def _given(field: str, value: Any) -> str:
    return str(msg("%(n)s jour", n=formats.number(value / 100))) if field == "weight" and value else ""


def _belongs(field: str, value: Any) -> str:
    return str(_BELONGING.get(value, value)) if field == "state" else ""


tell(
    "member",
    Telling(_MEMBER, _words, _title, frozenset({"given_name", "family_name", "sex", "birth_year", "phone"})),
)
call("own_answer", msg("Réponse à une question de l’espace"))
call("own_field", msg("Question de l’espace"))
call("register_word", msg("Mot d’une liste"))
tell(
    "own_field",
    Telling(
        {"label_fr": msg("Question"), "label_bm": msg("En bambara")},
        title=lambda row, named: str(row["label_fr"]),
    ),
)
tell("own_answer", Telling({"value": msg("Réponse")}))
tell(
    "register_word",
    Telling(
        {"label_fr": msg("Mot"), "label_bm": msg("En bambara")}, title=lambda row, named: str(row["label_fr"])
    ),
)
tell("consent", Telling({"granted": msg("Accord")}, _agreed))
tell("volunteer", Telling(_VOLUNTEER, _offered))
call("volunteer", msg("Bénévolat"))
call("volunteer_time", msg("Temps donné"))
call("outside_event", msg("Événement ailleurs"))
call("help_offer", msg("Offre d’aide"))
call("group_membership", msg("Groupe"))
tell(
    "volunteer_time",
    Telling(
        {"day": msg("Jour"), "task": msg("Tâche")},
        _given,
        beside={"weight": msg("Durée"), "remote": msg("À distance")},
    ),
)
tell(
    "outside_event",
    Telling({"title": msg("Événement"), "place": msg("Lieu"), "organiser": msg("Organisateur")}),
)
tell(
    "help_offer",
    Telling(
        {"name": msg("Nom"), "phone": msg("Téléphone"), "words": msg("Message")},
        _offered,
        beside={"families": msg("Familles de compétences"), "state": msg("Réponse")},
    ),
)
call("member_group", msg("Groupe"))
tell(
    "member_group",
    Telling(
        {
            "name": msg("Nom du groupe"),
            "contact_name": msg("Contact"),
            "contact_phone": msg("Téléphone"),
        },
        title=lambda row, _: str(row["name"]),
    ),
)
showing.answered_by(register)
tell("group_membership", Telling({}, _belongs, beside={"state": msg("Dans le groupe")}))
