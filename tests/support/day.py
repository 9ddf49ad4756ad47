"""A day of a space, change by change, as a fixed sample: what a kiosk sends in the evening.

The mix of a year measured once: of a hundred changes about fifty marks, ten new people
with what they agree to, ten visits, nine enrolments, eight corrections, a new session.
Minutes pass between them, so that clocks and ids look as they do in a space.
"""

import datetime
import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from deploy.example import arrivals, people
from deploy.example.names import PROFILES, Profile
from kiosk.desk import services as desk
from kiosk.members.models import Member
from kiosk.places import services as places
from kiosk.storage import clock, session
from kiosk.sync import exchange, outbox
from kiosk.sync.link import Link
from kiosk.sync.messages import Request
from kiosk.training import services as training
from kiosk.training.models import Mark, TrainingSession
from tests.support.machines import Machine

START = datetime.datetime(2027, 3, 1, 8, 0, tzinfo=datetime.UTC)
TITLES = ("Internet sur le téléphone", "Écrire une lettre", "Premiers pas à l’ordinateur", "Photo et son")


@dataclass
class Watch:
    """The time that the code reads while a sample is made."""

    ms: int


@contextmanager
def hands(at: datetime.datetime) -> Iterator[Watch]:
    """Let the code's clock stand at a moment, moved by hand."""
    watch, real = Watch(int(at.timestamp() * 1000)), clock.now_ms
    clock.now_ms = lambda: watch.ms
    try:
        yield watch
    finally:
        clock.now_ms = real


@dataclass
class Space:
    """A kiosk and its people; `seed` makes the same days again, from `at` on.

    A kiosk that meets a centre lives now: one that comes from the future is put right.
    """

    kiosk: Machine
    seed: str
    code: str = "NIO"
    at: datetime.datetime = START
    members: list[uuid.UUID] = field(default_factory=list)
    lessons: list[uuid.UUID] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.days = 0
        self.chance, self.uid = random.Random(self.seed), places.space_uid(self.code)

    @property
    def profile(self) -> Profile:
        return PROFILES[self.code]

    def before(self, count: int = 80) -> None:
        """What was there before the day: people and two sessions with their sittings."""
        with hands(self.at - datetime.timedelta(days=20)) as now:
            for _ in range(count):
                self.register(now)
            for title in TITLES[:2]:
                self.plan(now, title, self.at.date(), seats=26)
                self.enrol(now, self.lessons[-1], self.members[:26])

    def day(self) -> None:
        """About a hundred changes."""
        with hands(self.at + datetime.timedelta(days=self.days)) as now:
            for lesson in self.lessons[:2]:
                self.sheet(now, lesson)
            self.days += 1
            for _ in range(10):
                self.register(now)
                self.visit(now)
            for uid in self.chance.sample(self.members, 8):
                self.correct(now, uid)
            self.plan(now, TITLES[2], self.at.date() + datetime.timedelta(days=7), seats=12)
            self.enrol(now, self.lessons[-1], self.members[-9:])

    def pushed(self, play: bool = True, most: int = 1_000_000) -> Request:
        """Play the day, and return the push of its first `most` changes, written by position."""
        with self.kiosk.open() as current:
            before = outbox.me(current.connection()).seq
        if play:
            self.day()
        else:
            before = 0
        with self.kiosk.open() as current:
            connection = current.connection()
            wide = Link(batch=10**7, change_size=10**7 / most)
            asked = exchange.build(connection, wide, "0.1.0", 0, before)
            asked = replace(asked, cursor="1.1234.a6c7014a", settled=before, epoch=1, limit=500)
            places = outbox.created(connection, asked.rows, asked.first)
        return replace(asked, version=2, reads=2, places=places)

    # --- what people do ------------------------------------------------------------

    def pass_(self, now: Watch, least: int = 20, most: int = 240) -> None:
        now.ms += self.chance.randrange(least * 1000, most * 1000)

    def register(self, now: Watch) -> None:
        self.pass_(now)
        with self.kiosk.writing("manager"):
            one: Member = people._one(self.uid, self.profile, self.chance, clock.today())
            self.members.append(one.uid)

    def plan(self, now: Watch, title: str, day: datetime.date, seats: int) -> None:
        self.pass_(now)
        with self.kiosk.writing("manager"):
            halves = [training.HalfDay(day, starts, 240) for starts in ("09:00", "15:00")]
            planned = training.plan_session(self.uid, training.Plan(title=title, seats=seats), halves)
            session().flush()
            self.lessons.append(planned.uid)

    def enrol(self, now: Watch, lesson: uuid.UUID, who: Sequence[uuid.UUID]) -> None:
        for uid in who:
            self.pass_(now, 5, 40)
            with self.kiosk.writing("manager"):
                training.enrol(session().get_one(TrainingSession, lesson), [uid])

    def sheet(self, now: Watch, lesson: uuid.UUID) -> None:
        self.pass_(now)
        with self.kiosk.writing("manager"):
            sitting = training.sittings_of(session().get_one(TrainingSession, lesson))[self.days]
            marks = self.chance.choices((Mark.PRESENT, Mark.ABSENT, Mark.LATE), (85, 12, 3), k=26)
            answers = {uid: training.Answer(mark) for uid, mark in zip(self.members[:26], marks, strict=True)}
            training.close_sheet(sitting, answers, sitting.day)

    def visit(self, now: Watch) -> None:
        self.pass_(now)
        with self.kiosk.writing("manager"):
            some = [session().get_one(Member, uid) for uid in self.chance.sample(self.members, 3)]
            desk.note_visit(self.uid, arrivals._arrival(some, self.chance, clock.today()))

    def correct(self, now: Watch, uid: uuid.UUID) -> None:
        self.pass_(now)
        with self.kiosk.writing("manager"):
            member = session().get_one(Member, uid)
            if self.chance.random() < 0.5:
                member.phone = people._phone(self.chance)
            else:
                member.village = self.chance.choice(self.profile.villages)[0]
