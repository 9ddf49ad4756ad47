"""Debates, consultations, meetings: who came and who spoke, counted beside training.

One gathering counts a person once, whatever its sittings; people without a name
count as the fullest sitting saw them, and so do those who spoke. What a sitting
weighs says nothing here: it weighs days of training.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.members import figured
from kiosk.members.ages import BANDS, YOUTH, is_youth
from kiosk.members.figured import NOBODY, Person
from kiosk.training.catalogue.kinds import is_training
from kiosk.training.figures import Fact, Heads
from kiosk.training.held import UNSPOKEN, Held, Spoken
from kiosk.training.models import Mark

People = Mapping[uuid.UUID, Person]
_THERE = (Mark.PRESENT, Mark.LATE, Mark.PARTIAL)
_FROM, _TO = YOUTH
_YOUNG = {one.key for one in BANDS if one.first and one.last and one.first >= _FROM and one.last <= _TO}


@dataclass(frozen=True)
class Trait:
    """What a session is, for figures: its kind, the key of its domain, its campaign's tag, who spoke.

    `posts` publications were made at its sittings by those who came; None where nobody counted.
    """

    kind: str
    theme: str
    campaign: str
    national_actor: bool
    spoke: Spoken = UNSPOKEN
    posts: int | None = None

    @property
    def trains(self) -> bool:
        """Tell whether it makes people trained and person-days."""
        return is_training(self.kind)


@dataclass(frozen=True)
class Came:
    """Who came to one gathering, by sex; `youth` of them; who spoke; `about` where some were estimated."""

    women: int = 0
    men: int = 0
    unsaid: int = 0
    youth: int = 0
    spoke: Spoken = UNSPOKEN
    about: bool = False

    @property
    def total(self) -> int:
        """Everybody."""
        return self.women + self.men + self.unsaid


def came(facts: Iterable[Fact], heads: Iterable[Heads], people: People, spoke: Spoken = UNSPOKEN) -> Came:
    """Count who came to one session; `facts` are said of persons, whom `people` knows."""
    first: dict[uuid.UUID, datetime.date] = {}
    for fact in facts:
        if there(fact):
            first[fact.member_uid] = min(fact.day, first.get(fact.member_uid, fact.day))
    counted = list(heads)
    fullest = fullest_of(counted)
    sexes = [people.get(uid, NOBODY).sex for uid in first]
    by_sex = {sex: sexes.count(sex) + _of(fullest, sex) for sex in ("F", "M")}
    all_of_them = len(sexes) + sum(fullest.values())
    young = sum(is_youth(people.get(uid, NOBODY).birth_year, day) for uid, day in first.items())
    young += sum(count for (_, band, _), count in fullest.items() if band in _YOUNG)
    about = any(head.about and head.count for head in counted)
    return Came(by_sex["F"], by_sex["M"], all_of_them - sum(by_sex.values()), young, spoke, about)


def there(fact: Fact) -> bool:
    """Tell whether somebody came to a gathering, whatever its sitting weighs."""
    return fact.mark in _THERE


def fullest_of(heads: Iterable[Heads]) -> dict[tuple[str, str, str], int]:
    """Return people without a name of one session by (sex, age band, trade), at its fullest sitting."""
    found: dict[tuple[str, str, str], int] = {}
    for head in heads:
        key = (head.sex, head.band, head.profession)
        found[key] = max(head.count, found.get(key, 0))
    return found


def _of(fullest: Mapping[tuple[str, str, str], int], sex: str) -> int:
    return sum(count for (one, *_), count in fullest.items() if one == sex)


def came_to(facts: Sequence[Fact], heads: Sequence[Heads], spoke: Spoken = UNSPOKEN) -> Came:
    """Count who came to one session, from its answers said of persons."""
    return came(facts, heads, figured.people({fact.member_uid for fact in facts}), spoke)


def traits(held: Iterable[Held]) -> dict[uuid.UUID, Trait]:
    """Return what each session is, who spoke as the sitting that counted most says, what all published."""
    found: dict[uuid.UUID, list[Held]] = {}
    for one in held:
        found.setdefault(one.session_uid, []).append(one)
    return {uid: _trait(sittings) for uid, sittings in found.items()}


def _trait(held: Sequence[Held]) -> Trait:
    one = held[0]
    counts = ((at.spoke.all, at.spoke.women, at.spoke.youth) for at in held)
    spoke = (max(_known(parts), default=None) for parts in zip(*counts, strict=True))
    posts = _known(at.posts for at in held)
    what = (one.kind, one.theme, one.campaign, one.national_actor)
    return Trait(*what, Spoken(*spoke), sum(posts) if posts else None)


def _known(counts: Iterable[int | None]) -> list[int]:
    return [count for count in counts if count is not None]
