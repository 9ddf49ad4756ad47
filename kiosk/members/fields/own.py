"""Fields of one's own: what they are, what people answered, and writing both."""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kiosk.language import Message, current, fold, formats, msg
from kiosk.members.fields import words
from kiosk.members.fields.models import FieldKind, OwnAnswer, OwnField
from kiosk.members.fields.words import Book
from kiosk.members.models import Member
from kiosk.storage import NotFound, Refusal, derived_uid, session

KINDS: Mapping[str, Message] = {
    FieldKind.TEXT: msg("Un texte court"),
    FieldKind.NUMBER: msg("Un nombre"),
    FieldKind.CHOICE: msg("Un choix dans une liste"),
    FieldKind.YES_NO: msg("Oui ou non"),
    FieldKind.DAY: msg("Une date"),
}
YES, NO = "1", "0"
_PREFIX = "own_"
_LONGEST = 120
_MOST_DIGITS = 15
_AT_ONCE = 500


@dataclass(frozen=True)
class Question:
    """One field as it is asked: `key` names it on forms, `options` are (code, word) of a choice."""

    uid: uuid.UUID
    french: str
    bambara: str
    kind: str
    required: bool
    sensitive: bool
    in_export: bool
    active: bool
    space_uid: uuid.UUID | None
    options: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The name of the field on a form."""
        return f"{_PREFIX}{self.uid.hex}"

    @property
    def label(self) -> str:
        """What is asked, in the reader's language."""
        return self.bambara if self.bambara and current().code == "bm" else self.french


def every(book: Book | None = None) -> tuple[Question, ...]:
    """Return the fields known here, those put aside too, in the order they are asked."""
    said = book or words.book()
    query = select(OwnField).where(OwnField.deleted_at.is_(None))
    rows = session().scalars(query.order_by(OwnField.rank, OwnField.uid))
    return tuple(_question(row, said) for row in rows)


def asked(book: Book | None = None) -> tuple[Question, ...]:
    """Return the fields that are asked now."""
    return tuple(one for one in every(book) if one.active)


def _question(row: OwnField, book: Book) -> Question:
    options = tuple((code, str(word)) for code, word in book.offered(row.uid.hex))
    flags = (row.required, row.sensitive, row.in_export, row.active, row.space_uid)
    return Question(row.uid, row.label_fr, row.label_bm or "", str(row.kind), *flags, options)


def one(uid: uuid.UUID) -> Question:
    """Return a field. Raises NotFound."""
    found = next((field for field in every() if field.uid == uid), None)
    if found is None:
        raise NotFound(msg("Cette question n’est pas posée."))
    return found


def is_own(name: str) -> bool:
    """Tell whether a name of a form is that of a field of one's own."""
    return name.startswith(_PREFIX)


def answers_of(member_uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, str]]:
    """Return what people answered, by member, then by the field's `key`; no answer is absent."""
    wanted = list(set(member_uids))
    found: dict[uuid.UUID, dict[str, str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = OwnAnswer.member_uid.in_(wanted[start : start + _AT_ONCE])
        said = part & (OwnAnswer.value != "") & OwnAnswer.deleted_at.is_(None)
        query = select(OwnAnswer.member_uid, OwnAnswer.field_uid, OwnAnswer.value)
        for row in session().execute(query.where(said)):
            found.setdefault(row.member_uid, {})[f"{_PREFIX}{row.field_uid.hex}"] = row.value
    return found


def answers_to(fields: Iterable[Question]) -> dict[uuid.UUID, dict[str, str]]:
    """Return what everybody answered to these fields, by member, then by the field's `key`."""
    keys = {one.uid: one.key for one in fields}
    found: dict[uuid.UUID, dict[str, str]] = {}
    if not keys:
        return found
    said = OwnAnswer.field_uid.in_(keys) & (OwnAnswer.value != "") & OwnAnswer.deleted_at.is_(None)
    for row in session().execute(
        select(OwnAnswer.member_uid, OwnAnswer.field_uid, OwnAnswer.value).where(said)
    ):
        found.setdefault(row.member_uid, {})[keys[row.field_uid]] = row.value
    return found


def exportable(named: bool, sensitive: bool = False) -> list[Question]:
    """Return the fields whose answers may leave in a file; without names, no free text and no day."""
    fit = [one for one in every() if one.in_export and (sensitive or not one.sensitive)]
    coarse = (FieldKind.CHOICE, FieldKind.YES_NO, FieldKind.NUMBER)
    return fit if named else [one for one in fit if one.kind in coarse and not one.sensitive]


def label(key: str) -> str:
    """Return what the field of a key asks; the key itself where it is no more."""
    return next((one.label for one in every() if one.key == key), key)


def told_by(key: str, value: str) -> str:
    """Return an answer to the field of a key, as people read it."""
    return next((told(one, value) for one in every() if one.key == key), value)


def write(member: Member, answers: Mapping[str, str | None]) -> None:
    """Write answers given under the keys of fields; only those that differ from what is kept.

    Raises Refusal, on its field, for an answer that makes no sense.
    """
    fields = {field.key: field for field in every()} if answers else {}
    for key, value in answers.items():
        field = fields.get(key)
        if field is not None:
            _write(member, field.uid, checked(field, value or ""))
    session().flush()


def uid_of(key: str) -> uuid.UUID:
    """Return the id of the field of a key."""
    return uuid.UUID(hex=key.removeprefix(_PREFIX))


def unsay(member: Member, key: str, value: str) -> None:
    """Take an answer back, unless she said something else since."""
    found = session().get(OwnAnswer, derived_uid("own", uid_of(key), member.uid))
    if found is not None and found.value == value:
        found.value = ""


def _write(member: Member, field_uid: uuid.UUID, value: str) -> None:
    uid = derived_uid("own", field_uid, member.uid)
    found = session().get(OwnAnswer, uid)
    if found is None and value:
        owner = {"space_uid": member.space_uid, "member_uid": member.uid, "field_uid": field_uid}
        session().add(OwnAnswer(uid=uid, value=value, **owner))
    elif found is not None and found.value != value:
        found.value, found.deleted_at = value, None


def checked(field: Question, text: str) -> str:
    """Return an answer as it is kept, "" for none. Raises Refusal where it is not of the field's kind."""
    said = " ".join(text.split())
    if len(said) > _LONGEST:
        raise Refusal(msg("Trop long\u00a0: %(n)s caractères au plus.", n=_LONGEST), field.key)
    if not said:
        return ""
    if field.kind == FieldKind.NUMBER:
        return _number(field, said)
    if field.kind == FieldKind.DAY:
        return _day(field, said)
    if field.kind == FieldKind.CHOICE:
        codes = {fold(word): code for code, word in field.options}
        return said if said in codes.values() else codes.get(fold(said), said)
    if field.kind == FieldKind.YES_NO and said not in (YES, NO):
        raise Refusal(msg("Répondez par oui ou par non."), field.key)
    return said


def _number(field: Question, said: str) -> str:
    digits = said.replace(" ", "").replace("\u202f", "")
    if not digits.removeprefix("-").isdecimal() or len(digits) > _MOST_DIGITS:
        raise Refusal(msg("Écrivez un nombre entier. Exemple\u00a0: 12."), field.key)
    return str(int(digits))


def _day(field: Question, said: str) -> str:
    try:
        return formats.parse_date(said).isoformat()
    except ValueError as error:
        raise Refusal(msg("Cette date n’existe pas. Exemple\u00a0: 19/11/2026."), field.key) from error


def told(field: Question, value: str | None, book: Book | None = None) -> str:
    """Return an answer as people read it."""
    if not value:
        return ""
    if field.kind == FieldKind.YES_NO:
        return str(msg("oui") if value == YES else msg("non"))
    if field.kind == FieldKind.DAY:
        return _long(value)
    if field.kind == FieldKind.CHOICE:
        return (book or words.book()).word(field.uid.hex, value)
    return value


def _long(value: str) -> str:
    try:
        return formats.date_medium(datetime.date.fromisoformat(value))
    except ValueError:
        return value


def lines(member: Member, book: Book) -> list[tuple[str, str]]:
    """Return (question, answer) of a person; a field put aside still says what she answered."""
    said = answers_of([member.uid]).get(member.uid, {})
    known: Sequence[Any] = every(book) if said else ()
    return [(field.label, told(field, said[field.key], book)) for field in known if field.key in said]
