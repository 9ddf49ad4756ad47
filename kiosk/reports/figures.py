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
from itertools import chain
from typing import NamedTuple

from kiosk.language import Message
from kiosk.members.ages import BANDS, Band, band_at, is_woman_or_youth, is_youth
from kiosk.members.figured import Person
from kiosk.members.vocabulary import Sex
from kiosk.training.figures import (
    Fact,
    Heads,
    estimated,
    headcount_days,
    once,
    time_spent,
)


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
class Named:
    """Distinct people under a name: of a domain, a trade, a campaign.

    `unnamed` participants were counted without a name: never added to people.
    `about`: somebody estimated them.
    """

    name: Message | str
    people: Split
    unnamed: int = 0
    about: bool = False


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
    `about`: somebody estimated a count that days and minutes are made of.
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
    about: bool = False


def indicators(
    facts: Sequence[Fact],
    heads: Sequence[Heads],
    people: Mapping[uuid.UUID, Person],
    visits: int = 0,
    bands: Sequence[Band] = BANDS,
) -> Indicators:
    """Work the indicators out; `people` maps every member of `facts`."""
    there = once(facts)
    alike = _alike(first_days(there), people)
    days, minutes = time_spent(there, heads)
    held = {one.sitting_uid: one.session_uid for one in chain[Fact | Heads](there, heads) if one.weight}
    return Indicators(
        people=_split(alike.items()),
        youth=sum(count for one, count in alike.items() if is_youth(one.birth_year, one.month)),
        women_or_youth=sum(count for one, count in alike.items() if one.is_target),
        bands=_bands(alike, _ages(there, people), bands),
        participations=len(there),
        sittings=len(held),
        sessions=len(set(held.values())),
        days=days,
        unnamed_days=headcount_days(heads),
        minutes=minutes,
        months=_months(alike, there),
        visits=visits,
        about=estimated(heads),
    )


class _Alike(NamedTuple):
    """What people who count alike share: the month is that of their first attendance."""

    sex: str
    birth_year: int | None
    month: datetime.date

    @property
    def is_target(self) -> bool:
        """Whether they are women or young people."""
        return is_woman_or_youth(self.sex, self.birth_year, self.month)


Alike = Mapping[_Alike, int]
Ages = Mapping[tuple[int | None, int], int]
"""How many, by birth year and year of the event."""


def _alike(first: Mapping[uuid.UUID, datetime.date], people: Mapping[uuid.UUID, Person]) -> Alike:
    """Count the people who count alike: a few hundred, however many people there are."""
    months = {day: day.replace(day=1) for day in set(first.values())}
    told = ((people[uid], months[day]) for uid, day in first.items())
    return Counter(_Alike(person.sex, person.birth_year, month) for person, month in told)


def _ages(facts: Iterable[Fact], people: Mapping[uuid.UUID, Person]) -> Ages:
    return Counter((people[fact.member_uid].birth_year, fact.day.year) for fact in facts)


def split(people: Iterable[Person]) -> Split:
    """Count people by sex; whoever said neither is `unsaid`."""
    return _by_sex(Counter(person.sex for person in people))


def first_days(facts: Iterable[Fact]) -> dict[uuid.UUID, datetime.date]:
    """Return the first day each person was there in the period."""
    first: dict[uuid.UUID, datetime.date] = {}
    for fact in facts:
        known = first.get(fact.member_uid)
        if known is None or fact.day < known:
            first[fact.member_uid] = fact.day
    return first


def _split(alike: Iterable[tuple[_Alike, int]]) -> Split:
    counts: Counter[str] = Counter()
    for one, count in alike:
        counts[one.sex] += count
    return _by_sex(counts)


def _by_sex(counts: Counter[str]) -> Split:
    women, men = counts[Sex.WOMAN], counts[Sex.MAN]
    return Split(women, men, counts.total() - women - men)


def _bands(alike: Alike, times: Ages, bands: Sequence[Band]) -> list[InBand]:
    inside: dict[Band, list[tuple[_Alike, int]]] = {band: [] for band in bands}
    for one, count in alike.items():
        inside[band_at(one.birth_year, one.month, bands)].append((one, count))
    came: Counter[Band] = Counter()
    for (born, year), count in times.items():
        came[band_at(born, datetime.date(year, 1, 1), bands)] += count
    return [InBand(band, _split(members), came[band]) for band, members in inside.items()]


def _months(alike: Alike, facts: Iterable[Fact]) -> dict[datetime.date, Split]:
    """Count newcomers by month; a month in which nobody came at all is absent, not nought."""
    days = {fact.day for fact in facts}
    found: dict[datetime.date, list[tuple[_Alike, int]]] = {day.replace(day=1): [] for day in days}
    for one, count in alike.items():
        found[one.month].append((one, count))
    return {month: _split(inside) for month, inside in sorted(found.items())}
