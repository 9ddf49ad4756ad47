"""The staff's pages: each is fetched and inspected, each act is done by a form and taken back."""

import re
import uuid
from collections.abc import Callable

import pytest

from kiosk.storage import transaction
from kiosk.training import queries, services
from kiosk.training.models import SessionState
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.training.conftest import TUESDAY, Course

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]
SESSION_PAGES = ("", "/modifier", "/dates", "/reporter", "/annuler", "/inscrire", "/feuille")
SITTING_PAGES = ("/presences", "/arrivee", "/sans-nom", "/modifier", "/annuler")


@pytest.fixture
def manager(as_: Callable[[str], Client]) -> Client:
    """Kadidia's phone."""
    return as_("manager")


@pytest.fixture
def trainer(as_: Callable[[str], Client]) -> Client:
    """Moussa's phone."""
    return as_("trainer")


@pytest.fixture
def full(people: People, course: Courses) -> Course:
    """Two days of half-days, three seats, five people, one sheet entered."""
    excel = course(days=2, halves=2, seats=3, place="Salle 1", trainer_name="F. B.", trainer_sex="F")
    excel.enrol(*people(5))
    excel.close(excel.sittings[0])
    return excel


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


def test_every_page_of_a_session_stands(manager: Client, full: Course) -> None:
    for page in SESSION_PAGES:
        assert manager.get(f"/formations/{full.training.uid}{page}").status_code == 200
    for sitting in full.sittings[:2]:
        for page in SITTING_PAGES:
            assert manager.get(f"/seances/{sitting.uid}{page}").status_code == 200
    for path in ("/formations", "/formations?terminees=1", "/formations?q=inter", "/formations/nouvelle"):
        assert manager.get(path).status_code == 200


def test_an_empty_kiosk_says_what_to_do(manager: Client, kiosk: Machine) -> None:
    for path in ("/formations", "/formations?terminees=1", "/formations/cours"):
        assert "Aucune" in text(manager, path) or "vide" in text(manager, path)
