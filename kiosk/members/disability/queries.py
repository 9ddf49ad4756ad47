"""Counts of the short set, and nothing else: a group too small to hide in is not shown."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.members.disability.models import Difficulties, Difficulty
from kiosk.members.disability.words import QUESTIONS
from kiosk.members.links import queries as links
from kiosk.members.models import Member
from kiosk.storage import session

FEWEST = 5
_LIVES_WITH = (Difficulty.MUCH, Difficulty.CANNOT)


@dataclass(frozen=True)
class Counts:
    """How many people answered, and how many live with a disability; None where that would point at somebody.

    A disability, as the Group counts: « beaucoup » or « pas du tout » to one question at least.
    """

    answered: int
    disabled: int | None
    women: int | None


def of(member_uid: uuid.UUID) -> Difficulties | None:
    """Return what a person answered, for her own page of questions only."""
    return session().get(Difficulties, member_uid)


def counts(space_uid: uuid.UUID) -> Counts:
    """Count the people of a space who answered; one of two cards counts once."""
    query = select(Difficulties, Member.sex).join(Member, Member.uid == Difficulties.member_uid)
    rows = session().execute(query.where(Member.space_uid == space_uid, Member.deleted_at.is_(None)))
    who = links.persons()
    answered: set[uuid.UUID] = set()
    disabled: dict[uuid.UUID, str] = {}
    for said, sex in rows:
        person = who.of(said.member_uid)
        answered.add(person)
        if any(getattr(said, name) in _LIVES_WITH for name in QUESTIONS):
            disabled[person] = sex
    women = sum(sex == "F" for sex in disabled.values())
    return Counts(len(answered), _shown(len(disabled)), _shown(women))


def _shown(count: int) -> int | None:
    return count if count == 0 or count >= FEWEST else None
