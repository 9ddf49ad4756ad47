"""What an import compares with: the people of a space, and what earlier imports made of their lines."""

import hashlib
import json
import uuid
from collections.abc import Mapping

from sqlalchemy import select

from kiosk.language import fold
from kiosk.members.fields import own
from kiosk.members.fields import words as asked
from kiosk.members.importer import columns
from kiosk.members.importer.line import Line
from kiosk.members.importer.matching import Known, Register
from kiosk.members.models import Consent, ImportedLine, Member
from kiosk.partners import queries as known_partners
from kiosk.places import queries as places
from kiosk.storage import session

_FIELDS = (
    "uid", "card", "former_card", "given_name", "family_name", "sex", "birth_year", "birth_year_about",
    "phone", "village", "commune_pcode", "languages", "occupation", "schooling", "organisation",
    "how_heard", "guardian", "notes", "registered_on", "guardian_phone", "profession", "digital_roles",
    "elected_as", "civil_society", "organisation_uid",
)  # fmt: skip
_SUFFIX = " du sahel"
_SPELLING = json.JSONEncoder(sort_keys=True, default=str)


def register_of(space_uid: uuid.UUID) -> Register:
    """Return the people of a space, in a few statements."""
    columns = [getattr(Member, name) for name in _FIELDS]
    query = select(*columns).where(Member.space_uid == space_uid, Member.deleted_at.is_(None))
    people = {}
    for row in session().execute(query.order_by(Member.uid)):
        values = dict(row._mapping)
        people[row.uid] = Known(values, values.pop("uid"))
    said = select(Consent.member_uid, Consent.purpose, Consent.granted, Consent.on_date)
    for row in session().execute(said.where(Consent.space_uid == space_uid, Consent.deleted_at.is_(None))):
        if row.member_uid in people:
            people[row.member_uid].values[f"consent:{row.purpose}"] = (row.granted, row.on_date)
    for uid, answers in own.answers_to(own.every()).items():
        if uid in people:
            people[uid].values |= answers
    return Register(people.values())


def words() -> dict[str, dict[str, str]]:
    """Return codes by folded word for every list, as this space says them."""
    book = asked.book()
    return {name: book.codes(name) for name in asked.LISTS}


def partners() -> dict[str, uuid.UUID]:
    """Return our partners by folded name."""
    return {fold(one.name): one.uid for one in known_partners.organisations()}


def own_titles() -> dict[str, str]:
    """Return the keys of the fields of one's own by folded title, French or Bambara."""
    return {
        columns.plain(title): one.key for one in own.every() for title in (one.bambara, one.french) if title
    }


def own_fields() -> dict[str, own.Question]:
    """Return the fields of one's own by key."""
    return {one.key: one for one in own.every()}


def remembered() -> Mapping[str, uuid.UUID]:
    """Return whom each line of earlier imports was about, by the line's print."""
    rows = session().execute(select(ImportedLine.print, ImportedLine.member_uid))
    return {row.print: row.member_uid for row in rows}


def print_of(line: Line) -> str:
    """Return what tells a line from any other: a hash of all it says."""
    return hashlib.sha256(_SPELLING.encode([line.card, line.said]).encode()).hexdigest()[:24]


def communes(pcode: str | None) -> tuple[dict[str, str], dict[str, str]]:
    """Return p-codes by folded name and p-code, and names by p-code; those near `pcode` win a shared name."""
    every = places.communes()
    own = next((place.parents.cercle for place in every if place.pcode == pcode), None)
    by_word: dict[str, str] = {}
    for place in sorted(every, key=lambda place: place.parents.cercle != own):
        name = fold(place.name)
        for word in (name, name.removesuffix(_SUFFIX), f"commune de {name}", fold(place.pcode)):
            by_word.setdefault(word, place.pcode)
    return by_word, places.told(every)
