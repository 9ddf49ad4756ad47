"""Which people of the register are shown, counted, or written to a file: « jeunes élues » in one touch.

Youth is taken on a day, from the year of birth; an unknown year is nobody's youth.
"""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Text, and_, cast, or_, select

from kiosk.language import Message, formats, msg
from kiosk.members.ages import YOUTH
from kiosk.members.fields.words import Book
from kiosk.members.links import queries as links
from kiosk.members.models import Member
from kiosk.members.vocabulary import SEXES, Sex, word
from kiosk.storage import session

_ARGUMENTS = {
    "sex": "sexe",
    "youth": "jeunes",
    "elected": "elus",
    "civil": "osc",
    "profession": "domaine",
    "role": "role",
}


@dataclass(frozen=True)
class Filter:
    """What people must be; an empty part lets everybody through."""

    sex: str = ""
    youth: bool = False
    elected: bool = False
    civil: bool = False
    profession: str = ""
    role: str = ""

    def __bool__(self) -> bool:
        """Tell whether anybody is left out."""
        return self != Filter()

    def args(self) -> dict[str, str]:
        """Return the filter as an address carries it."""
        said = ((name, getattr(self, key)) for key, name in _ARGUMENTS.items())
        return {name: "1" if value is True else value for name, value in said if value}

    def narrow(self, found: Select[Any], day: datetime.date) -> Select[Any]:
        """Keep those members of a statement who are so on that day."""
        if self.sex:
            found = found.where(Member.sex == self.sex)
        if self.youth:
            first, last = day.year - YOUTH[1], day.year - YOUTH[0]
            found = found.where(Member.birth_year.between(first, last))
        if self.elected:
            found = found.where(and_(Member.elected_as.is_not(None), Member.elected_as != ""))
        if self.civil:
            found = found.where(Member.civil_society.is_(True))
        if self.profession:
            found = found.where(Member.profession == self.profession)
        if self.role:
            said = cast(Member.digital_roles, Text)
            found = found.where(said.contains(f'"{self.role}"', autoescape=True))
        return found


YOUNG_ELECTED = Filter(sex=Sex.WOMAN, youth=True, elected=True)
QUICK: Mapping[Filter, Message] = {
    Filter(): msg("Tout le monde"),
    YOUNG_ELECTED: msg("Jeunes élues"),
    Filter(elected=True): msg("Avec mandat"),
    Filter(civil=True): msg("Société civile"),
}
"""What is asked most, in one touch."""


def asked(args: Mapping[str, str], book: Book) -> Filter:
    """Return the filter an address carries; what no list holds lets everybody through."""
    said = {key: args.get(name, "")[:80] for key, name in _ARGUMENTS.items()}
    return Filter(
        sex=said["sex"] if said["sex"] in SEXES else "",
        youth=said["youth"] == "1",
        elected=said["elected"] == "1",
        civil=said["civil"] == "1",
        profession=_known(book, "profession", said["profession"]),
        role=_known(book, "digital_roles", said["role"]),
    )


def _known(book: Book, name: str, code: str) -> str:
    return code if code in {one.code for one in book.words(name)} else ""


def words(only: Filter, book: Book) -> str:
    """Say a filter in words."""
    if only in QUICK:
        return str(QUICK[only])
    parts = (
        word(SEXES, only.sex) if only.sex else "",
        msg("jeunes de %(first)s à %(last)s ans", first=YOUTH[0], last=YOUTH[1]) if only.youth else "",
        msg("avec un mandat") if only.elected else "",
        msg("société civile") if only.civil else "",
        book.word("profession", only.profession),
        book.word("digital_roles", only.role),
    )
    return formats.join([str(part) for part in parts if part])


def count(only: Filter, day: datetime.date, space_uid: uuid.UUID | None = None) -> int:
    """Return how many people with a name are so, as lists show them; one of two cards counts once."""
    named = or_(Member.given_name != "", Member.family_name != "")
    query = only.narrow(select(Member.uid).where(Member.deleted_at.is_(None), named), day)
    if space_uid is not None:
        query = query.where(Member.space_uid == space_uid)
    who = links.persons()
    return len({who.of(uid) for uid in session().scalars(query)})
