"""Writing the register: register, amend, agree, and open a name at the centre."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from sqlalchemy import Column, select

from kiosk.language import msg
from kiosk.members import cards, minors, phones, queries
from kiosk.members.models import Consent, Member, NameAccess, OwnAnswer, PersonLink
from kiosk.members.vocabulary import Purpose, Sex
from kiosk.places import queries as places
from kiosk.storage import Base, NotFound, Refusal, clock, derived_uid, session

OLDEST_YEAR = 1900
_BOUNDS = (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))
_LONG = 2000
_SHORT = 120
_PART = 500


class Fields(TypedDict, total=False):
    """What can be said of a member; a field that is absent is not touched."""

    former_card: str | None
    given_name: str
    family_name: str
    sex: Sex
    birth_year: int | None
    birth_year_about: bool
    phone: str | None
    village: str | None
    commune_pcode: str | None
    languages: list[str] | None
    occupation: str | None
    schooling: str | None
    organisation: str | None
    how_heard: str | None
    guardian: str | None
    notes: str | None
    registered_on: datetime.date
    guardian_phone: str | None
    profession: str | None
    digital_roles: list[str] | None
    elected_as: str | None
    civil_society: bool | None
    organisation_uid: uuid.UUID | None


BLANK: Fields = {
    "given_name": "",
    "family_name": "",
    "sex": Sex.UNSAID,
    "birth_year": None,
    "birth_year_about": False,
}


def register(space_uid: uuid.UUID, agreed: Iterable[Purpose] = (), **fields: Unpack[Fields]) -> Member:
    """Write a new member of a space, with a card number, and what she agreed to today.

    Raises Refusal, on its field, for a missing name or an impossible year.
    """
    space = places.space(space_uid)
    if space is None:
        raise Refusal(msg("Cette machine n’a pas encore d’espace."))
    values = checked({**BLANK, "registered_on": clock.today(), **fields})
    member = Member(space_uid=space_uid, card=cards.take(space.code)[0], **values)
    session().add(member)
    for purpose in agreed:
        say(member, purpose, True, member.registered_on)
    session().flush()
    return member


def amend(member_uid: uuid.UUID, **fields: Unpack[Fields]) -> Member:
    """Change only the given fields of a member. Raises Refusal as `register` does."""
    member = queries.one(member_uid)
    if member.is_erased:
        raise Refusal(msg("Cette personne a été effacée. Sa fiche ne se remplit plus."))
    if places.here_uid() not in (None, member.space_uid):
        raise Refusal(msg("Sa carte est d’un autre espace, qui tient sa fiche."))
    known = {name: getattr(member, name) for name in (*BLANK, "registered_on")}
    values = checked({**known, **fields})
    for name in {*fields, "birth_year_about"} | (values.keys() - known.keys()):
        if getattr(member, name) != values[name]:
            setattr(member, name, values[name])
    session().flush()
    return member


def checked(fields: Fields) -> dict[str, Any]:
    """Return the fields as they are kept: trimmed, phone in E.164, empty as None.

    Raises Refusal on the first field that makes no sense.
    """
    values: dict[str, Any] = {name: tidy(name, value) for name, value in fields.items()}
    if not (values["given_name"] or values["family_name"]):
        raise Refusal(msg("Le nom manque. Écrivez au moins un nom."), "given_name")
    _check_dates(values["birth_year"], values["registered_on"])
    if values["birth_year"] is None:
        values["birth_year_about"] = False
    if values.get("organisation_uid"):
        values["civil_society"] = True  # our partners are organisations of civil society, all of them
    return values


def tidy(name: str, value: Any) -> Any:
    """Return the value of a field as it is kept. Raises Refusal for one too long."""
    if name in ("sex", "birth_year", "birth_year_about", "registered_on"):
        return value
    if isinstance(value, str):
        value = _short_enough(name, value)
    if name in ("phone", "guardian_phone"):
        return phones.normalise(value) if value else None
    return value or ("" if name in ("given_name", "family_name") else None)


def _short_enough(name: str, text: str) -> str:
    limit = _LONG if name == "notes" else _SHORT
    tidy = text.strip() if name == "notes" else " ".join(text.split())
    if len(tidy) > limit:
        raise Refusal(msg("Trop long\u00a0: %(n)s caractères au plus.", n=limit), name)
    return tidy


def _check_dates(birth_year: int | None, registered_on: datetime.date | None) -> None:
    if registered_on is None or not _BOUNDS[0] <= registered_on <= _BOUNDS[1]:
        raise Refusal(msg("Cette date d’inscription n’est pas possible."), "registered_on")
    if birth_year is not None and not OLDEST_YEAR <= birth_year <= registered_on.year:
        years = {"first": OLDEST_YEAR, "last": registered_on.year}
        raise Refusal(msg("L’année est entre %(first)s et %(last)s.", **years), "birth_year")


def say(member: Member, purpose: Purpose, granted: bool, day: datetime.date) -> Consent:
    """Write down what a member answers about a purpose, on a day; it replaces what she said before."""
    if member.uid is None:
        session().flush()
    uid = derived_uid(f"consent-{purpose}", member.uid)
    found = session().get(Consent, uid)
    if found is None:
        found = Consent(uid=uid, space_uid=member.space_uid, member_uid=member.uid, purpose=purpose)
        session().add(found)
    found.granted, found.on_date, found.deleted_at = granted, day, None
    session().flush()
    return found


def unsay(member: Member, purpose: Purpose) -> None:
    """Take back an answer as if the question had not been asked."""
    found = session().get(Consent, derived_uid(f"consent-{purpose}", member.uid))
    if found is not None:
        found.deleted_at = clock.stamp()


def answer(member_uid: uuid.UUID, purpose: Purpose, granted: bool) -> Consent:
    """Write down an answer given today: an agreement, or its withdrawal.

    Raises Refusal where a minor would be shown to everybody, or on her card without her guardian's word.
    """
    member, today = queries.one(member_uid), clock.today()
    if granted and not minors.allowed(member, purpose, today):
        raise Refusal(msg("Elle a moins de 18 ans\u00a0: ni photo ni nom publiés."))
    if granted and purpose == Purpose.CARD_PHOTO and not queries.is_answered_for(member):
        raise Refusal(msg("Cette personne a moins de 18 ans. Notez d’abord l’accord de qui en répond."))
    return say(member, purpose, granted, today)


def take_out(member_uid: uuid.UUID) -> Member:
    """Take back a registration; `take_in` brings the person back.

    Raises Refusal when another room already names her: a training, a visit.
    """
    member = queries.one(member_uid)
    if serving([member_uid]):
        raise Refusal(msg("Cette personne a déjà suivi une activité. Elle reste dans le registre."))
    member.deleted_at = clock.stamp()
    session().flush()
    return member


def serving(uids: list[uuid.UUID]) -> set[uuid.UUID]:
    """Return those whom the records of other rooms name, whatever the room."""
    used: set[uuid.UUID] = set()
    for column in pointing_at_members():
        for start in range(0, len(uids), _PART):
            part = select(column).where(column.in_(uids[start : start + _PART]))
            used.update(session().scalars(part.distinct()))
    return used


def pointing_at_members() -> list[Column[Any]]:
    """Return the columns of other rooms' tables that name a member."""
    own = {model.__tablename__ for model in (Member, Consent, PersonLink, OwnAnswer)}
    return [
        column
        for table in Base.metadata.sorted_tables
        if table.name not in own
        for column in table.columns
        if any(key.column.table.name == Member.__tablename__ for key in column.foreign_keys)
    ]


def take_in(member_uid: uuid.UUID) -> Member:
    """Bring back a member who was taken out."""
    member = session().get(Member, member_uid)
    if member is None:
        raise NotFound(msg("Cette personne n’est pas dans le registre."))
    member.deleted_at = None
    session().flush()
    return member


def open_name(staff_uid: uuid.UUID, member_uid: uuid.UUID) -> None:
    """Leave a trace that someone opened a name. Raises NotFound for nobody."""
    member = queries.one(member_uid)
    session().add(NameAccess(staff_uid=staff_uid, member_uid=member.uid, opened_at=clock.now_ms()))
    session().flush()
