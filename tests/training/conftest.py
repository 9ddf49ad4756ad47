"""A register, sessions and sittings to test with: Nioro's, in November 2026."""

import datetime
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from kiosk.members import services as members
from kiosk.places import queries as places
from kiosk.storage import session, transaction
from kiosk.training import queries, services
from kiosk.training.models import Course as Taught
from kiosk.training.models import Mark, Sitting, TrainingSession
from tests.support.pages import Client

TUESDAY = datetime.date(2026, 11, 24)
NAMES = (
    "Awa Coulibaly", "Mahamadou Diarra", "Kadiatou Sissoko", "Bakary Traoré", "Hawa Diawara",
    "Sékou Cissé", "Nana Kanté", "Modibo Keïta", "Assitan Sidibé", "Boubou Soumaré", "Sira Tounkara",
    "Oumar Yattara",
)  # fmt: skip


@pytest.fixture
def space(in_kiosk: Session) -> uuid.UUID:
    """Nioro."""
    found = places.here_uid()
    assert found
    return found


@pytest.fixture
def people(in_kiosk: Session, space: uuid.UUID) -> Callable[..., list[uuid.UUID]]:
    """`people(12)` registers twelve members and returns their uids, Awa first."""

    def make(count: int) -> list[uuid.UUID]:
        made = []
        with transaction():
            for at in range(count):
                given, _, family = NAMES[at % len(NAMES)].partition(" ")
                sex = "F" if at % 2 == 0 else "M"
                again = f" {at // len(NAMES) + 1}" if at >= len(NAMES) else ""
                made.append(
                    members.register(space, given_name=given + again, family_name=family, sex=sex).uid
                )
        return made

    return make


@dataclass
class Course:
    """A session under test, with shortcuts in the words of a trainer; every act is a transaction."""

    training: TrainingSession

    @property
    def sittings(self) -> list[Sitting]:
        return services.sittings_of(self.training)

    def enrol(self, *people: uuid.UUID) -> services.Entry:
        with transaction():
            return services.enrol(self.training, people)

    def mark(self, sitting: Sitting, **by_mark: list[uuid.UUID]) -> None:
        """`mark(sitting, present=[awa], absent=[sekou])`."""
        answers = {one: services.Answer(Mark(word)) for word, many in by_mark.items() for one in many}
        with transaction():
            services.mark(sitting, answers)

    def close(self, sitting: Sitting, day: datetime.date | None = None) -> int:
        with transaction():
            return services.close_sheet(sitting, {}, day or sitting.day)


@pytest.fixture
def course(in_kiosk: Session, space: uuid.UUID) -> Callable[..., Course]:
    """`course(days=2, halves=2, seats=10)` plans a session of half-days from Tuesday on."""

    def make(days: int = 1, halves: int = 1, minutes: int = 180, **plan: object) -> Course:
        hours = ("09:00", "15:00")[:halves]
        dates = services.days_from(TUESDAY, days, services.Rhythm.DAILY)
        due = [services.HalfDay(day, hour, minutes) for day in dates for hour in hours]
        with transaction():
            wanted = services.Plan(**{"title": "Internet sur le téléphone", **plan})
            return Course(services.plan_session(space, wanted, due))

    return make


@pytest.fixture
def seeded(space: uuid.UUID) -> dict[str, Taught]:
    """The first courses of the space, by title and level."""
    with transaction():
        services.seed_courses(space)
    return {f"{one.title} {one.level}": one for one in queries.courses(space)}


def fresh() -> None:
    """Forget what this session read, to see what a page wrote."""
    session().rollback()
    session().expire_all()


@pytest.fixture
def manager(as_: Callable[[str], Client]) -> Client:
    """Kadidia's phone."""
    return as_("manager")


@pytest.fixture
def trainer(as_: Callable[[str], Client]) -> Client:
    """Moussa's phone."""
    return as_("trainer")


@pytest.fixture
def full(people: Callable[..., list[uuid.UUID]], course: Callable[..., Course]) -> Course:
    """Two days of half-days, three seats, five people, one sheet entered."""
    excel = course(days=2, halves=2, seats=3, place="Salle 1", trainer_name="F. B.", trainer_sex="F")
    excel.enrol(*people(5))
    excel.close(excel.sittings[0])
    return excel


@pytest.fixture
def ended(people: Callable[..., list[uuid.UUID]], course: Callable[..., Course]) -> Course:
    """Five half-days of Internet: Awa came to all, Mahamadou to four, Kadiatou to one, Bakary to none."""
    made = course(days=5, place="Salle 1", trainer_name="Fatou Bagayoko", trainer_sex="F")
    awa, mahamadou, kadiatou, bakary = people(4)
    made.enrol(awa, mahamadou, kadiatou, bakary)
    for at, sitting in enumerate(made.sittings):
        there = [awa, *([mahamadou] if at else []), *([kadiatou] if at == 2 else [])]
        made.mark(sitting, present=there)
        made.close(sitting)
    return made


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def undo_of(client: Client, path: str) -> str:
    """The address that the « Annuler » of the notice on a page posts to."""
    html = client.get(path).get_data(as_text=True)
    notice = html[html.index('class="notices"') :]
    found = re.search(r'<form[^>]*action="([^"]+)"', notice)
    assert found, "nothing to take back"
    return found[1].replace("&amp;", "&")
