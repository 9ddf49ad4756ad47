"""What the forms of the register ask and offer, read once between two writes."""

import datetime
from contextlib import suppress
from typing import Any, TypeVar

from kiosk.members.fields import own, words
from kiosk.members.fields.models import FieldKind
from kiosk.members.fields.own import Question
from kiosk.members.fields.words import Book
from kiosk.members.forms import MemberForm, Offer
from kiosk.members.forms.own import asking
from kiosk.members.models import Member
from kiosk.partners import queries as partners
from kiosk.web.steady import steady

F = TypeVar("F", bound=MemberForm)


def book() -> Book:
    """Return the words of every list."""
    return steady("words", words.book)


def questions() -> tuple[Question, ...]:
    """Return the fields of one's own that are asked now."""
    return steady("own fields", lambda: own.asked(book()))


def form(base: type[F]) -> type[F]:
    """Return a form that asks the fields of one's own too."""
    return asking(base, questions())


def offer(member: Member | None = None) -> Offer:
    """Return what a form offers; the organisation that a card names stays on offer, removed or not."""
    known = {one.uid.hex: one.name for one in partners.organisations()}
    if member and member.organisation_uid:
        names = partners.organisation_names([member.organisation_uid])
        known |= {uid.hex: name for uid, name in names.items()}
    return Offer(book(), list(known.items()))


def own_typed(member: Member) -> dict[str, Any]:
    """Return what a person answered to the fields of one's own, as their form fields take it."""
    said = own.answers_of([member.uid]).get(member.uid, {})
    return {one.key: _typed(one, said[one.key]) for one in questions() if one.key in said}


def _typed(one: Question, value: str) -> Any:
    with suppress(ValueError):
        if one.kind == FieldKind.NUMBER:
            return int(value)
        if one.kind == FieldKind.DAY:
            return datetime.date.fromisoformat(value)
    return value
