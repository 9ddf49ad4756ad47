"""What the register answers to rooms that publish pictures: who may be seen by everybody.

An adult who agreed to be photographed and did not take it back, on none of her cards;
a minor never, whoever agreed for her.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from kiosk.language import Message, msg
from kiosk.members import cards, minors, queries
from kiosk.members.links import queries as links
from kiosk.members.models import Consent, Member
from kiosk.members.vocabulary import Purpose
from kiosk.places import queries as places
from kiosk.storage import clock, session
from kiosk.storage.showing import Known

_FEW = 4
_UNKNOWN = msg("Cette personne n’est pas dans le registre de cette machine.")
_ERASED = msg("Cette personne a été effacée. Choisissez une autre photo.")
_MINOR = msg("Moins de 18 ans\u00a0: sa photo ne se publie pas. Choisissez une autre photo.")
_REFUSED = msg("Cette personne refuse d’être prise en photo. Choisissez une autre photo.")
_UNASKED = msg("Son accord pour la photo n’est pas noté. Demandez-le, notez-le sur sa fiche.")


def why_not(uids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Message]:
    """Return those whose picture may not be published, each with the reason and what to do."""
    people = links.persons()
    every = {uid: [uid, *people.cards_of(uid)] for uid in uids}
    ours = {one for same in every.values() for one in same}
    members, said = queries.by_uids(ours), _said(ours)
    found = {uid: _why_not(members.get(uid), [members[one] for one in same if one in members], said)
             for uid, same in every.items()}  # fmt: skip
    return {uid: why for uid, why in found.items() if why is not None}


def _said(uids: Collection[uuid.UUID]) -> dict[uuid.UUID, bool]:
    wanted = (Consent.member_uid.in_(uids), Consent.purpose == Purpose.PHOTO, Consent.deleted_at.is_(None))
    rows = session().execute(select(Consent.member_uid, Consent.granted).where(*wanted))
    return {row.member_uid: row.granted for row in rows}


def _why_not(member: Member | None, hers: Sequence[Member], said: Mapping[uuid.UUID, bool]) -> Message | None:
    """Judge one person by all her cards: one that says no, or that she is a minor, is enough."""
    if member is None or member.deleted_at is not None:
        return _UNKNOWN
    if member.is_erased:
        return _ERASED
    if any(minors.is_minor(one.birth_year, clock.today()) for one in hers):
        return _MINOR
    answers = [said[one.uid] for one in hers if one.uid in said]
    if not all(answers):
        return _REFUSED
    return None if answers else _UNASKED


def find(words: str, by_name: bool) -> Sequence[Known]:
    """Return the people a writer may mean: of a whole card number one, of a name a few."""
    if member := queries.by_card(words):
        return [_known(member)]
    if not by_name or cards.is_card(words):
        return []
    return [_known(one) for one in queries.find(words, _FEW, places.here_uid())]


def known(uids: Collection[uuid.UUID]) -> Sequence[Known]:
    """Return these people as they are named; one who is not here is left out."""
    return [_known(one) for one in queries.by_uids(uids).values()]


def _known(member: Member) -> Known:
    return Known(member.uid, member.card, member.name)
