"""Cards to print: who still waits for one, the facts of a sheet of eight, and which were printed."""

import uuid
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from kiosk.language import current, msg
from kiosk.members import photos
from kiosk.members.models import Member, PrintedCard
from kiosk.paper.facts import Card, Cards
from kiosk.places import queries as places
from kiosk.storage import clock, session

A_SHEET, MOST = 8, 80
"""Cards on a page, and the most that are printed at once: ten pages."""


def waiting(space_uid: uuid.UUID) -> int:
    """Return how many people of a space have no card printed by this machine."""
    return session().scalar(_waiting(space_uid).with_only_columns(func.count()).order_by(None)) or 0


def next_ones(space_uid: uuid.UUID) -> Sequence[Member]:
    """Return the first of those who wait for a card, in the order of their registration."""
    return session().scalars(_waiting(space_uid).limit(MOST)).all()


def chosen(space_uid: uuid.UUID, uids: Collection[uuid.UUID]) -> Sequence[Member]:
    """Return these people of a space, in the alphabet's order; strangers and erased ones are left out."""
    query = _named(space_uid).where(Member.uid.in_(list(uids)[:MOST]))
    return session().scalars(query.order_by(Member.sort_key, Member.uid)).all()


def _waiting(space_uid: uuid.UUID) -> Any:
    printed = select(PrintedCard.card).where(PrintedCard.card == Member.card).exists()
    return _named(space_uid).where(~printed).order_by(Member.registered_on, Member.uid)


def _named(space_uid: uuid.UUID) -> Any:
    alive = select(Member).where(Member.space_uid == space_uid, Member.deleted_at.is_(None))
    return alive.where(Member.name_fold != "")


def note_printed(people: Sequence[Member]) -> None:
    """Note that these cards are on paper."""
    for member in people:
        session().merge(PrintedCard(card=member.card, printed_at=clock.now_ms()))
    session().flush()


def sheet(people: Sequence[Member], data: Path | None = None) -> Cards:
    """Return the facts of the pages of cards, for the press; with the photos kept in `data`, if given."""
    names = {space.uid: space.name for space in places.spaces()}
    return Cards(
        language=current().html_lang,
        title=str(msg("Cartes de membre")),
        cards=[
            Card(
                space=str(msg("Espace connecté de %(name)s", name=names.get(member.space_uid, ""))),
                name=member.name,
                number=member.card,
                code=member.card,
                photo=str(photos.of(data, member)) if data and photos.has(data, member) else "",
            )
            for member in people
        ],
    )
