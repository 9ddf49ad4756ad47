"""What figures may know of people: no name, phone or card ever leaves here."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import select

from kiosk.language import msg
from kiosk.members.fields.words import Book
from kiosk.members.models import Member
from kiosk.storage import session

_IN_ONE_STATEMENT = 5000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as figures see her; "" and None where she did not say.

    `commune` is a p-code, `profession` and `roles` hold codes of the lists of the
    register, `mandate` what she was elected to; `civil_society`: she belongs to an
    organisation of it.
    """

    sex: str
    birth_year: int | None
    commune: str = ""
    profession: str = ""
    roles: Collection[str] = ()
    mandate: str = ""
    civil_society: bool = False


CIVIL = msg("Société civile")
NOBODY = Person("unsaid", None)
"""Somebody this machine never received: she counts, and all about her is unknown."""


def people(uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """Return persons by uid, those taken out of the register too (one statement for each 5,000)."""
    wanted = set(uids)
    one = Member
    told = (one.uid, one.sex, one.birth_year, one.commune_pcode, one.profession, one.digital_roles)
    query = select(*told, one.elected_as, one.civil_society)
    found = dict.fromkeys(wanted, NOBODY)
    for part in _parts(wanted):
        found.update(_person(row) for row in session().execute(query.where(one.uid.in_(part))))
    return found


def _person(row: Any) -> tuple[uuid.UUID, Person]:
    uid, sex, born, commune, trade, roles, mandate, civil = row
    said = (commune or "", trade or "", tuple(roles or ()), mandate or "", bool(civil))
    return uid, Person(sex, born, *said)


def _parts(uids: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    left = iter(uids)
    while part := list(islice(left, _IN_ONE_STATEMENT)):
        yield part


def category(person: Person, book: Book) -> str:
    """Return the one word that says on a sheet whom somebody comes for, "" where nothing is known."""
    if person.mandate:
        return book.word("elected_as", person.mandate)
    if person.civil_society:
        return str(CIVIL)
    return book.word("profession", person.profession) or book.join("digital_roles", list(person.roles)[:1])
