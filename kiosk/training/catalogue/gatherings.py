"""Debates, consultations, meetings: who came and who spoke, counted beside training.

One gathering counts a person once, whatever its sittings; people without a name
count as the fullest sitting saw them, and so do those who spoke. What a sitting
weighs says nothing here: it weighs days of training.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from kiosk.members import queries as members
from kiosk.members.ages import BANDS, YOUTH
from kiosk.storage import session
from kiosk.training.catalogue.kinds import is_training
from kiosk.training.catalogue.seeds import theme_of
from kiosk.training.counting import counted, standing
from kiosk.training.figures import Fact, Heads
from kiosk.training.models import Course, Mark, Sitting, TrainingSession

People = Mapping[uuid.UUID, tuple[str, int | None]]
_THERE = (Mark.PRESENT, Mark.LATE, Mark.PARTIAL)
_FROM, _TO = YOUTH
_YOUNG = {one.key for one in BANDS if one.first and one.last and one.first >= _FROM and one.last <= _TO}


@dataclass(frozen=True)
class Spoken:
    """How many people took the floor; None where nobody counted."""

    all: int | None = None
    women: int | None = None
    youth: int | None = None


@dataclass(frozen=True)
class Trait:
    """What a session is, for figures: its kind, the key of its domain, its campaign's tag, who spoke.

    `posts` publications were made at its sittings by those who came; None where nobody counted.
    """

    kind: str
    theme: str
    campaign: str
    national_actor: bool
    spoke: Spoken = Spoken()
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
    spoke: Spoken = Spoken()
    about: bool = False

    @property
    def total(self) -> int:
        """Everybody."""
        return self.women + self.men + self.unsaid


def came(facts: Iterable[Fact], heads: Iterable[Heads], people: People, spoke: Spoken = Spoken()) -> Came:
    """Count who came to one session; `facts` are said of persons, whom `people` knows."""
    first: dict[uuid.UUID, datetime.date] = {}
    for fact in facts:
        if fact.mark in _THERE:
            first[fact.member_uid] = min(fact.day, first.get(fact.member_uid, fact.day))
    counted = list(heads)
    fullest = fullest_of(counted)
    sexes = [people.get(uid, ("unsaid", None))[0] for uid in first]
    by_sex = {sex: sexes.count(sex) + _of(fullest, sex) for sex in ("F", "M")}
    all_of_them = len(sexes) + sum(fullest.values())
    young = sum(members.is_youth(people.get(uid, ("", None))[1], day) for uid, day in first.items())
    young += sum(count for (_, band, _), count in fullest.items() if band in _YOUNG)
    about = any(head.about and head.count for head in counted)
    return Came(by_sex["F"], by_sex["M"], all_of_them - sum(by_sex.values()), young, spoke, about)


def fullest_of(heads: Iterable[Heads]) -> dict[tuple[str, str, str], int]:
    """Return people without a name of one session by (sex, age band, trade), at its fullest sitting."""
    found: dict[tuple[str, str, str], int] = {}
    for head in heads:
        key = (head.sex, head.band, head.profession)
        found[key] = max(head.count, found.get(key, 0))
    return found


def _of(fullest: Mapping[tuple[str, str, str], int], sex: str) -> int:
    return sum(count for (one, *_), count in fullest.items() if one == sex)


def came_to(trait: Trait, facts: Sequence[Fact], heads: Sequence[Heads]) -> Came:
    """Count who came to one session, from its answers said of persons."""
    people = members.sexes_and_years({fact.member_uid for fact in facts})
    return came(facts, heads, people, trait.spoke)


def traits(sessions: Iterable[uuid.UUID]) -> dict[uuid.UUID, Trait]:
    """Return what each session is, who spoke as the sitting that counted most says, what all published.

    One statement.
    """
    one, due = TrainingSession, (Sitting.session_uid == TrainingSession.uid, standing(Sitting))
    most = [func.max(column) for column in (Sitting.spoke, Sitting.spoke_women, Sitting.spoke_youth)]
    told = [counted(select(figure).where(*due), one) for figure in (*most, func.sum(Sitting.posts))]
    query = select(one.uid, one.kind, one.theme, one.campaign, one.national_actor, Course, *told)
    query = query.outerjoin(Course, Course.uid == one.course_uid).where(one.uid.in_(sessions))
    return {row[0]: _trait(row) for row in session().execute(query)}


def _trait(row: Any) -> Trait:
    _, kind, theme, campaign, actor, course, *spoke, posts = row
    theme = theme or (theme_of(course) if course else "")
    return Trait(str(kind), theme, campaign, actor, Spoken(*spoke), None if posts is None else int(posts))
