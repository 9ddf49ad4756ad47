"""Amending a card that somebody else may hold open: both keep their words."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.language import formats
from kiosk.members import queries, seen, services
from kiosk.members.models import Member
from kiosk.members.seen import Met
from kiosk.places import queries as places
from kiosk.storage import plain, session
from kiosk.storage.telling import in_words, label


def amend(uid: uuid.UUID, typed: Mapping[str, Any], shown: str | None) -> Met:
    """Write what was changed on a page whose prints are `shown`, and say what others changed meanwhile.

    Where the same field was changed twice, in two ways, nothing is written: whoever
    comes second decides, with both words before her. Raises Refusal as `services.amend`.
    """
    member = queries.one(uid)
    session().refresh(member)
    met = seen.meet(kept(member, typed), typed, shown)
    if not met.both:
        services.amend(uid, **seen.changed(typed, shown))
    return met


def kept(member: Member, names: Iterable[str]) -> dict[str, Any]:
    """Return what a card says now of these fields, in their order."""
    return {name: getattr(member, name) for name in names}


def told(member: Member, name: str) -> str:
    """Return what a card says of a field, as people read it."""
    value = getattr(member, name)
    if name == "commune_pcode" and (commune := places.commune(value)):
        return commune.name
    return in_words("member", name, plain(value))


def labels(names: Iterable[str]) -> str:
    """Return the names of fields in one phrase."""
    return formats.join(str(label("member", name)) for name in names)
