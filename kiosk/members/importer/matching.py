"""Who is who: a line against the people of the register and the lines above it.

A printed number names a person. Otherwise people of one name are the same when
the birth year, the phone or the village agree and nothing contradicts; a name
alone decides only where it is the only one. A phone is shared by a family: it
never makes two names one.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.members.importer.line import Line
from kiosk.members.models import name_key
from kiosk.members.vocabulary import Sex

_NEAR_YEARS = 2


@dataclass(slots=True)
class Known:
    """A person a line may be about: of the register (`uid`), or first met in this file (`place`).

    `values` are her fields as they will stand; `numbers` the former numbers this
    file gives her; `added` what the file adds to an existing person.
    """

    values: dict[str, Any]
    uid: uuid.UUID | None = None
    place: str = ""
    numbers: set[str] = field(default_factory=set)
    added: dict[str, Any] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Her name, given name first."""
        return f"{self.values.get('given_name') or ''} {self.values.get('family_name') or ''}".strip()


class Several(Exception):
    """More than one person may be meant, and nothing tells them apart."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class Register:
    """People by name and by number, growing as the lines of a file are read."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._by_name: dict[str, list[Known]] = {}
        self._by_card: dict[str, Known] = {}
        self._by_former: dict[str, list[Known]] = {}
        self._by_uid: dict[uuid.UUID, Known] = {}
        for known in people:
            self.add(known)

    def add(self, known: Known) -> None:
        """Take in one more person."""
        self._by_name.setdefault(name_key(known.name), []).append(known)
        if known.values.get("card"):
            self._by_card.setdefault(known.values["card"], known)
        if known.values.get("former_card"):
            self._by_former.setdefault(known.values["former_card"], []).append(known)
        if known.uid:
            self._by_uid[known.uid] = known

    def by_uid(self, uid: uuid.UUID) -> Known | None:
        """Return the person of the register who has this uid."""
        return self._by_uid.get(uid)

    def by_card(self, card: str | None) -> Known | None:
        """Return the person who carries this printed number."""
        return self._by_card.get(card or "")

    def find(self, line: Line) -> Known | None:
        """Return the person a line is about, None for somebody new. Raises Several."""
        for known in self._by_former.get(line.said.get("former_card", ""), ()):
            if share_a_name(known, line) or is_nameless(line) or stands_for_number(known):
                return known
        if is_nameless(line):
            return None
        return _best(self.namesakes(line), line.said)

    def namesakes(self, line: Line) -> list[Known]:
        """Return the people of that name whom nothing in the line contradicts."""
        found = self._by_name.get(name_key(_name(line.said)), [])
        return [known for known in found if not _contradicts(known, line.said)]


def _name(said: Mapping[str, Any]) -> str:
    return f"{said.get('given_name', '')} {said.get('family_name', '')}"


def is_nameless(line: Line) -> bool:
    """Tell whether a line holds a number but no name, as anonymised exports do."""
    return not _name(line.said).strip()


def stands_for_number(known: Known) -> bool:
    """Tell whether a person's name only repeats her number, for want of a better one."""
    former = known.values.get("former_card")
    return bool(former) and known.values.get("family_name") == former


def share_a_name(known: Known, line: Line) -> bool:
    """Tell whether two names have a word in common."""
    return bool(set(name_key(known.name).split()) & set(name_key(_name(line.said)).split()))


def _best(candidates: list[Known], said: Mapping[str, Any]) -> Known | None:
    votes = [_votes(known, said) for known in candidates]
    balance = [
        0 if _unlike(known, vote) else sum(vote) for known, vote in zip(candidates, votes, strict=True)
    ]
    most = max(balance, default=0)
    if most > 0:
        return candidates[balance.index(most)]
    silent = [known for known, vote in zip(candidates, votes, strict=True) if not vote]
    if len(silent) > 1:
        raise Several(len(silent))
    return silent[0] if silent else None


def _unlike(known: Known, votes: list[int]) -> bool:
    """Within one file any difference makes two people; the register's may have moved or changed phone."""
    return bool(known.lines) and -1 in votes


def _contradicts(known: Known, said: Mapping[str, Any]) -> bool:
    values = known.values
    sexes = {values.get("sex"), said.get("sex")}
    if {Sex.WOMAN, Sex.MAN} <= sexes:
        return True
    number = said.get("former_card")
    if number and known.numbers and number not in known.numbers:
        return True
    return _years_apart(known, said)


def _years_apart(known: Known, said: Mapping[str, Any]) -> bool:
    mine, theirs = known.values.get("birth_year"), said.get("birth_year")
    if mine is None or theirs is None or mine == theirs:
        return False
    guessed = known.values.get("birth_year_about") or said.get("birth_year_about")
    # Two guesses in one file are two people; a guess taken another year is not.
    return not guessed or bool(known.lines) or abs(mine - theirs) > _NEAR_YEARS


def _votes(known: Known, said: Mapping[str, Any]) -> list[int]:
    """Return +1 for each thing two records agree on (+2 for a sure year), -1 for each they differ on.

    A near guess of a year is 0.
    """
    values = known.values
    votes: list[int] = []
    if values.get("birth_year") and said.get("birth_year"):
        sure = not (values.get("birth_year_about") or said.get("birth_year_about"))
        votes.append((1 + sure) * (values["birth_year"] == said["birth_year"]))
    if values.get("phone") and said.get("phone"):
        votes.append(1 if values["phone"] == said["phone"] else -1)
    if values.get("village") and said.get("village"):
        votes.append(1 if _same_place(values["village"], said["village"]) else -1)
    return votes


def _same_place(mine: str, theirs: str) -> bool:
    """« Nioro-Centre » and « Nioro centre, Diakha » are one place as far as one holds the other."""
    one, other = set(name_key(mine).split()), set(name_key(theirs).split())
    return one <= other or other <= one
