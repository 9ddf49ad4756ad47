"""The closed lists of the register: code kept in the record, words shown.

A code is never removed (old records hold it); a word this version does not
know is shown as it is. The lists follow what spaces of the Kayes region fill in.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from kiosk.language import Message, fold, msg

LONGEST_KEY = 40
"""Signs of a domain's key: what other rooms' columns of words hold."""


class Sex(StrEnum):
    """What the person said; `UNSAID` is an answer of its own, never a man."""

    WOMAN = "F"
    MAN = "M"
    UNSAID = "unsaid"


class Purpose(StrEnum):
    """What a consent is given for; each is asked, dated and withdrawn apart."""

    REGISTER = "register"
    CONTACT = "contact"
    PHOTO = "photo"
    PUBLIC_NAME = "public_name"
    GUARDIAN = "guardian"
    CARD_PHOTO = "card_photo"


SEXES: Mapping[str, Message] = {
    Sex.WOMAN: msg("Femme"),
    Sex.MAN: msg("Homme"),
    Sex.UNSAID: msg("Non dit"),
}
PURPOSES: Mapping[str, Message] = {
    Purpose.REGISTER: msg("Garder ces réponses à l’espace"),
    Purpose.CONTACT: msg("Recevoir un appel ou un message"),
    Purpose.PHOTO: msg("Être pris en photo"),
    Purpose.PUBLIC_NAME: msg("Voir son nom publié"),
}
"""What is asked of everybody; `Purpose.GUARDIAN` is asked for minors, beside these."""
GUARDIAN: Mapping[str, Message] = {Purpose.GUARDIAN: msg("Accord de la personne responsable")}
CARD_PHOTO: Mapping[str, Message] = {Purpose.CARD_PHOTO: msg("Garder sa photo sur sa fiche")}
"""What is asked for a photo that the staff alone sees; « être pris en photo » is for everybody's eyes."""
EVERY_PURPOSE: Mapping[str, Message] = {**PURPOSES, **CARD_PHOTO, **GUARDIAN}
OCCUPATIONS: Mapping[str, Message] = {
    "pupil": msg("Élève"),
    "student": msg("Étudiante ou étudiant"),
    "apprentice": msg("Apprentie ou apprenti"),
    "teacher": msg("Enseignante ou enseignant"),
    "farmer": msg("Culture ou élevage"),
    "trader": msg("Commerce"),
    "craft": msg("Artisanat"),
    "official": msg("Fonction publique"),
    "employee": msg("Salariée ou salarié"),
    "home": msg("Au foyer"),
    "none": msg("Sans emploi"),
    "retired": msg("Retraite"),
    "returned": msg("De retour de migration"),
    "volunteer": msg("Bénévolat"),
    "other": msg("Autre métier"),
}
SCHOOLINGS: Mapping[str, Message] = {
    "none": msg("Pas allée ou pas allé à l’école"),
    "literacy": msg("Alphabétisation"),
    "koranic": msg("École coranique ou médersa"),
    "primary1": msg("Fondamental 1"),
    "primary2": msg("Fondamental 2"),
    "secondary": msg("Lycée"),
    "vocational": msg("Technique ou professionnel"),
    "higher": msg("Études supérieures"),
}
PROFESSIONS: Mapping[str, Message] = {
    "health": msg("Santé"),
    "media": msg("Médias"),
    "teaching": msg("Enseignement"),
    "farming": msg("Agriculture, élevage ou pêche"),
    "trade": msg("Commerce"),
    "craft": msg("Artisanat"),
    "administration": msg("Administration"),
    "law": msg("Justice ou droit"),
    "security": msg("Sécurité"),
    "ict": msg("Informatique ou télécommunications"),
    "culture": msg("Culture ou arts"),
    "ngo": msg("Association ou ONG"),
    "transport": msg("Transport"),
    "building": msg("Bâtiment"),
    "mining": msg("Mines ou orpaillage"),
    "other": msg("Autre domaine"),
}
DIGITAL_ROLES: Mapping[str, Message] = {
    "creator": msg("Crée des contenus"),
    "influencer": msg("Influence en ligne"),
    "consumer": msg("Consulte des contenus"),
}
MANDATES: Mapping[str, Message] = {
    "commune": msg("Conseil communal"),
    "mayor": msg("Mairie (maire ou adjoint)"),
    "cercle": msg("Conseil de cercle"),
    "region": msg("Conseil régional"),
    "parliament": msg("Assemblée nationale"),
    "village": msg("Chefferie ou conseil de village"),
    "other": msg("Autre mandat"),
}
HEARD: Mapping[str, Message] = {
    "radio": msg("La radio"),
    "talk": msg("Une connaissance"),
    "school": msg("L’école"),
    "association": msg("Une association"),
    "online": msg("Une campagne en ligne"),
    "poster": msg("Une affiche"),
    "passing": msg("En passant devant l’espace"),
    "other": msg("Autrement"),
}
LANGUAGES: Mapping[str, Message] = {
    "bm": msg("Bamanankan"),
    "snk": msg("Soninké"),
    "ff": msg("Peul"),
    "kao": msg("Khassonké"),
    "mey": msg("Hassanya"),
    "fr": msg("Français"),
    "ar": msg("Arabe"),
    "en": msg("Anglais"),
}
DOMAINS: Mapping[str, Message] = {
    "office": msg("Bureautique"),
    "internet": msg("Internet"),
    "citizenship": msg("Citoyenneté"),
    "governance": msg("Gouvernance"),
    "community": msg("Travail communautaire"),
    "marketing": msg("Marketing"),
    "fundraising": msg("Mobilisation de ressources"),
    "management": msg("Gestion"),
    "gender": msg("Genre"),
    "environment": msg("Environnement"),
    "health": msg("Santé"),
}
"""What courses, sessions and materials are about."""

LISTS: Mapping[str, Mapping[str, Message]] = {
    "sex": SEXES,
    "occupation": OCCUPATIONS,
    "schooling": SCHOOLINGS,
    "how_heard": HEARD,
    "languages": LANGUAGES,
    "profession": PROFESSIONS,
    "digital_roles": DIGITAL_ROLES,
    "elected_as": MANDATES,
    "domain": DOMAINS,
}
SEVERAL = frozenset({"languages", "digital_roles"})
"""Lists of which one person gives several answers."""


def slug(label: str) -> str:
    """Return the key that a domain's name gives, the same on every machine: small letters and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-")[:LONGEST_KEY]


def word(words: Mapping[str, Message], code: str | None) -> str:
    """Return the word of a code; an unknown code shows itself, no code shows nothing."""
    if code is None:
        return ""
    return str(words.get(code, code))
