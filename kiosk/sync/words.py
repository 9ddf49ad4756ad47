"""How the page « Envois » names what travels and what went wrong.

The only place of this room that knows tables by name; one it does not know is
called « Autres fiches », so that a new room needs nothing here.
"""

from dataclasses import dataclass

from kiosk.language import Message, formats, msg
from kiosk.storage import clock
from kiosk.sync.trouble import KINDS, Trouble


@dataclass(frozen=True)
class Named:
    """A kind of record as a person calls it, with its icon."""

    icon: str
    label: Message


_OTHERS = Named("folder", msg("Autres fiches"))
_NAMES = {
    "member": Named("people", msg("Membres")),
    "own_answer": Named("people", msg("Membres")),
    "member_group": Named("people", msg("Groupes et classes")),
    "group_membership": Named("people", msg("Groupes et classes")),
    "consent": Named("check", msg("Accords")),
    "attendance": Named("sheet", msg("Présences")),
    "headcount": Named("sheet", msg("Présences")),
    "certificate": Named("diploma", msg("Attestations")),
    "certificate_seal": Named("diploma", msg("Attestations")),
    "enrolment": Named("learn", msg("Inscriptions")),
    "seat_request": Named("learn", msg("Inscriptions")),
    "training_session": Named("calendar", msg("Formations")),
    "sitting": Named("calendar", msg("Séances")),
    "course": Named("learn", msg("Cours")),
    "follow_up": Named("people", msg("Accompagnement")),
    "follow_up_meeting": Named("people", msg("Accompagnement")),
    "visit": Named("enter", msg("Visites")),
    "till_line": Named("coin", msg("Caisse")),
    "booking": Named("calendar", msg("Réservations")),
    "post": Named("news", msg("Articles")),
    "post_revision": Named("news", msg("Articles")),
    "post_event": Named("news", msg("Articles")),
    "material": Named("play", msg("Supports")),
    "material_file": Named("play", msg("Supports")),
    "volunteer": Named("people", msg("Bénévoles")),
    "volunteer_time": Named("people", msg("Bénévoles")),
    "staff": Named("person", msg("Équipe")),
    "space": Named("pin", msg("Fiche de l’espace")),
    "room": Named("building", msg("Salles")),
    "organisation": Named("building", msg("Organisations")),
    "project": Named("target", msg("Projets")),
    "person_link": Named("people", msg("Doublons")),
    "difference": Named("check", msg("Vérifications")),
    "erasure": Named("cross", msg("Effacements")),
    "card_request": Named("person", msg("Cartes demandées")),
}
_REASONS = {
    "parent": msg("Le centre attend une fiche dont il dépend."),
    "schema": msg("Le centre doit d’abord être mis à jour."),
    "wire": msg("Le centre n’a pas pu lire cette fiche."),
    "size": msg("Fiche trop longue pour partir. Elle reste ici, raccourcissez-la."),
    "value": msg("Le centre n’a pas pu lire une valeur."),
    "scope": msg("Cette fiche appartient à un autre espace."),
}
_UNKNOWN_REASON = msg("Le centre l’examine.")
_HOLDS = {
    "night": msg("Les fichiers passent la nuit, de 22\u00a0h à 6\u00a0h."),
    "budget": msg("Assez d’Internet pour aujourd’hui. La suite demain."),
    "no_room": msg("Le disque est presque plein. Faites de la place."),
}
_DECLINED = {
    "too_big": msg("Le centre n’accepte pas un fichier si lourd."),
    "full": msg("Le disque du centre est plein. Le kiosque essaiera encore."),
    "damaged": msg("Le fichier est abîmé ici. Ajoutez-le encore une fois."),
}


def name_of(tab: str) -> Named:
    """Return how a person calls the records of a table."""
    return _NAMES.get(tab, _OTHERS)


def why(reason: str) -> Message:
    """Return why the centre holds a change back or refuses it."""
    return _REASONS.get(reason, _UNKNOWN_REASON)


def trouble(code: str | None) -> Message | None:
    """Return the sentence of what stopped the last try, None when nothing did."""
    return KINDS.get(code, Trouble).text if code else None


def is_cut(code: str | None) -> bool:
    """Tell whether the last try found no way to the centre: nothing is wrong, the network is away."""
    return code in ("no_link", "not_the_centre")


def off_since(last: int) -> Message:
    """Say since when no exchange went well, given the moment of the last one (ms)."""
    if clock.local(last).date() == clock.today():
        return msg("Hors ligne depuis %(time)s.", time=formats.clock_time(last))
    return msg("Hors ligne depuis le %(day)s.", day=formats.day_month(last))


def hold(reason: str | None) -> Message | None:
    """Return what stops all files for now, None when nothing does."""
    return _HOLDS.get(reason or "")


def declined(reason: str) -> Message:
    """Return why the centre does not take a file."""
    return _DECLINED.get(reason, _UNKNOWN_REASON)
