"""A year of training in one space: courses, sessions, enrolments, sheets entered (all but one)."""

import datetime
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from deploy.example.directory import VOICES, YOUTH
from deploy.example.names import FAMILIES, GROUPS, MEN, WOMEN, Profile
from deploy.example.people import drawn
from kiosk.members.models import Member
from kiosk.partners import queries as partners
from kiosk.training import asking, courses, enrolling, marking, planning, sittings, stages
from kiosk.training.catalogue.models import SessionKind
from kiosk.training.catalogue.seeds import seed_uid
from kiosk.training.courses import Outline
from kiosk.training.finding import sittings_of
from kiosk.training.marking import Answer
from kiosk.training.models import Audience, Mark, Sitting, SittingState, TrainingSession
from kiosk.training.planning import HalfDay, Plan, Rhythm
from kiosk.training.services import count_heads

HALF, WHOLE = 240, 420
OWN_COURSES = (
    Outline(
        "Prendre la parole en public",
        "Citoyenneté",
        "Tous",
        "Préparer et dire une intervention.",
        8,
        theme="citizenship",
        languages=("bm", "fr"),
        objectives=("Dire son idée en une phrase.", "Répondre sans se fâcher."),
        modules=(("Préparer", 1, "Trois arguments."), ("Dire", 2, "Parler debout, sans papier.")),
    ),
    Outline("Photo et son au téléphone", "Médias", "Débutants", "Faire une image nette et un son clair.", 6),
)
MARKS = ((Mark.PRESENT, 79), (Mark.LATE, 8), (Mark.ABSENT, 9), (Mark.EXCUSED, 4))
CUT_SHORT = 0.05
CALLED_OFF = 0.03
SPOKE = (11, 5, 4)
"""Who took the floor at the debate: all, women, young people."""
GOVERNANCE = "governance"
HEADS = {("F", "15-19"): 6, ("F", "20-24"): 5, ("M", "15-19"): 4, ("M", "25-29"): 3}


@dataclass(frozen=True)
class Theme:
    """What a session of the year is about: a course, how many sittings, for whom."""

    title: str
    course: str
    sittings: int
    minutes: int = HALF
    audience: Audience = Audience.EVERYONE
    outreach: bool = False
    kind: SessionKind = SessionKind.COURSE


THEMES = (
    Theme("Word : écrire une demande", "word", 6),
    Theme("Internet pour débuter", "internet", 4, audience=Audience.WOMEN),
    Theme("Formation-action : la propreté du marché", "action", 2, WHOLE, kind=SessionKind.ACTION),
    Theme("Excel : tenir une caisse", "excel", 6),
    Theme("Vérifier une nouvelle avant de partager", "citizenship", 3, audience=Audience.YOUTH),
    Theme("Prendre la parole en public", "Prendre la parole en public", 4, audience=Audience.WOMEN),
    Theme("Photo et son au téléphone", "Photo et son au téléphone", 3, audience=Audience.YOUTH),
    Theme("Les comptes de la coopérative", "excel", 4, audience=Audience.GROUP),
    Theme("Internet au village", "internet", 2, outreach=True),
    Theme("Access : ranger des fiches", "access", 5),
    Theme("L’eau du puits : qui décide ?", "", 1, kind=SessionKind.DEBATE),
    Theme("Protéger son téléphone", "citizenship", 2, audience=Audience.GIRLS),
    Theme("Excel : suivre un budget", "excel", 6),
)


@dataclass
class Term:
    """Everything a year of lessons needs to know."""

    space: uuid.UUID
    profile: Profile
    trainer: uuid.UUID
    people: Sequence[Member]
    chance: random.Random
    today: datetime.date

    def at(self, days: int) -> datetime.date:
        """The day so many days from today, moved off a Sunday."""
        day = self.today + datetime.timedelta(days=days)
        return day + datetime.timedelta(days=1) if day.isoweekday() == 7 else day


def teach(term: Term) -> list[TrainingSession]:
    """Hold the sessions of the year: most are over, one runs today, the last ones are to come."""
    courses.seed_courses(term.space)
    own = {outline.title: courses.add_course(term.space, outline).uid for outline in OWN_COURSES}
    shift = term.chance.randrange(len(THEMES))
    themes = [THEMES[(shift + n) % len(THEMES)] for n in range(term.profile.sessions)]
    past = len(themes) - 4
    made = [_past(term, own, theme, -350 + n * (330 // past)) for n, theme in enumerate(themes[:past])]
    made.append(_running(term, own, themes[past]))
    made += _to_come(term, own, themes[past + 1 :])
    return made


def _plan(
    term: Term, own: dict[str, uuid.UUID], theme: Theme, first: int, rhythm: Rhythm, seats: int
) -> TrainingSession:
    profile = term.profile
    room = profile.rooms[0][0]
    village = term.chance.choice(profile.villages)[0]
    plan = Plan(
        theme.title,
        own.get(theme.course) or (seed_uid(theme.course, term.space) if theme.course else None),
        place=f"École de {village}" if theme.outreach else room,
        outreach=theme.outreach,
        audience=theme.audience,
        group_name=GROUPS[1] if theme.audience == Audience.GROUP else "",
        language="fr" if theme.course == "access" else term.chance.choice(("bm", "fr")),
        seats=seats,
        trainer_uid=term.trainer,
        trainer_name=profile.trainer,
        project_uid=_project(theme),
        kind=theme.kind,
        theme="" if theme.course else GOVERNANCE,
    )
    start = term.today + datetime.timedelta(days=first) if rhythm == Rhythm.DAILY else term.at(first)
    days = planning.days_from(start, theme.sittings, rhythm)
    return planning.plan_session(term.space, plan, [HalfDay(day, "09:00", theme.minutes) for day in days])


def _project(theme: Theme) -> uuid.UUID | None:
    """Sessions for women and youth count for one project, citizenship for the other, the rest for none."""
    codes = {project.code: project.uid for project in partners.projects()}
    if theme.audience != Audience.EVERYONE:
        return codes.get(YOUTH)
    return codes.get(VOICES) if theme.course in ("action", "citizenship") else None


def _enrol(term: Term, training: TrainingSession, count: int, before: datetime.date) -> None:
    fitting = [one for one in term.people if one.registered_on <= before and _suits(one, training)]
    chosen = term.chance.sample(fitting, min(count, len(fitting)))
    enrolling.enrol(training, [one.uid for one in chosen])


def _suits(member: Member, training: TrainingSession) -> bool:
    if training.audience in (Audience.WOMEN, Audience.GIRLS):
        return member.sex == "F"
    youngest = member.registered_on.year - 30
    return training.audience != Audience.YOUTH or (member.birth_year or 0) > youngest


def _past(term: Term, own: dict[str, uuid.UUID], theme: Theme, first: int) -> TrainingSession:
    training = _plan(term, own, theme, first, Rhythm.WORKDAYS, term.profile.rooms[0][1])
    # The first sessions of a new space are small: few people are in its register yet.
    _enrol(term, training, term.chance.randrange(9, 17), max(term.at(first), term.people[11].registered_on))
    for sitting in sittings_of(training):
        _hold(term, sitting, sure=theme.kind == SessionKind.DEBATE)
    took_place = [one for one in sittings_of(training) if one.state != SittingState.CANCELLED]
    for sitting in took_place[:1]:
        _count(sitting, theme)
    return training


def _count(sitting: Sitting, theme: Theme) -> None:
    """Count who came without a name, away from the space and at a debate, and who spoke there."""
    if theme.outreach or theme.kind == SessionKind.DEBATE:
        count_heads(sitting, HEADS)
    if theme.kind == SessionKind.DEBATE:
        sittings.note_spoken(sitting, *SPOKE)


def _hold(term: Term, sitting: Sitting, sure: bool) -> None:
    fate = 1.0 if sure else term.chance.random()
    if fate < CALLED_OFF:
        sittings.cancel_sitting(sitting, "Coupure de courant toute la journée.")
        return
    marking.close_sheet(sitting, _answers(term, sitting), sitting.day)
    if fate < CALLED_OFF + CUT_SHORT:
        sittings.interrupt(sitting, sitting.weight // 2)


def _answers(term: Term, sitting: Sitting) -> dict[uuid.UUID, Answer]:
    # Ids are random: the order of names keeps the year the same each time it is made.
    seated = marking.on_sheet(sitting)
    listed = [one.uid for one in term.people if one.uid in seated]
    return {member: Answer(Mark(drawn(term.chance, MARKS))) for member in listed}


def _running(term: Term, own: dict[str, uuid.UUID], theme: Theme) -> TrainingSession:
    """One session goes on today: its first sheet is entered, yesterday's still waits."""
    long_enough = replace(theme, sittings=max(theme.sittings, 4))
    training = _plan(term, own, long_enough, -2, Rhythm.DAILY, term.profile.rooms[0][1])
    _enrol(term, training, 14, term.today)
    first = sittings_of(training)[0]
    marking.close_sheet(first, _answers(term, first), first.day)
    return training


def _to_come(term: Term, own: dict[str, uuid.UUID], themes: Sequence[Theme]) -> list[TrainingSession]:
    """One session is full with people waiting, one takes requests, one is put off."""
    full = _plan(term, own, themes[0], 5, Rhythm.WORKDAYS, 12)
    _enrol(term, full, 15, term.today)
    open_one = _plan(term, own, themes[1], 12, Rhythm.WEEKLY, 16)
    _enrol(term, open_one, 6, term.today)
    for _ in range(3):
        phone = f"76{term.chance.randrange(10**6):06d}"
        asking.ask_seat(open_one, f"{term.chance.choice(WOMEN + MEN)} {term.chance.choice(FAMILIES)}", phone)
    late = _plan(term, own, themes[2], 20, Rhythm.WORKDAYS, 16)
    _enrol(term, late, 5, term.today)
    stages.put_off(late, "Le formateur est en mission à Kayes.", term.at(45))
    return [full, open_one, late]
