"""One printed number on two cards: it happens after a disk was copied, and a person settles it.

Nothing is ever renumbered by itself: a printed card stays valid for ever, and the
number finds everybody who bears it or bore it.
"""

import uuid
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import func, select

from kiosk.language import msg
from kiosk.members import cards, queries
from kiosk.members.models import Member
from kiosk.places import queries as places
from kiosk.storage import Refusal, session


def every() -> dict[str, list[Member]]:
    """Return the people who share a number, by number."""
    alive = Member.deleted_at.is_(None)
    shared = select(Member.card).where(alive).group_by(Member.card).having(func.count() > 1)
    query = select(Member).where(alive, Member.card.in_(shared)).order_by(Member.card, Member.uid)
    return {card: list(found) for card, found in groupby(session().scalars(query), lambda one: one.card)}


def bearers(card: str) -> Sequence[Member]:
    """Return who bears that number now."""
    query = select(Member).where(Member.card == card.upper(), Member.deleted_at.is_(None))
    return session().scalars(query.order_by(Member.registered_on, Member.uid)).all()


def renumber(uid: uuid.UUID) -> Member:
    """Give a member another number; the one on her card still finds her.

    Raises Refusal where nobody else bears hers.
    """
    member = queries.one(uid)
    space = places.space(member.space_uid)
    if space is None or len(bearers(member.card)) < 2:
        raise Refusal(msg("Ce numéro n’est qu’à une personne."))
    old = member.card
    member.card = cards.take(space.code)[0]
    member.former_card = f"{member.former_card}, {old}" if member.former_card else old
    session().flush()
    return member
