"""The words of the médiathèque: kinds, themes, parts, licences, with their labels and icons."""

from enum import StrEnum

from kiosk.language import Message, get, msg, published


class Kind(StrEnum):
    """What one does with a material: watch, hear, leaf through, look at, read."""

    VIDEO = "video"
    SOUND = "son"
    BOOK = "livre"
    IMAGE = "image"
    TEXT = "texte"


class Theme(StrEnum):
    """The shelf a material stands on."""

    INTERNET = "internet"
    COMPUTER = "ordinateur"
    WORK = "travail"
    PAPERS = "papiers"
    CITIZEN = "citoyen"
    HEALTH = "sante"
    LANGUAGES = "langues"
    OTHER = "autre"


class Part(StrEnum):
    """What a file is for its material."""

    MAIN = "main"
    LIGHT = "light"
    SOUND = "sound"
    TEXT = "text"
    POSTER = "poster"
    EXTRA = "extra"
    ORIGINAL = "original"


class Licence(StrEnum):
    """What one may do with a copy."""

    CC_BY = "cc-by"
    CC_BY_SA = "cc-by-sa"
    CC_BY_NC = "cc-by-nc"
    PUBLIC_DOMAIN = "public-domain"
    HERE_ONLY = "here-only"


KINDS: dict[str, Message] = {
    Kind.VIDEO: msg("Vidéo"),
    Kind.SOUND: msg("Son"),
    Kind.BOOK: msg("Livre"),
    Kind.IMAGE: msg("Image"),
    Kind.TEXT: msg("Texte"),
}
KIND_ICONS: dict[str, str] = {
    Kind.VIDEO: "video",
    Kind.SOUND: "listen",
    Kind.BOOK: "learn",
    Kind.IMAGE: "image",
    Kind.TEXT: "text",
}
KIND_TONES: dict[str, str] = {
    Kind.VIDEO: "deep",
    Kind.SOUND: "earth",
    Kind.BOOK: "sand",
    Kind.IMAGE: "",
    Kind.TEXT: "sand",
}
THEMES: dict[str, Message] = {
    Theme.INTERNET: msg("Téléphone et Internet"),
    Theme.COMPUTER: msg("Ordinateur"),
    Theme.WORK: msg("Travail"),
    Theme.PAPERS: msg("Papiers et démarches"),
    Theme.CITIZEN: msg("Vie citoyenne"),
    Theme.HEALTH: msg("Santé"),
    Theme.LANGUAGES: msg("Langues"),
    Theme.OTHER: msg("Autre"),
}
THEME_ICONS: dict[str, str] = {
    Theme.INTERNET: "phone",
    Theme.COMPUTER: "disk",
    Theme.WORK: "coin",
    Theme.PAPERS: "sheet",
    Theme.CITIZEN: "people",
    Theme.HEALTH: "check",
    Theme.LANGUAGES: "text",
    Theme.OTHER: "learn",
}
PARTS: dict[str, Message] = {
    Part.MAIN: msg("Le support lui-même"),
    Part.LIGHT: msg("Version légère"),
    Part.SOUND: msg("Le son seul"),
    Part.TEXT: msg("Le texte à lire"),
    Part.POSTER: msg("L’image de couverture"),
    Part.EXTRA: msg("Un fichier à emporter"),
    Part.ORIGINAL: msg("L’image d’origine"),
}
LICENCES: dict[str, Message] = {
    Licence.CC_BY: msg("CC BY 4.0\u00a0: copie permise"),
    Licence.CC_BY_SA: msg("CC BY-SA 4.0\u00a0: copie permise, même licence"),
    Licence.CC_BY_NC: msg("CC BY-NC 4.0\u00a0: copie permise, sans vente"),
    Licence.PUBLIC_DOMAIN: msg("Domaine public\u00a0: copie permise"),
    Licence.HERE_ONLY: msg("Usage dans l’espace seulement"),
}
OTHER_LANGUAGES: dict[str, Message] = {
    "snk": msg("Soninké"),
    "kao": msg("Khassonké"),
    "ff": msg("Peul"),
    "ar": msg("Arabe"),
    "zxx": msg("Sans paroles"),
}


def language_names() -> dict[str, Message | str]:
    """Every language a material may be in: the registry's own names, then the others."""
    named: dict[str, Message | str] = {one.code: one.name for one in published()}
    return named | {code: name for code, name in OTHER_LANGUAGES.items() if code not in named}


def language_name(code: str) -> Message | str:
    """What a material's language is called; the code itself when nobody knows it here."""
    known = get(code)
    return known.name if known else OTHER_LANGUAGES.get(code, code)
