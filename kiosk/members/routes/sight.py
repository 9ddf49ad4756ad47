"""Whose names the reader may see at once, and whose she must open.

Staff of a space see the names of their space. At the centre a name stands
behind its number until it is opened, which leaves a trace.
"""

import uuid
from dataclasses import dataclass

from flask_login import current_user

from kiosk.members import queries
from kiosk.members.models import Member
from kiosk.storage import search
from kiosk.web.rights import Right

ASKERS = (Right.MANAGE_SPACE, Right.COORDINATE)
"""Who says what is asked of people: a space's manager, and the coordination."""
READERS = (Right.SEE_MEMBERS, Right.SEE_NAMES_AT_CENTRE)


_NOBODY = "-"
"""Words that find nobody: a search holds at least a letter or a digit."""


@dataclass(frozen=True)
class Reader:
    """What the signed-in person may do with the register."""

    uid: uuid.UUID
    sees_names: bool
    edits: bool

    def sees(self, member: Member) -> bool:
        """Tell whether this person's name may be shown on her own page."""
        return self.sees_names or queries.opened_today(self.uid, member.uid)


def may_ask() -> bool:
    """Tell whether the signed-in person says what is asked of people."""
    person = current_user._get_current_object()
    return any(person.can(right) for right in ASKERS)


def reader() -> Reader:
    """Return the signed-in person as a reader of the register."""
    person = current_user._get_current_object()
    return Reader(person.uid, person.can(Right.SEE_MEMBERS), person.can(Right.EDIT_MEMBERS))


def searched(words: str, who: Reader) -> str:
    """Return the words to search by: a reader who must open names searches by number only."""
    if who.sees_names or not words:
        return words
    # Cut as the index cuts: « awa-0 » would be looked for as a name and a digit.
    numbers = [word for word in search.words_of(words) if any(sign.isdigit() for sign in word)]
    return " ".join(numbers) or _NOBODY
