"""The year itself: days, people, bad luck, and then a good link for everybody."""

import datetime
import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.central import compaction, merge
from kiosk.storage import SCHEMA, Refusal, clock
from kiosk.sync.line import Answer
from kiosk.sync.trouble import Trouble
from tests.soak.fleet import Centre, Letter, Post, bind, blank, made, opened
from tests.soak.luck import Road

FIRST = datetime.date(2027, 1, 4)
DAY_MS = 86_400_000
ROUNDS = 20
SILENT_DAYS = 20
"""How long the centre's log waits for a kiosk: some are silent longer, and get everything."""
JUMPS = (0, DAY_MS, -2 * 365 * DAY_MS, 70 * 365 * DAY_MS, -55 * 365 * DAY_MS)


@dataclass(frozen=True)
class Plan:
    """How many kiosks and days, and about how many acts a kiosk and day."""

    kiosks: int
    days: int
    seed: int
    acts: int = 4


class Year:
    """A network whose clock is ours. `met` counts the mishaps."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder, self.plan, self.chance = folder, plan, random.Random(plan.seed)
        self.met: Counter[str] = Counter()
        self.every: set[bytes] = set()
        self.rows: set[uuid.UUID] = set()
        self.anew: dict[bytes, uuid.UUID] = {}
        self.late: list[tuple[int, Road, Letter]] = []
        self.copies, self.day = 0, 0
        self.now = int(datetime.datetime.combine(FIRST, datetime.time(8), datetime.UTC).timestamp() * 1000)
        merge.SCHEMA = SCHEMA
        self.at(0)
        self.centre = Centre(folder / "centre")
        card = blank(folder / "card", "kiosk")
        card.close()
        self.posts = [self.new(card.data, number) for number in range(plan.kiosks)]

    def new(self, card: Path, number: int) -> Post:
        code = "K" + chr(65 + number // 26) + chr(65 + number % 26)
        post = made(card, self.folder / code, code, self.road(), random.Random(self.chance.random()))
        self.rows |= post.settle() | bind(post, self.centre)
        self.every |= post.ops
        return post

    def road(self) -> Road:
        road = Road(
            lambda: self.centre.machine.app, random.Random(self.chance.random()), lambda _letter: None
        )
        road._keep = lambda letter: self.late.append((self.day + self.chance.randrange(1, 20), road, letter))
        return road

    def at(self, offset: int) -> None:
        """Set the clock that the code reads."""
        clock.now_ms = lambda: max(self.now + offset, 0)

    def path(self, word: str) -> Path:
        self.copies += 1
        return self.folder / f"{word}-{self.copies}"

    def happens(self, word: str, once_in: float) -> bool:
        found = self.chance.random() < 1 / once_in
        self.met[word] += found
        return found

    def run(self, tell: Callable[[int], None] = lambda _day: None) -> None:
        """Live the days."""
        for day in range(self.plan.days):
            self.day = day
            self.centre_day()
            for post in list(self.posts):
                self.kiosk_day(post)
            self.now += DAY_MS
            tell(day)

    def centre_day(self) -> None:
        self.at(0)
        due = [one for one in self.late if one[0] <= self.day]
        self.late = [one for one in self.late if one[0] > self.day]
        for _, road, letter in due:
            road.deliver(letter)
        self.met["commits that went"] += compaction.lighten(self.centre.machine.store, SILENT_DAYS)
        if self.happens("backup of the centre", 15) or self.day == 2:
            self.centre.back_up(self.path("centre"))
        elif self.happens("centre put back", 1 if self.day == self.plan.days * 2 // 3 else 120):
            self.centre.put_back()
            for post in self.posts:
                post.look()

    def kiosk_day(self, post: Post) -> None:
        self.mishaps(post)
        self.now += self.chance.randrange(1, 60_000)
        self.at(post.offset)
        self.live(post)
        if self.happens("no link for days", 40):
            post.silent_until = self.day + self.chance.randrange(3, 40)
        if self.day >= post.silent_until and self.chance.random() < 0.6:
            self.exchange(post)

    def live(self, post: Post) -> None:
        today, daily = FIRST + datetime.timedelta(days=self.day), post.daily
        before = post.seq()
        acts = [
            (daily.visit, 50),
            (daily.register, 20),
            (daily.correct, 15),
            (daily.sheet, 12),
            (daily.plan, 3),
        ]
        for act in self.chance.choices(
            *zip(*acts, strict=True), k=self.chance.randrange(2 * self.plan.acts + 1)
        ):
            self.now += self.chance.randrange(1, 600_000) // (self.plan.kiosks + 1)
            self.at(post.offset)
            try:
                with post.machine.writing():
                    act(today)
            except Refusal:
                # A kiosk that lives in 1970 takes a visit of today for one to come.
                self.met["refused to a person"] += 1
        self.rows |= post.note(before)
        self.every |= post.ops

    def exchange(self, post: Post) -> None:
        try:
            with self.kiosk_time(post):
                post.exchange()
            self.centre.held |= post.ops
        except Trouble as trouble:
            self.met[f"trouble: {trouble.code}"] += 1
        finally:
            self.anew |= post.said_anew()

    @contextmanager
    def kiosk_time(self, post: Post) -> Iterator[None]:
        """The centre keeps its own time while a kiosk talks to it."""
        deliver = post.road.deliver

        def at_the_centre(letter: Letter) -> Answer:
            self.at(0)
            try:
                return deliver(letter)
            finally:
                self.at(post.offset)

        post.road.deliver = at_the_centre  # type: ignore[method-assign]
        self.at(post.offset)
        try:
            yield
        finally:
            post.road.deliver = deliver  # type: ignore[method-assign]
            self.at(0)

    def mishaps(self, post: Post) -> None:
        self.at(post.offset)
        if self.happens("process lost", 30):
            post.restart()
        if self.happens("backup", 25):
            post.back_up(self.path("image"))
        elif post.images and self.happens("backup put back", 90):
            post.put_back(self.chance.choice(post.images[-3:]), self.chance.random() < 0.5)
        elif len(self.posts) < self.plan.kiosks + 3 and self.happens("card copied", 40 * self.plan.kiosks):
            self.copy(post)
        if self.happens("clock jumped", 60):
            post.offset = self.chance.choice(JUMPS)

    def copy(self, post: Post) -> None:
        post.back_up(self.path("copy"))
        data, ops = post.images.pop()
        twin = Post(opened(data), post.code, self.road(), post.daily, set(ops), post.offset)
        self.posts.append(twin)

    def rest(self) -> int:
        """A good link for everybody: return the rounds until nobody has anything to say."""
        for _, road, letter in self.late:
            road.deliver(letter)
        for round_no in range(1, ROUNDS + 1):
            moved = 0
            for post in self.posts:
                post.road.is_good = True
                with self.kiosk_time(post):
                    moved += post.exchange()
                self.anew |= post.said_anew()
                self.centre.held |= post.ops
            if not moved:
                return round_no
        raise AssertionError("I6: a kiosk never comes to rest")

    def close(self) -> None:
        for machine in (self.centre.machine, *(post.machine for post in self.posts)):
            machine.close()
