"""Amending a card that somebody else may hold open: both keep their words."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.language import formats, msg
from kiosk.members import queries, seen, services
from kiosk.members.fields import own
from kiosk.members.fields.own import Question
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
        mine: dict[str, Any] = seen.changed(typed, shown)
        services.amend(uid, **{name: said for name, said in mine.items() if not own.is_own(name)})
        own.write(member, {name: said for name, said in mine.items() if own.is_own(name)})
    return met


def kept(member: Member, names: Iterable[str]) -> dict[str, Any]:
    """Return what a card says now of these fields, in their order."""
    wanted = list(names)
    said = own.answers_of([member.uid]).get(member.uid, {}) if any(map(own.is_own, wanted)) else {}
    return {name: said.get(name, "") if own.is_own(name) else getattr(member, name) for name in wanted}


def told(member: Member, name: str) -> str:
    """Return what a card says of a field, as people read it."""
    if own.is_own(name):
        return own.told(_question(name), kept(member, [name])[name]) or str(msg("rien"))
    value = getattr(member, name)
    if name == "commune_pcode" and (commune := places.commune(value)):
        return commune.name
    return in_words("member", name, plain(value))


def labels(names: Iterable[str]) -> str:
    """Return the names of fields in one phrase."""
    return formats.join(
        _question(name).label if own.is_own(name) else str(label("member", name)) for name in names
    )


def _question(name: str) -> Question:
    return next(one for one in own.every() if one.key == name)
