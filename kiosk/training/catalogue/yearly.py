"""The plan of a year: how many sessions of each course were meant, held, and which are late.

Planned is what the space typed, or the sessions written down where they are more.
Held is a session whose sheets are all entered. Late is said of a reader's day, and
changes nothing: a clock that jumps moves no session.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from kiosk.language import msg
from kiosk.storage import Refusal, derived_uid, session
from kiosk.training.catalogue.kinds import TRAINING
from kiosk.training.catalogue.models import Course, CoursePlan
from kiosk.training.counting import counted, standing, told
from kiosk.training.courses import in_order
from kiosk.training.models import SessionState, Sitting, TrainingSession

MOST = 500
_WAITS = (SessionState.PLANNED, SessionState.RUNNING, SessionState.POSTPONED)


@dataclass(frozen=True)
class Run:
    """One session of the year: its first day or its month, and the first day whose sheet waits."""

    uid: uuid.UUID
    course_uid: uuid.UUID | None
    title: str
    state: str
    rough_month: datetime.date | None
    first: datetime.date | None
    waits_since: datetime.date | None

    def is_late(self, today: datetime.date) -> bool:
        """Tell whether its day, or its whole month, is behind a reader of `today`."""
        if self.state not in _WAITS:
            return False
        if self.rough_month:
            return self.rough_month < today.replace(day=1)
        return bool(self.waits_since and self.waits_since < today)


@dataclass(frozen=True)
class Line:
    """One course of the plan; `course_uid` None gathers the sessions without a course."""

    course_uid: uuid.UUID | None
    title: str
    level: str
    domain: str
    meant: int
    runs: Sequence[Run]

    @property
    def planned(self) -> int:
        """How many sessions the year should see."""
        return max(self.meant, len(self.runs))

    @property
    def held(self) -> int:
        """How many took place, all their sheets entered."""
        return sum(run.state == SessionState.DONE for run in self.runs)

    @property
    def undated(self) -> int:
        """How many are meant and not written down yet."""
        return self.planned - len(self.runs)

    def late(self, today: datetime.date) -> list[Run]:
        """Return those that are behind."""
        return [run for run in self.runs if run.is_late(today)]


def year_plan(space_uid: uuid.UUID, year: int) -> list[Line]:
    """Return the courses of a year in the order of the catalogue (three statements).

    A course nobody planned is absent, unless it is in the catalogue.
    """
    meant = _meant(space_uid, year)
    runs: dict[uuid.UUID | None, list[Run]] = defaultdict(list)
    for row in session().execute(_runs(space_uid, year)):
        runs[row.course_uid].append(Run(*row))
    courses = [one for one in _courses(space_uid) if one.active or one.uid in runs or meant.get(one.uid)]
    lines = [
        Line(one.uid, one.title, one.level, one.domain, meant.get(one.uid, 0), runs.get(one.uid, []))
        for one in courses
    ]
    own = {one.uid for one in courses}
    others = [run for uid, some in runs.items() if uid not in own for run in some]
    return [*lines, Line(None, str(msg("Sans cours du catalogue")), "", "", 0, others)] if others else lines


def mean_to_hold(course: Course, year: int, planned: int) -> None:
    """Write down how many sessions of a course a year should see; 0 is none."""
    if not 0 <= planned <= MOST:
        raise Refusal(msg("Écrivez un nombre entre 0 et %(n)s.", n=MOST), field="planned")
    uid = derived_uid(f"plan.{year}", course.uid)
    row = session().get(CoursePlan, uid)
    if row is None:
        row = CoursePlan(uid=uid, space_uid=course.space_uid, course_uid=course.uid, year=year, planned=0)
        session().add(row)
    row.planned = planned
    session().flush()


def _meant(space_uid: uuid.UUID, year: int) -> dict[uuid.UUID, int]:
    mine = (CoursePlan.space_uid == space_uid, CoursePlan.year == year, CoursePlan.deleted_at.is_(None))
    rows = session().execute(select(CoursePlan.course_uid, CoursePlan.planned).where(*mine))
    return {row[0]: row[1] for row in rows}


def _courses(space_uid: uuid.UUID) -> list[Course]:
    kept = select(Course).where(Course.space_uid == space_uid, Course.deleted_at.is_(None))
    return in_order(session().scalars(kept))


def _runs(space_uid: uuid.UUID, year: int) -> Select:
    one, due = TrainingSession, (Sitting.session_uid == TrainingSession.uid, standing(Sitting))
    announced = select(func.min(Sitting.day)).where(
        Sitting.session_uid == one.uid, Sitting.deleted_at.is_(None)
    )
    first = func.coalesce(counted(select(func.min(Sitting.day)).where(*due), one), counted(announced, one))
    waits = counted(select(func.min(Sitting.day)).where(*due, Sitting.closed_at.is_(None)), one)
    when = func.coalesce(one.rough_month, first)
    inside = (when >= datetime.date(year, 1, 1), when <= datetime.date(year, 12, 31))
    columns = (one.uid, one.course_uid, one.title, told().label("state"), one.rough_month)
    known = (one.space_uid == space_uid, one.deleted_at.is_(None), one.state != SessionState.DRAFT)
    query = select(*columns, first.label("first"), waits.label("waits")).where(*known, *inside)
    return query.where(one.kind.in_(TRAINING)).order_by(when, one.title, one.uid)
