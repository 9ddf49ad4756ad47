"""Asking the short set at a space, keeping what people answer here, and taking it away."""

import uuid
from collections.abc import Mapping

from kiosk.language import msg
from kiosk.members import queries as register
from kiosk.members.disability.models import Asking, Difficulties, Difficulty
from kiosk.members.disability.words import QUESTIONS
from kiosk.storage import Refusal, clock, session

YOUNGEST = 5
"""The short set is not made for younger children: theirs is another set of questions."""


def ask(space_uid: uuid.UUID, asked: bool) -> None:
    """Begin or cease to ask; what was answered before stays until its person's answers are taken away."""
    found = session().get(Asking, space_uid)
    if asked and found is None:
        session().add(Asking(space_uid=space_uid, since=clock.now_ms()))
    elif not asked and found is not None:
        session().delete(found)
    session().flush()


def is_asked(space_uid: uuid.UUID | None) -> bool:
    """Tell whether the questions are asked at a space; nowhere by default."""
    return space_uid is not None and session().get(Asking, space_uid) is not None


def answer(member_uid: uuid.UUID, said: Mapping[str, Difficulty | None]) -> None:
    """Keep what a person answers today; nothing answered leaves nothing behind.

    Raises Refusal for a child the questions are not made for.
    """
    member = register.one(member_uid)
    age = register.age_at(member.birth_year, clock.today())
    if age is not None and age < YOUNGEST:
        raise Refusal(msg("Ces questions ne sont pas faites pour les moins de 5 ans."))
    found = session().get(Difficulties, member.uid)
    if not any(said.get(name) for name in QUESTIONS):
        if found is not None:
            session().delete(found)
    else:
        found = found or Difficulties(member_uid=member.uid)
        for name in QUESTIONS:
            setattr(found, name, said.get(name) or None)
        found.asked_on = clock.today()
        session().add(found)
    session().flush()
