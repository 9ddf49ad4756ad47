"""Courses, the domains they belong to, and how many sessions a year should see."""

import uuid
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.storage import SpaceOwned, enum_column, list_column, reference


class SessionKind(StrEnum):
    """What a session is. Which kinds are training is said once, in `catalogue.kinds`."""

    COURSE = "course"
    WORKSHOP = "workshop"
    ACTION = "action"
    DEBATE = "debate"
    CONSULTATION = "consultation"
    EXCHANGE = "exchange"
    MEETING = "meeting"


class Course(SpaceOwned):
    """A course of the space's own catalogue; `seeded` ones were there from the first day.

    `theme` is the key of a domain; older rows have its name in `domain`. `languages`
    are codes. `objectives` and `checklist` are lines, `modules` lines of [title,
    half-days, objective] in order, `kind` what a session of it is. None of these
    four: the seeded one where there is one, so that a former kiosk has them too.
    """

    __tablename__ = "course"

    title: Mapped[str]
    domain: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    hours: Mapped[int | None]
    seeded: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    theme: Mapped[str] = mapped_column(default="")
    kind: Mapped[SessionKind | None] = enum_column(SessionKind)
    languages: Mapped[list[str] | None] = list_column()
    objectives: Mapped[list[str] | None] = list_column()
    checklist: Mapped[list[str] | None] = list_column()
    modules: Mapped[list[list[str | int]] | None] = list_column()


class Theme(SpaceOwned):
    """A domain as a space names it. `key` is the same word everywhere; put away, never deleted.

    Those that come with the software have no row until a space changes them.
    """

    __tablename__ = "theme"
    __natural__ = ("theme.{key}", "space_uid")

    key: Mapped[str]
    label: Mapped[str]
    label_bm: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class CoursePlan(SpaceOwned):
    """How many sessions of a course a space means to hold in a year."""

    __tablename__ = "course_plan"
    __natural__ = ("plan.{year}", "course_uid")

    course_uid: Mapped[uuid.UUID] = reference("course.uid")
    year: Mapped[int]
    planned: Mapped[int]
