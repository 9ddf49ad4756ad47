"""Whom the space may write to: people who agreed to a call or a message, and did not take it back.

A withdrawal on any card of a person counts for all of them.
"""

import uuid
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from kiosk.members import phones
from kiosk.members.links import queries as links
from kiosk.members.models import Consent, Member
from kiosk.members.vocabulary import Purpose
from kiosk.storage import session

TITLES = ("Prénom", "Nom", "Téléphone")
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": ""})


class Contact(NamedTuple):
    """Somebody to write to; `phone` is E.164."""

    given: str
    family: str
    phone: str


def agreed(space_uid: uuid.UUID | None = None) -> list[Contact]:
    """Return who may be written to, in the alphabet's order; `space_uid` keeps to one space."""
    query = (
        select(Member.uid, Member.given_name, Member.family_name, Member.phone)
        .join(Consent, Consent.member_uid == Member.uid)
        .where(Consent.purpose == Purpose.CONTACT, Consent.granted.is_(True), Consent.deleted_at.is_(None))
        .where(Member.deleted_at.is_(None), Member.phone.is_not(None))
    )
    if space_uid is not None:
        query = query.where(Member.space_uid == space_uid)
    refused = _refused()
    found = session().execute(query.order_by(Member.sort_key, Member.uid))
    return [
        Contact(row.given_name, row.family_name, row.phone)
        for row in found
        if row.uid not in refused and phones.is_whole(row.phone) and (row.given_name or row.family_name)
    ]


def _refused() -> set[uuid.UUID]:
    """Return every card of those who withdrew: the messages, or the register itself."""
    asked = Consent.purpose.in_((Purpose.CONTACT, Purpose.REGISTER))
    query = select(Consent.member_uid).where(asked, Consent.granted.is_(False), Consent.deleted_at.is_(None))
    who = links.persons()
    return {card for uid in session().scalars(query) for card in (uid, *who.cards_of(uid))}


def cards(people: Sequence[Contact]) -> bytes:
    """Return contacts as a file that a phone takes into its own book (vCard 3.0)."""
    return "".join(map(_card, people)).encode()


def _card(one: Contact) -> str:
    given, family = one.given.translate(_ESCAPES), one.family.translate(_ESCAPES)
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"N:{family};{given};;;", f"FN:{given} {family}".strip())
    return "\r\n".join([*lines, f"TEL;TYPE=CELL:{one.phone}", "END:VCARD", ""])
