"""The public programme on a phone without account: dates, seats, what is put off."""

import datetime
import uuid
from collections.abc import Callable, Iterator

import pytest

from kiosk.storage import clock, transaction
from kiosk.training import services
from kiosk.training.routes import pace
from tests.support.pages import Client
from tests.training.conftest import Course, text

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


@pytest.fixture(autouse=True)
def _unhurried() -> Iterator[None]:
    pace.forget()
    yield
    pace.forget()


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(clock, "now_ms", lambda: int(noon.timestamp() * 1000))


def test_a_stranger_reads_days_hours_and_free_seats(client: Client, people: People, course: Courses) -> None:
    excel = course(days=2, seats=5, title="Excel", language="fr")
    excel.enrol(*people(1))
    shown = text(client, "/programme")
    for words in ("Mardi 24 novembre", "Excel", "09:00", "en français", "4 places libres", "Je m’inscris"):
        assert words in shown
    assert shown.count("Je m’inscris") == 1
    assert "Mercredi 25 novembre" in text(client, f"/programme/{excel.training.uid}")


def test_public_pages_show_no_name_and_no_phone(client: Client, people: People, course: Courses) -> None:
    excel = course(trainer_name="Moussa Diarra", notes="Le numéro de la clé est 4417")
    excel.enrol(*people(3))
    path = f"/programme/{excel.training.uid}/inscription"
    client.send(path, name="Fanta Keïta", phone="66778899")
    pages = ("/programme", "/programme?quand=plus-tard", f"/programme/{excel.training.uid}")
    for page in pages:
        shown = text(client, page)
        for secret in ("Coulibaly", "Diarra", "Sissoko", "Fanta", "66", "4417", "NIO-"):
            assert secret not in shown


def test_full_put_off_moved_and_cancelled_are_said_with_their_reason(
    client: Client, people: People, course: Courses
) -> None:
    full, moved, off, waiting = (
        course(seats=1),
        course(title="Word"),
        course(title="Access"),
        course(title="Son"),
    )
    full.enrol(*people(3))
    with transaction():
        services.move_to(moved.training, datetime.date(2026, 12, 5), "Groupe en panne")
        services.cancel(off.training, "La salle est prise")
        services.put_off(waiting.training, "Pluie", datetime.date(2027, 1, 1))
    shown = text(client, "/programme")
    for words in (
        "Complet · 2 en attente", "Attendre une place", "Reportée au 5 décembre", "Groupe en panne",
        "Annulée", "La salle est prise", "Reportée", "Pluie",
    ):  # fmt: skip
        assert words in shown
    later = text(client, "/programme?quand=plus-tard")
    assert "Samedi 5 décembre" in later and "Son" in later
    assert "Cette formation est annulée" in text(client, f"/programme/{off.training.uid}")
    assert "Au lieu du 24 novembre" in text(client, f"/programme/{moved.training.uid}")


def test_an_enrolled_member_sees_the_banner_of_a_cancelled_session(client: Client, course: Courses) -> None:
    off = course()
    with transaction():
        services.cancel(off.training, "La formatrice est malade")
    shown = text(client, f"/programme/{off.training.uid}")
    assert "La formatrice est malade" in shown and "Je m’inscris" not in shown


def test_an_empty_programme_says_where_to_look(client: Client) -> None:
    assert "Aucune formation cette semaine" in text(client, "/programme")
    assert "Rien n’est encore prévu" in text(client, "/programme?quand=plus-tard")


def test_the_programme_is_served_from_memory_until_something_changes(
    client: Client, course: Courses, statements: Callable[..., object]
) -> None:
    excel = course()
    client.get("/programme")
    with statements(1):  # type: ignore[attr-defined]
        again = client.get("/programme")
    assert again.headers["ETag"]
    assert client.get("/programme", headers={"If-None-Match": again.headers["ETag"]}).status_code == 304
    with transaction():
        services.cancel(excel.training, "Fête")
    assert "Fête" in text(client, "/programme")


def test_the_programme_speaks_bambara_with_french_marked(client: Client, course: Courses) -> None:
    course(title="Excel")
    html = client.get("/programme", headers={"Accept-Language": "bm"}).get_data(as_text=True)
    assert '<html lang="bm"' in html and 'lang="fr"' in html
