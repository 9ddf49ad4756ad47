"""Person-days, person-hours and distinct people: sums made of marks, never stored.

Pure functions over facts, the same at a kiosk and at the centre. Days are whole
numbers of hundredths (2350 is 23.5 days), hours are whole minutes.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kiosk.training.models import Mark, SittingState

HALF_DAY, FULL_DAY = 50, 100
HALF_DAY_MINUTES = 240
_HALVES: Mapping[str, int] = {Mark.PRESENT: 2, Mark.LATE: 2, Mark.PARTIAL: 1}


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer at one sitting that took place.

    `weight` is what the sitting counted (hundredths of a day), `minutes` how long
    this person was there. `member_uid` may be replaced by the uid of a person
    known under several numbers before the facts are summed.
    """

    member_uid: uuid.UUID
    day: datetime.date
    weight: int
    mark: str
    minutes: int
    sitting_uid: uuid.UUID
    session_uid: uuid.UUID
    project_uid: uuid.UUID | None
    space_uid: uuid.UUID


@dataclass(frozen=True)
class Heads:
    """People counted without a name at one sitting, for one sex, age band and trade ("": not said).

    `about` where the count is an estimate.
    """

    sex: str
    band: str
    count: int
    day: datetime.date
    weight: int
    minutes: int
    sitting_uid: uuid.UUID
    session_uid: uuid.UUID
    project_uid: uuid.UUID | None
    space_uid: uuid.UUID
    profession: str = ""
    about: bool = False


def default_weight(minutes: int) -> int:
    """Return what a sitting of that length counts: half a day up to four hours, a day beyond."""
    return HALF_DAY if minutes <= HALF_DAY_MINUTES else FULL_DAY


def counted_weight(state: str, weight: int, confirmed: int | None) -> int:
    """Return what a sitting counted in the end: nothing cancelled, what was confirmed when cut short."""
    if state == SittingState.CANCELLED:
        return 0
    return (confirmed or 0) if state == SittingState.INTERRUPTED else weight


def stayed(mark: str, recorded: int | None, minutes: int, share: tuple[int, int]) -> int:
    """Return how many minutes a person was there.

    What someone wrote wins; else the whole sitting, or half of it for a partial
    mark. `share` is (counted, whole) weight: an interrupted sitting lasted less.
    """
    if not _HALVES.get(mark):
        return 0
    if recorded is not None:
        return recorded
    counted, whole = share
    lasted = minutes * counted // whole if whole else 0
    return lasted * _HALVES[mark] // 2


def attended(fact: Fact) -> bool:
    """Tell whether the person was there, at a sitting that counts."""
    return fact.mark in _HALVES and fact.weight > 0


def _worth(fact: Fact) -> int:
    return fact.weight * _HALVES[fact.mark] // 2


def once(facts: Iterable[Fact]) -> list[Fact]:
    """Keep one presence a person and sitting, the longest: someone known under two numbers was there once."""
    best: dict[tuple[int, int], Fact] = {}
    for fact in facts:
        if fact.weight > 0 and fact.mark in _HALVES:
            # The whole number of an id is told apart far faster than the id: a report asks often.
            key = (fact.member_uid.int, fact.sitting_uid.int)
            other = best.get(key)
            if other is None or (_worth(fact), fact.minutes) > (_worth(other), other.minutes):
                best[key] = fact
    return list(best.values())


def days_by_person(facts: Iterable[Fact]) -> dict[uuid.UUID, int]:
    """Return hundredths of days by person, at most one day per person and date."""
    people: dict[uuid.UUID, int] = defaultdict(int)
    for (person, _), worth in _by_date(once(facts)).items():
        people[person] += worth
    return dict(people)


def _by_date(there: Iterable[Fact]) -> dict[tuple[uuid.UUID, datetime.date], int]:
    dates: dict[tuple[uuid.UUID, datetime.date], int] = {}
    for fact in there:
        key = (fact.member_uid, fact.day)
        dates[key] = min(dates.get(key, 0) + _worth(fact), FULL_DAY)
    return dates


def time_spent(there: Sequence[Fact], heads: Sequence[Heads] = ()) -> tuple[int, int]:
    """Return hundredths of person-days and minutes of presences that are told once (see `once`)."""
    unnamed = sum(head.count * head.minutes for head in heads if head.weight)
    days = sum(_by_date(there).values()) + headcount_days(heads)
    return days, sum(fact.minutes for fact in there) + unnamed


def share_by_person(facts: Iterable[Fact], whole: int) -> dict[uuid.UUID, int]:
    """Return how much of a session of `whole` hundredths of days each person followed, in whole percent.

    Weights count, not the limit of one day a date: half of each half-day is half.
    """
    worth: dict[uuid.UUID, int] = defaultdict(int)
    for fact in once(facts):
        worth[fact.member_uid] += _worth(fact)
    return {person: min(100 * done // whole, 100) if whole else 0 for person, done in worth.items()}


def headcount_days(heads: Iterable[Heads]) -> int:
    """Return hundredths of days of people without a name.

    Nobody knows who came back after lunch: on one date a session never gives
    more days than the fullest count it saw in a sex, age band and trade.
    """
    worth: dict[tuple[uuid.UUID, datetime.date, str, str, str], int] = defaultdict(int)
    fullest: dict[tuple[uuid.UUID, datetime.date, str, str, str], int] = defaultdict(int)
    for head in heads:
        key = (head.session_uid, head.day, head.sex, head.band, head.profession)
        worth[key] += head.count * head.weight
        fullest[key] = max(fullest[key], head.count)
    return sum(min(days, fullest[key] * FULL_DAY) for key, days in worth.items())


def estimated(heads: Iterable[Heads]) -> bool:
    """Tell whether days and hours that these people enter are only about right: a count was an estimate."""
    return any(head.about and head.count and head.weight for head in heads)


def person_days(facts: Iterable[Fact], heads: Iterable[Heads] = ()) -> int:
    """Return person-days in hundredths: people with a name, and those only counted."""
    return time_spent(once(facts), list(heads))[0]


def person_minutes(facts: Iterable[Fact], heads: Iterable[Heads] = ()) -> int:
    """Return the minutes spent in training by all those people."""
    return time_spent(once(facts), list(heads))[1]


def trained(facts: Iterable[Fact]) -> set[uuid.UUID]:
    """Return the distinct people who were there at least once; people without a name are none."""
    return {fact.member_uid for fact in facts if attended(fact)}


def as_days(hundredths: int) -> Decimal:
    """Return days for `fmt.number`: 2350 gives 23.5."""
    return Decimal(hundredths) / FULL_DAY
