"""What the forms of the register offer to choose from, read once between two writes."""

from kiosk.members.fields import words
from kiosk.members.fields.words import Book
from kiosk.members.forms import Offer
from kiosk.members.models import Member
from kiosk.partners import queries as partners
from kiosk.web.steady import steady


def book() -> Book:
    """Return the words of every list."""
    return steady("words", words.book)


def offer(member: Member | None = None) -> Offer:
    """Return what a form offers; the organisation that a card names stays on offer, removed or not."""
    known = {one.uid.hex: one.name for one in partners.organisations()}
    if member and member.organisation_uid:
        names = partners.organisation_names([member.organisation_uid])
        known |= {uid.hex: name for uid, name in names.items()}
    return Offer(book(), list(known.items()))
