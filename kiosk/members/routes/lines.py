"""One line of the register: drawn thirty times a page, so in Python and not by a macro."""

import uuid
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from kiosk.members import phones
from kiosk.web import pieces
from kiosk.web.addresses import address
from kiosk.web.icons import use_icon

_KEPT = 1000


def meta(card: str, village: str | None, phone: str, year: int | None = None) -> Markup:
    """Say beside a name what tells namesakes apart: her number, her year, her village, her phone."""
    said = [f'<span class="nowrap">{escape(card)}</span>', escape(year or ""), escape(village or "")]
    if phone:
        said.append(f'<span class="nowrap">{escape(phone)}</span>')
    return Markup(" · ".join(part for part in said if part))  # noqa: S704 - every part was escaped


def people(found: Iterable[Any], years: bool = False) -> Markup:
    """Draw members by name, each leading to her page; with her birth year among namesakes."""
    use_icon("next")
    drawn = [_person(*_told(one), one.birth_year if years else None) for one in found]
    return Markup("".join(drawn))  # noqa: S704 - every line is markup of ours


def _told(one: Any) -> Iterable[Any]:
    if isinstance(one, Sequence):  # of `queries.in_lines`: these very columns, in this order
        return one
    return one.uid, one.card, one.given_name, one.family_name, one.village, one.phone


@lru_cache(maxsize=_KEPT)
def _person(
    uid: uuid.UUID,
    card: str,
    given: str,
    family: str,
    village: str | None,
    phone: str | None,
    year: int | None,
) -> Markup:
    """Draw one line: it says what it was given and nothing else, so the same line is drawn once."""
    name = f"{given} {family}".strip()
    about = meta(card, village, phones.shown(phone), year)
    return pieces.row(name, about, address("members.show", uid=uid), lead=pieces.chip(name, card))
