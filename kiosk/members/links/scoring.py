"""How much two cards look like one person: a score with its reasons, pure and the same everywhere.

Two ways lead to a suggestion: the same names at the same age and sex, or one
phone with a given name in common. A phone alone never does: a family shares it.
What contradicts (a woman and a man, years too far apart) ends the comparison.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any, NamedTuple

from kiosk.members.links import names
from kiosk.members.models import name_key
from kiosk.members.phones import is_whole
from kiosk.members.vocabulary import Sex

LIKELY, VERY_LIKELY = 60, 80
LEAST = 40
_NEAR, _NEAR_GUESS = 1, 2
_MOST_NAMES = 5
_PART_OF = "+"


class Reason(StrEnum):
    """Why two cards may be one person; shown in words."""

    NAME = "name"
    SOUND = "sound"
    PART = "part"
    GIVEN = "given"
    YEAR = "year"
    NEAR_YEAR = "near_year"
    PHONE = "phone"
    VILLAGE = "village"


_WORTH = {
    Reason.NAME: 40,
    Reason.SOUND: 36,
    Reason.PART: 28,
    Reason.GIVEN: 15,
    Reason.NEAR_YEAR: 12,
    Reason.PHONE: 25,
    Reason.VILLAGE: 10,
}
_SURE_YEAR, _GUESSED_YEAR, _SAME_SEX, _COMMON_NAMES = 25, 18, 5, -12


class Sketch(NamedTuple):
    """What of a card is compared; names are classes, `village` is folded, `phone` whole or None."""

    uid: uuid.UUID
    space_uid: uuid.UUID
    given: frozenset[str]
    family: frozenset[str]
    spelled: frozenset[str]
    sex: str
    year: int | None
    about: bool
    phone: str | None
    village: str | None

    @property
    def all(self) -> frozenset[str]:
        """All her names: their order varies from list to list."""
        return self.given | self.family

    def held_keys(self) -> set[str]:
        """Return the keys under which she is found: names with a year or a village, a phone.

        All her names, and some of them under a mark of their own: two cards of one person
        have the same names, or one has only some of the other's.
        """
        whole, some = self._names()
        names = [whole, *(_PART_OF + one for one in some)] if whole else []
        return {f"{name}|{place}" for name in names for place in self._places()} | self._phones()

    def probes(self) -> set[str]:
        """Return the keys under which whoever may be the same person is found."""
        whole, some = self._names()
        names = [whole, _PART_OF + whole, *some] if whole else []
        return {f"{name}|{place}" for name in names for place in self._places(_NEAR_GUESS)} | self._phones()

    def _places(self, near: int = 0) -> set[str]:
        """Return her village, and her birth year with those `near` it."""
        years = range(self.year - near, self.year + near + 1) if self.year else ()
        return {str(year) for year in years} | ({self.village} if self.village else set())

    def _phones(self) -> set[str]:
        return {self.phone} if self.phone else set()

    def _names(self) -> tuple[str, list[str]]:
        """Return all her names, '' for one alone, and every two or more of them that are not all."""
        every = sorted(self.all)[:_MOST_NAMES]
        some = (part for size in range(2, len(every)) for part in combinations(every, size))
        return " ".join(every) if len(every) > 1 else "", [" ".join(part) for part in some]


def sketch(row: Any) -> Sketch:
    """Return the sketch of a card (a `Member`, or a row of its columns)."""
    return Sketch(
        row.uid,
        row.space_uid,
        names.heard(row.given_name),
        names.heard(row.family_name),
        names.spelled(row.given_name) | names.spelled(row.family_name),
        str(row.sex),
        row.birth_year,
        bool(row.birth_year_about),
        row.phone if is_whole(row.phone) else None,
        (name_key(row.village) or None) if row.village else None,
    )


COLUMNS = (
    "uid", "space_uid", "given_name", "family_name", "sex", "birth_year", "birth_year_about", "phone",
    "village",
)  # fmt: skip


@dataclass(frozen=True)
class Score:
    """How likely, from 0 to 100, and why."""

    value: int
    reasons: tuple[Reason, ...]


def compare(one: Sketch, other: Sketch) -> Score | None:
    """Return how much two cards look like one person, None where they do not."""
    if {one.sex, other.sex} == {Sex.WOMAN, Sex.MAN}:
        return None
    years = _years(one, other)
    named = _names(one, other)
    if years is None or named is None:
        return None
    reasons = [named, *years[1], *_places(one, other)]
    value = years[0] + sum(_WORTH.get(reason, 0) for reason in reasons)
    value += _SAME_SEX if one.sex == other.sex != Sex.UNSAID else 0
    if all(names.is_common(name) for name in one.all & other.all):
        value += _COMMON_NAMES
    if value < LEAST or not set(reasons) & _ENOUGH:
        return None
    return Score(min(value, 100), tuple(reasons))


_ENOUGH = {Reason.YEAR, Reason.NEAR_YEAR, Reason.PHONE, Reason.VILLAGE}


def _names(one: Sketch, other: Sketch) -> Reason | None:
    """Return what the names have in common: all, or one's within the other's; a given name with a phone."""
    shared = one.all & other.all
    if len(shared) > 1 and (one.all <= other.all or other.all <= one.all):
        if one.all != other.all:
            return Reason.PART
        return Reason.NAME if one.spelled == other.spelled else Reason.SOUND
    both_families = one.family & other.family
    given = (shared & (one.given | other.given)) - both_families
    return Reason.GIVEN if given and one.phone and one.phone == other.phone else None


def _years(one: Sketch, other: Sketch) -> tuple[int, list[Reason]] | None:
    """Return what the birth years are worth, with the reason; None where they contradict."""
    if one.year is None or other.year is None:
        return 0, []
    apart, guessed = abs(one.year - other.year), one.about or other.about
    if apart == 0:
        return _GUESSED_YEAR if guessed else _SURE_YEAR, [Reason.YEAR]
    return (0, [Reason.NEAR_YEAR]) if apart <= (_NEAR_GUESS if guessed else _NEAR) else None


def _places(one: Sketch, other: Sketch) -> Iterator[Reason]:
    if one.phone and one.phone == other.phone:
        yield Reason.PHONE
    if one.village and one.village == other.village:
        yield Reason.VILLAGE
