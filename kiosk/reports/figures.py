"""Indicators: pure sums over facts, the same at a kiosk and at the centre.

Distinct people are counted by member; ages are taken at the first attendance
in the period. Person-days are hundredths of a day.
"""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.members.ages import BANDS, Band, band_at, is_youth
from kiosk.members.vocabulary import Sex
from kiosk.training.figures import (
    Fact,
    Heads,
    attended,
    headcount_days,
    person_days,
    person_minutes,
)


@dataclass(frozen=True)
class Person:
    """What a figure needs to know of somebody: no name."""

    sex: str
    birth_year: int | None


@dataclass(frozen=True)
class Split:
    """A number of people by sex; the three parts sum to the total."""

    women: int = 0
    men: int = 0
    unsaid: int = 0

    @property
    def total(self) -> int:
        """Everybody."""
        return self.women + self.men + self.unsaid

    @property
    def women_share(self) -> float | None:
        """Women among everybody, 0 to 1; None where there is nobody."""
        return self.women / self.total if self.total else None

    @property
    def men_share(self) -> float | None:
        """Men among everybody, 0 to 1; None where there is nobody."""
        return self.men / self.total if self.total else None


@dataclass(frozen=True)
class Indicators:
    """The figures of one space, or of all, over a period.

    `people` are distinct; `participations` count one person at one sitting;
    `days` hundredths of a person-day, of which `unnamed_days` by people counted
    without a name; `minutes` of presence; `months` the people by the month of
    their first attendance in the period.
    """

    people: Split
    youth: int
    women_or_youth: int
    bands: Sequence[tuple[Band, Split]]
    participations: int
    sittings: int
    sessions: int
    days: int
    unnamed_days: int
    minutes: int
    months: Mapping[datetime.date, Split]
    visits: int = 0


def indicators(
    facts: Sequence[Fact], heads: Sequence[Heads], people: Mapping[uuid.UUID, Person], visits: int = 0
) -> Indicators:
    """Work the indicators out; `people` maps every member of `facts`."""
    there = [fact for fact in facts if attended(fact)]
    first = _first_days(there)
    held = {(one.sitting_uid, one.session_uid) for one in there}
    held |= {(one.sitting_uid, one.session_uid) for one in heads}
    return Indicators(
        people=split(people[uid] for uid in first),
        youth=sum(_young(people[uid], day) for uid, day in first.items()),
        women_or_youth=sum(_woman_or_young(people[uid], day) for uid, day in first.items()),
        bands=_bands(first, people),
        participations=len({(fact.member_uid, fact.sitting_uid) for fact in there}),
        sittings=len({sitting for sitting, _ in held}),
        sessions=len({session for _, session in held}),
        days=person_days(facts, heads),
        unnamed_days=headcount_days(heads),
        minutes=person_minutes(facts, heads),
        months=_months(first, people),
        visits=visits,
    )


def split(people: Iterable[Person]) -> Split:
    """Count people by sex; whoever said neither is `unsaid`."""
    counts = Counter(person.sex for person in people)
    women, men = counts[Sex.WOMAN], counts[Sex.MAN]
    return Split(women, men, counts.total() - women - men)


def _first_days(facts: Iterable[Fact]) -> dict[uuid.UUID, datetime.date]:
    """Return the first day each person was there in the period."""
    first: dict[uuid.UUID, datetime.date] = {}
    for fact in facts:
        first[fact.member_uid] = min(fact.day, first.get(fact.member_uid, fact.day))
    return first


def _young(person: Person, day: datetime.date) -> bool:
    return is_youth(person.birth_year, day)


def _woman_or_young(person: Person, day: datetime.date) -> bool:
    return person.sex == Sex.WOMAN or _young(person, day)


def _bands(
    first: Mapping[uuid.UUID, datetime.date], people: Mapping[uuid.UUID, Person]
) -> list[tuple[Band, Split]]:
    found: dict[Band, list[Person]] = {band: [] for band in BANDS}
    for uid, day in first.items():
        found[band_at(people[uid].birth_year, day)].append(people[uid])
    return [(band, split(inside)) for band, inside in found.items()]


def _months(
    first: Mapping[uuid.UUID, datetime.date], people: Mapping[uuid.UUID, Person]
) -> dict[datetime.date, Split]:
    found: dict[datetime.date, list[Person]] = {}
    for uid, day in first.items():
        found.setdefault(day.replace(day=1), []).append(people[uid])
    return {month: split(inside) for month, inside in sorted(found.items())}
