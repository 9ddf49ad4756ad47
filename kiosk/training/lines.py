"""Reading a paper sheet into answers: lines by their number, the fastest way to type one in."""

import re
import uuid
from collections.abc import Iterable, Mapping

from kiosk.language import msg
from kiosk.storage import Refusal
from kiosk.training.marking import Answer
from kiosk.training.models import Mark
from kiosk.training.sheets import Row

FIELDS: Mapping[str, Mark] = {"absent": Mark.ABSENT, "late": Mark.LATE, "excused": Mark.EXCUSED}
_BETWEEN = re.compile(r"(?:[\s,;.]|\bet\b)+", re.IGNORECASE)


def exceptions(rows: Iterable[Row], typed: Mapping[str, str]) -> dict[uuid.UUID, Answer]:
    """Return the answers that numbers of lines stand for, by field of FIELDS.

    A number is a line of the paper, or the number of a card. Raises Refusal for
    one that is on no line, and for somebody who has two answers.
    """
    known = _known(rows)
    found: dict[uuid.UUID, Answer] = {}
    for field, mark in FIELDS.items():
        for word in filter(None, _BETWEEN.split(typed.get(field, ""))):
            member = known.get(word.upper()) or known.get(word.lstrip("0"))
            if member is None:
                raise Refusal(msg("« %(n)s » n’est sur aucune ligne de cette feuille.", n=word), field=field)
            if found.setdefault(member, Answer(mark)).mark != mark:
                raise Refusal(msg("La ligne %(n)s a deux réponses.", n=word), field=field)
    return found


def _known(rows: Iterable[Row]) -> dict[str, uuid.UUID]:
    """Return members by what may be typed for them; a line comes before the digits of a card."""
    by_line: dict[str, uuid.UUID] = {}
    by_card: dict[str, uuid.UUID] = {}
    for row in filter(lambda one: one.line, rows):
        by_line[str(row.line)] = row.person.uid
        by_card |= dict.fromkeys(_card_words(row.person.number), row.person.uid)
    return by_card | by_line


def _card_words(number: str) -> list[str]:
    """Return « NIO-000123-X », « NIO000123X », « 000123 » and « 123 »; two digits alone are a line."""
    digits = "".join(sign for sign in "".join(number.split("-")[1:2]) if sign.isdigit())
    short = digits.lstrip("0")
    return [number, number.replace("-", ""), digits, *([short] if len(short) > 2 else [])]
