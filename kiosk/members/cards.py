"""Card numbers: `SPACE-NNNNNN-C`, given once and for ever.

They come from the blocks that the centre leases to this machine. Without one it
numbers under its own prefix: the space's code, T, and two letters of its log's
stream, so that a restored or copied machine (a new stream) cannot print a number
twice.
"""

import uuid

from sqlalchemy import select

from kiosk.language import msg
from kiosk.members.models import CardCounter, Member
from kiosk.storage import Refusal, is_checked, numbers, session, with_check
from kiosk.storage.log import sync_self

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = 4
_PART = 500


def take(space_code: str, count: int = 1, kind: str = "") -> list[str]:
    """Return the next `count` numbers of this machine, in order; `kind` (« A- ») stands before other papers'.

    Raises Refusal on a machine that keeps no log of its own.
    """
    found = _leased(f"{kind}{space_code}", count)
    counter = _counter(_prefix(f"{kind}{space_code}")) if len(found) < count else None
    while counter and len(found) < count:
        found += _free(_next(counter, min(count - len(found), _PART)))
    session().flush()
    return found


def _leased(space_code: str, count: int) -> list[str]:
    found: list[str] = []
    while len(found) < count and (block := numbers.take(min(count - len(found), _PART))):
        found += _free([with_check(f"{space_code}-{number:06d}") for number in block])
    return found


def _next(counter: CardCounter, count: int) -> list[str]:
    first = counter.last + 1
    counter.last += count
    return [with_check(f"{counter.prefix}{number:0{_DIGITS}d}") for number in range(first, first + count)]


def _free(made: list[str]) -> list[str]:
    """Leave out the numbers that came here otherwise, such as by an import."""
    taken = set(session().scalars(select(Member.card).where(Member.card.in_(made))))
    return [number for number in made if number not in taken]


def _prefix(space_code: str) -> str:
    stream = session().scalar(select(sync_self.c.stream_uid))
    if stream is None:
        raise Refusal(msg("Cette machine ne peut pas donner de numéro. Préparez-la d’abord."))
    return f"{space_code}-T{letters(stream)}"


def letters(stream: uuid.UUID) -> str:
    """Return the two letters that stand for a stream in its numbers (no I, no O)."""
    first, second = divmod(stream.int % len(_LETTERS) ** 2, len(_LETTERS))
    return _LETTERS[first] + _LETTERS[second]


def _counter(prefix: str) -> CardCounter:
    found = session().get(CardCounter, prefix)
    if found is None:
        found = CardCounter(prefix=prefix, last=0)
        session().add(found)
    return found


def is_card(text: str) -> bool:
    """Tell whether a text is a number of our own making: `NIO-000123-X`, rightly checked."""
    parts = text.upper().split("-")
    return len(parts) == 3 and len(parts[0]) == 3 and len(parts[2]) == 1 and is_checked(text)
