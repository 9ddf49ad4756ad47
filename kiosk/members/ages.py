"""Ages from a birth year, and the age bands of reports.

A band's label and its limits come from one table of first ages, so that they
cannot disagree. An age is always taken at the date of the event, never today;
a year alone is known, so the age is the one reached in the course of that year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kiosk.language import Message, msg
from kiosk.members.vocabulary import Sex

STANDARD = (15, 20, 25, 30, 36)
YOUTH = (15, 35)
"""First and last age of youth (African Youth Charter)."""
OLDEST = 120


@dataclass(frozen=True)
class Band:
    """Ages `first` to `last` inclusive; None is no limit. `key` is stable, for storage and addresses."""

    key: str
    first: int | None
    last: int | None
    label: Message

    def holds(self, age: int) -> bool:
        """Tell whether a known age falls in the band."""
        return (self.first is None or age >= self.first) and (self.last is None or age <= self.last)


UNKNOWN = Band("unknown", None, None, msg("âge inconnu"))


def bands_from(first_ages: Sequence[int]) -> tuple[Band, ...]:
    """Return the bands that begin at these ages, the open ones at both ends, unknown last.

    Raises ValueError unless the ages grow strictly and are positive.
    """
    starts = list(first_ages)
    if not starts or starts[0] <= 0 or any(low >= high for low, high in pairwise(starts)):
        raise ValueError(f"first ages must grow: {starts}")
    below = Band(f"0-{starts[0] - 1}", None, starts[0] - 1, msg("moins de %(n)s ans", n=starts[0]))
    between = [_between(low, high - 1) for low, high in pairwise(starts)]
    above = Band(f"{starts[-1]}-", starts[-1], None, msg("%(n)s ans et plus", n=starts[-1]))
    return (below, *between, above, UNKNOWN)


def _between(first: int, last: int) -> Band:
    return Band(f"{first}-{last}", first, last, msg("%(first)s à %(last)s ans", first=first, last=last))


BANDS = bands_from(STANDARD)


def age_at(birth_year: int | None, day: date) -> int | None:
    """Return the age reached in the year of `day`, None where it is unknown or makes no sense."""
    if birth_year is None:
        return None
    age = day.year - birth_year
    return age if 0 <= age <= OLDEST else None


def band_at(birth_year: int | None, day: date, bands: Sequence[Band] = BANDS) -> Band:
    """Return the band of a person at the date of an event."""
    age = age_at(birth_year, day)
    if age is None:
        return UNKNOWN
    return next((band for band in bands if band is not UNKNOWN and band.holds(age)), UNKNOWN)


def is_youth(birth_year: int | None, day: date, limits: tuple[int, int] = YOUTH) -> bool:
    """Tell whether the person counts as young at that date; an unknown age does not."""
    age = age_at(birth_year, day)
    return age is not None and limits[0] <= age <= limits[1]


def is_woman_or_youth(sex: str, birth_year: int | None, day: date) -> bool:
    """Tell whether the person belongs to « femmes ou jeunes »; nobody counts twice."""
    return sex == Sex.WOMAN or is_youth(birth_year, day)
