"""Writing the staff: engaging people, their secrets, signing in, the first run."""

import os
import secrets
import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete

from kiosk.accounts import attempts, hashing, queries
from kiosk.accounts.models import Credential, KnownDevice, Role, SecretKind, Staff
from kiosk.language import fold, msg
from kiosk.places import queries as places
from kiosk.places import services as spaces
from kiosk.storage import NotFound, Refusal, session

SET_UP = "mise-en-route"
CODE_FILE = "code-mise-en-route.txt"
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
AT_A_SPACE = (Role.MANAGER, Role.TRAINER, Role.AUTHOR)
AT_THE_CENTRE = (Role.COORDINATOR, Role.EDITOR, Role.AUTHOR)


def create_staff(
    name: str,
    role: Role,
    space_uid: uuid.UUID | None = None,
    phone: str | None = None,
) -> Staff:
    """Engage a person: of a space, or of the centre when `space_uid` is None.

    Raises Refusal for no name, a name the team has already, or a role that does
    not exist there.
    """
    if role not in roles_at(space_uid):
        raise Refusal(msg("Ce rôle n’existe pas ici."), "role")
    _check_name(name, space_uid, None)
    made = Staff(name=name.strip(), role=role, space_uid=space_uid, phone=phone or None)
    session().add(made)
    session().flush()
    return made


def roles_at(space_uid: uuid.UUID | None) -> tuple[Role, ...]:
    """Return the roles of a space's team, or of the centre's."""
    return AT_THE_CENTRE if space_uid is None else AT_A_SPACE


def _check_name(name: str, space_uid: uuid.UUID | None, but: uuid.UUID | None) -> None:
    if not fold(name):
        raise Refusal(msg("Le nom manque."), "name")
    if any(fold(one.name) == fold(name) and one.uid != but for one in queries.team(space_uid)):
        raise Refusal(msg("Une personne de l’équipe porte déjà ce nom."), "name")


def change_staff(uid: uuid.UUID, name: str, role: Role, phone: str | None) -> Staff:
    """Correct a person's card. Raises Refusal for what `create_staff` refuses, or the last manager."""
    staff = _staff(uid)
    _check_name(name, staff.space_uid, uid)
    if role not in roles_at(staff.space_uid):
        raise Refusal(msg("Ce rôle n’existe pas ici."), "role")
    if role != staff.role:
        _keep_a_manager(staff, "role")
    staff.name, staff.role, staff.phone = name.strip(), role, phone or None
    session().flush()
    return staff


def attach(uid: uuid.UUID, organisation_uid: uuid.UUID | None) -> Staff:
    """Say for which collective or NGO an author writes; None for no one."""
    staff = _staff(uid)
    staff.organisation_uid = organisation_uid
    session().flush()
    return staff


def _staff(uid: uuid.UUID) -> Staff:
    found = session().get(Staff, uid)
    if found is None or found.deleted_at is not None:
        raise NotFound(msg("Cette personne n’est pas dans l’équipe."))
    return found


def _keep_a_manager(staff: Staff, field: str | None = None) -> None:
    if queries.managers(staff.space_uid) == {staff.uid}:
        raise Refusal(msg("Il faut garder au moins un responsable."), field)


def deactivate(uid: uuid.UUID) -> Staff:
    """Close a person's access; her open sessions end at once. Raises Refusal for the last manager."""
    staff = _staff(uid)
    _keep_a_manager(staff)
    staff.active = False
    session().flush()
    return staff


def reactivate(uid: uuid.UUID) -> Staff:
    """Open a person's access again, with the secret she had."""
    staff = _staff(uid)
    staff.active = True
    session().flush()
    return staff


def set_secret(uid: uuid.UUID, secret: str, kind: SecretKind, must_change: bool = False) -> None:
    """Give a person a new secret on this machine: open sessions end, waits are forgotten.

    Raises Refusal, on field `secret`, where it is too easy to guess.
    """
    staff = _staff(uid)
    hashing.check(secret, kind, staff.name)
    kept = session().get(Credential, uid)
    if kept is None:
        kept = Credential(staff_uid=uid, kind=kind, hash="", epoch=0)
        session().add(kept)
    kept.kind, kept.hash, kept.must_change = kind, hashing.hashed(secret), must_change
    kept.epoch += 1
    attempts.forget(attempts.account_of(uid))
    session().flush()


def kind_of(uid: uuid.UUID) -> SecretKind:
    """Return the kind of secret of a person here; a PIN for who has none in a space."""
    kept = session().get(Credential, uid)
    if kept is not None:
        return kept.kind
    return SecretKind.PASSWORD if _staff(uid).space_uid is None else SecretKind.PIN


def secret_matches(uid: uuid.UUID | None, secret: str) -> bool:
    """Tell whether `secret` is this person's; takes the same time for nobody."""
    kept = session().get(Credential, uid) if uid else None
    return hashing.matches(secret, kept.hash if kept else None)


def change_own_secret(uid: uuid.UUID, secret: str) -> None:
    """Set the secret a person chose herself (the old one was checked before)."""
    if secret_matches(uid, secret):
        raise Refusal(msg("C’est le même qu’avant. Choisissez-en un autre."), "secret")
    set_secret(uid, secret, kind_of(uid))


def unlock(uid: uuid.UUID) -> int:
    """Forget the waits of an account; return how many devices were counted."""
    return attempts.forget(attempts.account_of(_staff(uid).uid))


def forget_devices(uid: uuid.UUID) -> None:
    """Treat every device of a person as never seen, after a theft."""
    session().execute(delete(KnownDevice).where(KnownDevice.staff_uid == uid))


@dataclass(frozen=True)
class FirstRun:
    """What the set-up page keeps: the space and its manager."""

    code: str
    space: str
    commune: str | None
    manager: str
    secret: str


def set_up(first: FirstRun) -> Staff:
    """Make this machine the kiosk of a space, with its first manager.

    Raises Refusal where it is set up already, or an answer cannot be kept.
    """
    if queries.is_set_up():
        raise Refusal(msg("Cette machine est déjà prête."))
    hashing.check(first.secret, SecretKind.PIN)
    space = spaces.open_space(first.code, spaces.SpaceCard(first.space, first.commune))
    spaces.settle(space)
    manager = _manager_called(first.manager, space.uid) or create_staff(
        first.manager, Role.MANAGER, space.uid
    )
    set_secret(manager.uid, first.secret, SecretKind.PIN)
    return manager


def _manager_called(name: str, space_uid: uuid.UUID) -> Staff | None:
    """The manager of that name whom a replaced machine received from the centre."""
    for one in queries.team(space_uid):
        if one.role == Role.MANAGER and one.active and fold(one.name) == fold(name):
            return _staff(one.uid)
    return None


def set_up_code(folder: Path) -> str:
    """Return the code that the set-up page asks for, made once and kept 0600 in `folder`."""
    path = folder / CODE_FILE
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        code = "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(2))
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(code + "\n")
        return code


def is_set_up_code(folder: Path, typed: str) -> bool:
    """Tell whether `typed` is the code of the console, in any case, with or without its dash."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum())
    return secrets.compare_digest(plain.encode(), set_up_code(folder).replace("-", "").encode())


def forget_set_up_code(folder: Path) -> None:
    """End the code of the console: it has served."""
    (folder / CODE_FILE).unlink(missing_ok=True)


def here_or_refuse() -> uuid.UUID:
    """Return the space of this machine. Raises Refusal before set-up."""
    found = places.here_uid()
    if found is None:
        raise Refusal(msg("Cette machine n’a pas encore d’espace."))
    return found
