"""Making fields of one's own: at a kiosk for its space, at the centre for every space."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select

from kiosk.language import fold, msg
from kiosk.members.fields import lists, own
from kiosk.members.fields.lists import Saying
from kiosk.members.fields.models import FieldKind, OwnAnswer, OwnField
from kiosk.storage import NotFound, Refusal, clock, session

MOST = 30
"""So many fields at most are asked: a longer form is not answered."""


@dataclass(frozen=True)
class Definition:
    """A field as it is typed; `options` are the words of a choice, in order."""

    french: str
    kind: FieldKind
    bambara: str = ""
    required: bool = False
    sensitive: bool = False
    in_export: bool = False
    options: tuple[str, ...] = ()


def define(given: Definition, space_uid: uuid.UUID | None) -> OwnField:
    """Make a field; `space_uid` None: for every space. Raises Refusal where it cannot be asked."""
    said = _checked(given, None)
    if sum(one.space_uid in (None, space_uid) for one in own.asked()) >= MOST:
        raise Refusal(msg("Il y a déjà %(n)s questions. Écartez-en une d’abord.", n=MOST))
    if given.kind == FieldKind.CHOICE and not any(option.strip() for option in given.options):
        raise Refusal(msg("Écrivez les choix, un par ligne."), "options")
    made = OwnField(space_uid=space_uid, kind=given.kind, rank=clock.now_ms())
    _write(made, given, said)
    session().add(made)
    session().flush()
    _add_options(made, given)
    return made


def change(uid: uuid.UUID, given: Definition, space_uid: uuid.UUID | None) -> OwnField:
    """Say a field otherwise; its kind stays once somebody answered. Raises Refusal for another's field."""
    field = mine(uid, space_uid)
    said = _checked(given, uid)
    if given.kind != field.kind and used(uid):
        raise Refusal(msg("Des personnes ont déjà répondu. Gardez cette sorte."), "kind")
    field.kind = given.kind
    _write(field, given, said)
    session().flush()
    _add_options(field, given)
    return field


def put_aside(uid: uuid.UUID, space_uid: uuid.UUID | None, active: bool = False) -> OwnField:
    """Ask a field no more (or again, when `active`); its answers stay on the cards."""
    field = mine(uid, space_uid)
    field.active = active
    session().flush()
    return field


def mine(uid: uuid.UUID, space_uid: uuid.UUID | None) -> OwnField:
    """Return a field that this place made. Raises NotFound, or Refusal for another's."""
    found = session().get(OwnField, uid)
    if found is None or found.deleted_at is not None:
        raise NotFound(msg("Cette question n’est pas posée."))
    if found.space_uid != space_uid:
        raise Refusal(msg("Cette question est tenue ailleurs. Écrivez à la coordination."))
    return found


def used(uid: uuid.UUID) -> int:
    """Return how many people answered a field."""
    said = (OwnAnswer.field_uid == uid) & (OwnAnswer.value != "") & OwnAnswer.deleted_at.is_(None)
    return session().scalar(select(func.count()).select_from(OwnAnswer).where(said)) or 0


def _checked(given: Definition, but: uuid.UUID | None) -> Saying:
    said = Saying(given.french, given.bambara).checked()
    others = [one for one in own.every() if one.uid != but]
    if fold(said.french) in {fold(one.french) for one in others}:
        raise Refusal(msg("Cette question est déjà posée."), "french")
    return said


def _write(field: OwnField, given: Definition, said: Saying) -> None:
    field.label_fr, field.label_bm = said.french, said.bambara or None
    field.required, field.sensitive, field.in_export = given.required, given.sensitive, given.in_export
    if field.active is None:
        field.active = True


def _add_options(field: OwnField, given: Definition) -> None:
    """Add the words that are new; a word left out is put aside on the page of the list, never here."""
    if given.kind != FieldKind.CHOICE:
        return
    known = {fold(word) for _, word in own.one(field.uid).options}
    for option in given.options:
        if fold(option) and fold(option) not in known:
            lists.add(field.uid.hex, Saying(option), field.space_uid)
            known.add(fold(option))
