"""What the tests of attestations have in common: making them, reading them."""

import datetime
import uuid

from kiosk.paper.attestations import draw
from kiosk.storage import transaction
from kiosk.training import services
from kiosk.training.attestations import issuing, paper, reading
from kiosk.training.attestations.models import Attested, Certificate
from tests.paper.recording import Read
from tests.training.conftest import Course, fresh

SIGNED = issuing.Signed("Kadidia Sissoko", datetime.date(2026, 12, 12))
BOTH = tuple(Attested)


def attest(course: Course, *kinds: Attested) -> list[Certificate]:
    with transaction():
        return issuing.attest(services.find_session(course.training.uid), kinds or BOTH, SIGNED)


def lines(course: Course) -> dict[str, tuple[int, str]]:
    fresh()
    found = reading.followed(services.find_session(course.training.uid))
    return {one.person.name.split()[0]: (one.rate, str(one.kind)) for one in found}


def leaf(certificate: Certificate, course: Course) -> Read:
    book = Read("", "fr")
    draw(book, paper.batch(course.training, [certificate], lambda number: f"http://kiosque.local/{number}"))
    assert not book.outside()
    return book


def home(course: Course) -> str:
    return f"/formations/{course.training.uid}/attestations"


def lines_uid(course: Course, name: str) -> uuid.UUID:
    found = reading.followed(services.find_session(course.training.uid))
    return next(one.person.uid for one in found if one.person.name.startswith(name))
