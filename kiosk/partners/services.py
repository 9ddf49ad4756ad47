"""Writing partners: organisations in their tree, projects.

`space_uid` says who writes: a space, or the centre (None). Each changes only its own.
"""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from kiosk.language import Message, fold, msg
from kiosk.partners import queries
from kiosk.partners.models import Kind, Organisation, Project
from kiosk.places import queries as places
from kiosk.storage import NotFound, Refusal, clock, session

ABOVE = {Kind.FEDERATION: None, Kind.COLLECTIVE: Kind.FEDERATION, Kind.NGO: Kind.COLLECTIVE}


@dataclass(frozen=True)
class OrganisationCard:
    """What is known of an organisation, as typed."""

    kind: Kind
    name: str
    parent_uid: uuid.UUID | None = None
    place: str | None = None
    commune: str | None = None
    phone: str | None = None


def add_organisation(card: OrganisationCard, space_uid: uuid.UUID | None = None) -> Organisation:
    """Add an organisation to the tree. Raises Refusal for a name taken or a wrong parent."""
    _check(card, None)
    made = Organisation(space_uid=space_uid)
    _write(made, card)
    session().add(made)
    session().flush()
    return made


def change_organisation(
    uid: uuid.UUID, card: OrganisationCard, space_uid: uuid.UUID | None = None
) -> Organisation:
    """Correct an organisation. Raises Refusal where it is another's, or the card is wrong."""
    found = own_organisation(uid, space_uid)
    _check(card, uid)
    if card.kind != found.kind and any(one.parent_uid == uid for one in queries.organisations()):
        raise Refusal(msg("Des organisations en dépendent. Gardez sa sorte."), "kind")
    _write(found, card)
    session().flush()
    return found


def _write(target: Organisation, card: OrganisationCard) -> None:
    target.kind, target.name, target.parent_uid = card.kind, card.name.strip(), card.parent_uid
    target.place, target.commune = card.place or None, card.commune or None
    target.phone = card.phone or None


def _check(card: OrganisationCard, but: uuid.UUID | None) -> None:
    if not fold(card.name):
        raise Refusal(msg("Le nom manque."), "name")
    if card.commune and not places.is_commune(card.commune):
        raise Refusal(msg("Cette commune est inconnue. Choisissez dans la liste."), "commune")
    parent = queries.organisation(card.parent_uid) if card.parent_uid else None
    if card.parent_uid and (parent is None or parent.deleted_at or parent.kind != ABOVE[card.kind]):
        raise Refusal(_wrong_parent(card.kind), "parent")
    for other in queries.organisations():
        if other.uid != but and other.kind == card.kind and fold(other.name) == fold(card.name):
            raise Refusal(msg("Une organisation porte déjà ce nom."), "name")


def _wrong_parent(kind: Kind) -> Message:
    if kind == Kind.FEDERATION:
        return msg("Une fédération n’a rien au-dessus d’elle.")
    if kind == Kind.COLLECTIVE:
        return msg("Un collectif dépend d’une fédération.")
    return msg("Une ONG dépend d’un collectif.")


def own_organisation(uid: uuid.UUID, space_uid: uuid.UUID | None) -> Organisation:
    """Return an organisation that this space (the centre: None) may change, or refuse."""
    found = queries.organisation(uid)
    if found is None:
        raise NotFound(msg("Cette organisation n’existe pas ici."))
    if found.space_uid != space_uid:
        raise Refusal(msg("Cette fiche est tenue ailleurs. Écrivez à la coordination."))
    return found


def remove_organisation(uid: uuid.UUID, space_uid: uuid.UUID | None) -> Organisation:
    """Take an organisation off the tree. Raises Refusal while others depend on it."""
    found = own_organisation(uid, space_uid)
    if any(one.parent_uid == uid for one in queries.organisations()):
        raise Refusal(msg("Des organisations en dépendent. Déplacez-les d’abord."))
    found.deleted_at = clock.stamp()
    session().flush()
    return found


def restore_organisation(uid: uuid.UUID, space_uid: uuid.UUID | None) -> Organisation:
    """Put a removed organisation back."""
    found = own_organisation(uid, space_uid)
    found.deleted_at = None
    session().flush()
    return found


@dataclass(frozen=True)
class ProjectCard:
    """What is known of a project, as typed; `donors` in the order they are credited.

    `partners` are organisations of the directory that work on it.
    """

    code: str
    name: str
    donors: tuple[str, ...] = ()
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    active: bool = True
    first_ages: tuple[int, ...] = ()
    partners: Collection[uuid.UUID] = ()


def add_project(card: ProjectCard, space_uid: uuid.UUID | None = None) -> Project:
    """Add a project. Raises Refusal for a code taken or dates the wrong way round."""
    _check_project(card, None)
    made = Project(space_uid=space_uid)
    _write_project(made, card)
    session().add(made)
    session().flush()
    return made


def change_project(uid: uuid.UUID, card: ProjectCard, space_uid: uuid.UUID | None = None) -> Project:
    """Correct a project. Raises Refusal where it is another's, or the card is wrong."""
    found = queries.project(uid)
    if found is None:
        raise NotFound(msg("Ce projet n’existe pas ici."))
    if found.space_uid != space_uid:
        raise Refusal(msg("Ce projet est tenu ailleurs. Écrivez à la coordination."))
    _check_project(card, uid)
    _write_project(found, card)
    session().flush()
    return found


def _check_project(card: ProjectCard, but: uuid.UUID | None) -> None:
    if not fold(card.name):
        raise Refusal(msg("Le nom manque."), "name")
    if not card.code.strip():
        raise Refusal(msg("Le code manque. Exemple\u00a0: FECONG-1."), "code")
    if card.starts_on and card.ends_on and card.ends_on < card.starts_on:
        raise Refusal(msg("La fin est avant le début."), "ends_on")
    if any(low >= high for low, high in pairwise((0, *card.first_ages, 100))):
        raise Refusal(msg("Les âges vont en montant, de 1 à 99. Exemple\u00a0: 15, 20, 25."), "first_ages")
    if card.partners and set(card.partners) - queries.organisation_names(card.partners).keys():
        raise Refusal(msg("Cette organisation n’est pas dans l’annuaire."), "partners")
    for other in queries.projects():
        if other.uid != but and fold(other.code) == fold(card.code):
            raise Refusal(msg("Un projet porte déjà ce code."), "code")


def _write_project(target: Project, card: ProjectCard) -> None:
    target.code, target.name, target.active = card.code.strip().upper(), card.name.strip(), card.active
    target.donors = [donor.strip() for donor in card.donors if donor.strip()]
    target.first_ages = list(card.first_ages) or None
    target.partners = sorted(one.hex for one in set(card.partners)) or None
    target.starts_on, target.ends_on = card.starts_on, card.ends_on
