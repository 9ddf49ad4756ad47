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
    """What a session is, for figures: its kind, the key of its domain, its campaign's tag, who spoke."""

    kind: str
    theme: str
    campaign: str
    national_actor: bool
    spoke: Spoken = Spoken()

    @property
    def trains(self) -> bool:
        """Tell whether it makes people trained and person-days."""
        return is_training(self.kind)


@dataclass(frozen=True)
class Came:
    """Who came to one gathering, by sex; `youth` of them; who spoke."""

    women: int = 0
    men: int = 0
    unsaid: int = 0
    youth: int = 0
    spoke: Spoken = Spoken()

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
    fullest: dict[tuple[str, str], int] = {}
    for head in heads:
        fullest[head.sex, head.band] = max(head.count, fullest.get((head.sex, head.band), 0))
    sexes = [people.get(uid, ("unsaid", None))[0] for uid in first]
    by_sex = {sex: sexes.count(sex) + _of(fullest, sex) for sex in ("F", "M")}
    all_of_them = len(sexes) + sum(fullest.values())
    young = sum(members.is_youth(people.get(uid, ("", None))[1], day) for uid, day in first.items())
    young += sum(count for (_, band), count in fullest.items() if band in _YOUNG)
    return Came(by_sex["F"], by_sex["M"], all_of_them - sum(by_sex.values()), young, spoke)


def _of(fullest: Mapping[tuple[str, str], int], sex: str) -> int:
    return sum(count for (one, _), count in fullest.items() if one == sex)


def came_to(training: TrainingSession, facts: Sequence[Fact], heads: Sequence[Heads]) -> Came:
    """Count who came to a session, from its answers said of persons."""
    people = members.sexes_and_years({fact.member_uid for fact in facts})
    return came(facts, heads, people, traits({training.uid})[training.uid].spoke)


def traits(sessions: Iterable[uuid.UUID]) -> dict[uuid.UUID, Trait]:
    """Return what each session is, and who spoke as the sitting that counted most says (one statement)."""
    one, due = TrainingSession, (Sitting.session_uid == TrainingSession.uid, standing(Sitting))
    columns = (Sitting.spoke, Sitting.spoke_women, Sitting.spoke_youth)
    most = [counted(select(func.max(column)).where(*due), one) for column in columns]
    query = select(one.uid, one.kind, one.theme, one.campaign, one.national_actor, Course, *most)
    query = query.outerjoin(Course, Course.uid == one.course_uid).where(one.uid.in_(sessions))
    return {row[0]: _trait(row) for row in session().execute(query)}


def _trait(row: Any) -> Trait:
    _, kind, theme, campaign, actor, course, *spoke = row
    return Trait(str(kind), theme or (theme_of(course) if course else ""), campaign, actor, Spoken(*spoke))
