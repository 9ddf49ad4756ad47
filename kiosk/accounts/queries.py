"""Reading the staff: who may sign in here, the team, names for other rooms."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select

from kiosk.accounts.models import Credential, KnownDevice, Role, SecretKind, Staff
from kiosk.language import Message, fold, msg, sort_key
from kiosk.places import queries as places
from kiosk.storage import session

ROLE_WORDS = {
    Role.MANAGER: msg("Responsable de l’espace"),
    Role.TRAINER: msg("Formateur, formatrice"),
    Role.AUTHOR: msg("Rédacteur, rédactrice"),
    Role.EDITOR: msg("Éditeur, éditrice"),
    Role.COORDINATOR: msg("Coordination"),
}


@dataclass(frozen=True)
class Colleague:
    """A person of the staff as lists show her; `kind` None: no secret on this machine."""

    uid: uuid.UUID
    name: str
    role: Role
    space_uid: uuid.UUID | None
    organisation_uid: uuid.UUID | None
    phone: str | None
    active: bool
    kind: SecretKind | None
    epoch: int
    must_change: bool

    @property
    def role_word(self) -> Message | str:
        """What the person does, in words; a role this release does not know as it came."""
        return ROLE_WORDS.get(self.role, str(self.role))


def colleague(uid: uuid.UUID) -> Colleague | None:
    """Return one person with the state of her secret here."""
    row = session().execute(_query().where(Staff.uid == uid)).first()
    return _colleague(*row) if row else None


def signers() -> list[Colleague]:
    """Return who signs in here by PIN, in the order of the alphabet."""
    return _listed(_query().where(Staff.active, Credential.kind == SecretKind.PIN))


def known_on(device: str) -> set[uuid.UUID]:
    """Return who has signed in on this browser before."""
    if not device:
        return set()
    return set(session().scalars(select(KnownDevice.staff_uid).where(KnownDevice.device == device)))


def has_passwords() -> bool:
    """Tell whether somebody signs in here by name and password."""
    query = select(Credential.staff_uid).where(Credential.kind == SecretKind.PASSWORD).limit(1)
    return session().scalar(query) is not None


def by_name(name: str) -> Colleague | None:
    """Return the active person of that name who has a secret here, in any spelling."""
    found = _listed(_query().where(Staff.active, Staff.name_fold == fold(name)))
    return next((one for one in found if one.kind is not None), None)


def team(space_uid: uuid.UUID | None) -> list[Colleague]:
    """Return the staff of a space (of the centre: None), the active ones first."""
    at = Staff.space_uid.is_(None) if space_uid is None else Staff.space_uid == space_uid
    return sorted(_listed(_query().where(at)), key=lambda one: not one.active)


def everyone() -> list[Colleague]:
    """Return every active person of every team that this machine knows (one statement)."""
    return _listed(_query().where(Staff.active))


def names(uids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Return the names of several people in one statement, those who left included."""
    wanted = {uid for uid in uids if uid}
    if not wanted:
        return {}
    rows = session().execute(select(Staff.uid, Staff.name).where(Staff.uid.in_(wanted)))
    return {row.uid: row.name for row in rows}


def trainers(space_uid: uuid.UUID) -> list[Colleague]:
    """Return who may lead a session in a space: its active trainers and manager."""
    jobs = (Role.TRAINER, Role.MANAGER)
    return _listed(_query().where(Staff.space_uid == space_uid, Staff.active, Staff.role.in_(jobs)))


def authors() -> list[Colleague]:
    """Return every active author, wherever she writes."""
    return _listed(_query().where(Staff.active, Staff.role == Role.AUTHOR))


def managers(space_uid: uuid.UUID | None) -> set[uuid.UUID]:
    """Return the active managers of a space (coordinators of the centre) who can sign in here."""
    job = Role.COORDINATOR if space_uid is None else Role.MANAGER
    found = team(space_uid)
    return {one.uid for one in found if one.active and one.role == job and one.kind is not None}


def heirs() -> list[Colleague]:
    """Return the managers of this space where none has a secret here: its machine was replaced."""
    here = places.here_uid()
    if here is None or managers(here):
        return []
    return [one for one in team(here) if one.active and one.role == Role.MANAGER]


def is_set_up() -> bool:
    """Tell whether this kiosk has its space and a manager who can sign in."""
    here = places.here_uid()
    return here is not None and bool(managers(here))


def _query() -> Select:
    return (
        select(Staff, Credential)
        .outerjoin(Credential, Credential.staff_uid == Staff.uid)
        .where(Staff.deleted_at.is_(None))
    )


def _listed(query: Select) -> list[Colleague]:
    found = [_colleague(*row) for row in session().execute(query)]
    return sorted(found, key=lambda one: sort_key(one.name))


def _colleague(staff: Staff, secret: Credential | None) -> Colleague:
    return Colleague(
        staff.uid,
        staff.name,
        staff.role,
        staff.space_uid,
        staff.organisation_uid,
        staff.phone,
        staff.active,
        secret.kind if secret else None,
        secret.epoch if secret else 0,
        secret.must_change if secret else False,
    )
