"""Indicators: pure sums over facts, the same at a kiosk and at the centre.

Distinct people are counted by person: `member_uid` of a fact already stands for
all the cards of one (see `members.links`). The age of a person trained is the one
she had at her first attendance in the period; the age of a participation is the
one at that very sitting. Person-days are hundredths of a day.
"""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.members.ages import BANDS, Band, band_at, is_woman_or_youth, is_youth
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


@dataclass(frozen=True)
class InBand:
    """One age band: distinct people by sex, and participations at that age."""

    band: Band
    people: Split
    participations: int


@dataclass(frozen=True)
class Indicators:
    """The figures of one space, or of all, over a period.

    `people` are distinct; `participations` count one person at one sitting;
    `days` hundredths of a person-day, of which `unnamed_days` by people counted
    without a name; `minutes` of presence; `months` the people by the month of
    their first attendance in the period, without the months in which nobody came.
    """

    people: Split
    youth: int
    women_or_youth: int
    bands: Sequence[InBand]
    participations: int
    sittings: int
    sessions: int
    days: int
    unnamed_days: int
    minutes: int
    months: Mapping[datetime.date, Split]
    visits: int = 0


def indicators(
    facts: Sequence[Fact],
    heads: Sequence[Heads],
    people: Mapping[uuid.UUID, Person],
    visits: int = 0,
    bands: Sequence[Band] = BANDS,
) -> Indicators:
    """Work the indicators out; `people` maps every member of `facts`."""
    there = _once(fact for fact in facts if attended(fact))
    first = _first_days(there)
    held = {(one.sitting_uid, one.session_uid) for one in there}
    held |= {(one.sitting_uid, one.session_uid) for one in heads if one.weight}
    return Indicators(
        people=split(people[uid] for uid in first),
        youth=sum(is_youth(people[uid].birth_year, day) for uid, day in first.items()),
        women_or_youth=sum(_is_target(people[uid], day) for uid, day in first.items()),
        bands=_bands(first, there, people, bands),
        participations=len(there),
        sittings=len({sitting for sitting, _ in held}),
        sessions=len({session for _, session in held}),
        days=person_days(facts, heads),
        unnamed_days=headcount_days(heads),
        minutes=person_minutes(facts, heads),
        months=_months(first, there, people),
        visits=visits,
    )


def split(people: Iterable[Person]) -> Split:
    """Count people by sex; whoever said neither is `unsaid`."""
    counts = Counter(person.sex for person in people)
    women, men = counts[Sex.WOMAN], counts[Sex.MAN]
    return Split(women, men, counts.total() - women - men)


def _once(facts: Iterable[Fact]) -> list[Fact]:
    """Keep one fact a person and sitting."""
    return list({(fact.member_uid, fact.sitting_uid): fact for fact in facts}.values())


def _first_days(facts: Iterable[Fact]) -> dict[uuid.UUID, datetime.date]:
    """Return the first day each person was there in the period."""
    first: dict[uuid.UUID, datetime.date] = {}
    for fact in facts:
        first[fact.member_uid] = min(fact.day, first.get(fact.member_uid, fact.day))
    return first


def _is_target(person: Person, day: datetime.date) -> bool:
    return is_woman_or_youth(person.sex, person.birth_year, day)


def _bands(
    first: Mapping[uuid.UUID, datetime.date],
    facts: Iterable[Fact],
    people: Mapping[uuid.UUID, Person],
    bands: Sequence[Band],
) -> list[InBand]:
    inside: dict[Band, list[Person]] = {band: [] for band in bands}
    for uid, day in first.items():
        inside[band_at(people[uid].birth_year, day, bands)].append(people[uid])
    times = Counter(band_at(people[fact.member_uid].birth_year, fact.day, bands) for fact in facts)
    return [InBand(band, split(members), times[band]) for band, members in inside.items()]


def _months(
    first: Mapping[uuid.UUID, datetime.date], facts: Iterable[Fact], people: Mapping[uuid.UUID, Person]
) -> dict[datetime.date, Split]:
    """Count newcomers by month; a month in which nobody came at all is absent, not nought."""
    found: dict[datetime.date, list[Person]] = {fact.day.replace(day=1): [] for fact in facts}
    for uid, day in first.items():
        found[day.replace(day=1)].append(people[uid])
    return {month: split(inside) for month, inside in sorted(found.items())}
