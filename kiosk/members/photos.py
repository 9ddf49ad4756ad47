"""The photograph on a member's card: for the staff of her space, on this machine, as long as she agrees.

One small JPEG a person, drawn anew from what was sent, on the private shelf: it is in
no table, no exchange, no bundle, no export; a backup holds it where it is locked. The
last word of her consent decides, wherever it was written down: without it the photo is
not shown, and goes at the latest when the machine starts next.
"""

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from kiosk.language import msg
from kiosk.members import queries, services
from kiosk.members.models import Consent, Member
from kiosk.members.vocabulary import Purpose
from kiosk.places import queries as places
from kiosk.storage import NotFound, Refusal, pictures, private
from kiosk.storage.private import PHOTOS

LONGEST, HEAVIEST = 480, 40_000
"""Pixels of its longest side, and bytes: sharp on a printed card, light on a phone."""


def subject(member_uid: uuid.UUID) -> Member:
    """Return a member whose photo may be taken here. Raises NotFound for one of elsewhere, or erased."""
    member = queries.one(member_uid)
    if not is_of_here(member):
        raise NotFound(msg("Cette personne n’a pas de photo ici."))
    return member


def is_of_here(member: Member) -> bool:
    """Tell whether she is of the space this machine stands in, and may have a photo."""
    return not member.is_erased and member.space_uid == places.here_uid()


def is_agreed(member: Member, said: Mapping[str, Consent] | None = None) -> bool:
    """Tell whether she, or who answers for her, agrees to a photo on her card (`said`: see `queries`)."""
    said = queries.consents_of(member.uid) if said is None else said
    photo = said.get(Purpose.CARD_PHOTO)
    return photo is not None and bool(photo.granted) and queries.is_answered_for(member, said)


def drawn(stream: BinaryIO) -> bytes:
    """Return the photo to keep of what was sent. Raises Refusal for what is no photo."""
    return pictures.made_anew(stream, LONGEST, HEAVIEST, pictures.CARD)


def agree(member: Member, agreed: bool) -> None:
    """Write down that she agrees to a photo on her card, unless she did. Raises Refusal without her word."""
    if is_agreed(member):
        return
    if not agreed:
        raise Refusal(msg("Demandez-lui son accord, puis cochez."), "agreed")
    services.answer(member.uid, Purpose.CARD_PHOTO, True)


def keep(data: Path, member: Member, photo: bytes) -> None:
    """Keep her photo in the place of the one before; call it once her consent is committed."""
    private.shelf(data, PHOTOS).put(member.uid, photo)


def take_back(data: Path, member: Member) -> None:
    """Take away her photo for good, and her agreement with it."""
    if queries.consents_of(member.uid).get(Purpose.CARD_PHOTO):
        services.answer(member.uid, Purpose.CARD_PHOTO, False)
    private.shelf(data, PHOTOS).drop(member.uid)


def has(data: Path, member: Member) -> bool:
    """Tell whether there is a photo that may be shown to the staff of her space."""
    there = private.shelf(data, PHOTOS).has(member.uid)
    return there and _may_stay(member) and member.space_uid == places.here_uid()


def of(data: Path, member: Member) -> Path:
    """Return where her photo lies. Raises NotFound where there is none to show."""
    if not has(data, member):
        raise NotFound(msg("Cette personne n’a pas de photo ici."))
    return private.shelf(data, PHOTOS).path(member.uid)


def tidy(data: Path, member: Member, said: Mapping[str, Consent] | None = None) -> bool:
    """Take her photo away where she no longer agrees; tell whether one went."""
    shelf = private.shelf(data, PHOTOS)
    return shelf.has(member.uid) and not _may_stay(member, said) and shelf.drop(member.uid)


def sweep(data: Path) -> int:
    """Take away the photos of people who, as other machines wrote, no longer agree; return how many.

    One whose person is not in the database stays: her row may still be on its way back.
    """
    found = queries.by_uids(private.shelf(data, PHOTOS).uids())
    said = queries.consents_among(found)
    return sum(tidy(data, member, said.get(uid, {})) for uid, member in found.items())


def _may_stay(member: Member, said: Mapping[str, Consent] | None = None) -> bool:
    return not member.is_erased and member.deleted_at is None and is_agreed(member, said)
