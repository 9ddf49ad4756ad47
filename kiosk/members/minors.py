"""Minors: who answers for them, and what they cannot be asked. Age is taken on a day given, never stored."""

import datetime

from kiosk.members.ages import age_at
from kiosk.members.models import Member
from kiosk.members.vocabulary import Purpose

ADULT = 18
NOT_BEFORE = frozenset({Purpose.PHOTO, Purpose.PUBLIC_NAME})
"""What a minor's own word does not open: her picture and her name are never public."""


def is_minor(birth_year: int | None, day: datetime.date) -> bool:
    """Tell whether somebody is known to be a minor on that day; an unknown age says nothing."""
    age = age_at(birth_year, day)
    return age is not None and age < ADULT


def allowed(member: Member, purpose: str, day: datetime.date) -> bool:
    """Tell whether a purpose may be agreed to by this person at all, on that day."""
    return purpose not in NOT_BEFORE or not is_minor(member.birth_year, day)
