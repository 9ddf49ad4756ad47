"""Counting the register: people by sex and by age band, unknowns never dropped."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from kiosk.members.ages import BANDS, Band, band_at, is_woman_or_youth
from kiosk.members.models import Member
from kiosk.members.vocabulary import Sex
from kiosk.storage import session


@dataclass(frozen=True)
class Traits:
    """What figures need to know of a person, and nothing more."""

    sex: Sex
    birth_year: int | None


@dataclass(frozen=True)
class Tally:
    """How many people, by sex and by band; unknowns are counted, never dropped.

    `by_band` maps each band of the scheme, in order, to counts by sex.
    """

    total: int
    women: int
    men: int
    unsaid: int
    women_or_youth: int
    by_band: Mapping[Band, Mapping[str, int]]


def tally(on: datetime.date, space_uid: uuid.UUID | None = None, bands: Sequence[Band] = BANDS) -> Tally:
    """Count the register by sex and by age on a day, in one statement."""
    query = select(Member.sex, Member.birth_year, func.count()).where(Member.deleted_at.is_(None))
    if space_uid is not None:
        query = query.where(Member.space_uid == space_uid)
    rows = session().execute(query.group_by(Member.sex, Member.birth_year))
    return tally_of(((Traits(sex, year), count) for sex, year, count in rows), on, bands)


def tally_of(people: Iterable[tuple[Traits, int]], on: datetime.date, bands: Sequence[Band] = BANDS) -> Tally:
    """Count people given as (traits, how many), with ages on a day."""
    sexes: Counter[str] = Counter()
    by_band: dict[Band, Counter[str]] = {band: Counter() for band in bands}
    target = 0
    for traits, count in people:
        sex = traits.sex if traits.sex in (Sex.WOMAN, Sex.MAN) else Sex.UNSAID
        sexes[sex] += count
        by_band[band_at(traits.birth_year, on, bands)][sex] += count
        target += count * is_woman_or_youth(sex, traits.birth_year, on)
    return Tally(sexes.total(), sexes[Sex.WOMAN], sexes[Sex.MAN], sexes[Sex.UNSAID], target, by_band)
