"""The staff's pages: each is fetched and inspected, each act is done by a form and taken back."""

import re
import uuid
from collections.abc import Callable

from kiosk.storage import transaction
from kiosk.training.models import SessionState
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.training.conftest import Course, text, undo_of

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]
SESSION_PAGES = ("", "/modifier", "/dates", "/reporter", "/annuler", "/inscrire", "/feuille")
SITTING_PAGES = ("/presences", "/arrivee", "/sans-nom", "/modifier", "/annuler")


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


def test_the_catalogue_is_added_to_corrected_put_away_and_brought_back(manager: Client) -> None:
    kind = {"kind": "course", "theme": "office"}
    answer = manager.send("/formations/cours/nouveau", title="Saisie rapide", hours="6", **kind)
    assert answer.status_code == 303
    html = manager.get("/formations/cours").get_data(as_text=True)
    found = re.search(r'href="(/formations/cours/[0-9a-f-]{36})"', html)
    assert found
    corrected = manager.send(f"{found[1]}/modifier", title="Saisie au clavier", hours="8", **kind)
    assert corrected.status_code == 303
    assert "Saisie au clavier" in text(manager, "/formations/cours")
    manager.send(f"{found[1]}/ranger", form_at=found[1])
    back = undo_of(manager, "/formations/cours")
    assert "Saisie" not in text(manager, "/formations/cours")
    manager.send(back, form_at="/formations/cours/nouveau")
    assert "Saisie au clavier" in text(manager, "/formations/cours")


def test_the_sheet_prints_who_teaches_a_box_per_half_day_and_its_number(
    manager: Client, full: Course
) -> None:
    shown = text(manager, f"/formations/{full.training.uid}/feuille")
    for words in ("Formatrice : F. B.", "COULIBALY Awa", f"F-NIO-{full.training.code}-", "mar. 24 nov."):
        assert words.replace(" :", "\u00a0:") in shown or words in shown
    one = text(manager, f"/formations/{full.training.uid}/feuille?seance={full.sittings[1].uid}")
    assert "2 sur 4" in one and "15:00" in one and "18:00" in one
    assert f"F-NIO-{full.training.code}" in text(manager, f"/formations/{full.training.uid}/feuille?seance=x")


def test_a_session_is_found_by_the_number_on_its_sheet(manager: Client, full: Course) -> None:
    number = re.search(r"F-NIO-\w{6}-\w", text(manager, f"/formations/{full.training.uid}/feuille"))
    assert number
    assert "Internet sur le téléphone" in text(manager, f"/formations?q={number[0].lower()}")


def test_forty_people_and_a_list_of_sessions_cost_few_statements(
    trainer: Client, people: People, course: Courses, statements: Callable[..., object]
) -> None:
    big = course()
    big.enrol(*people(40))
    trainer.get("/formations")
    uid = big.sittings[0].uid
    signing_in = 1
    with statements(3 + signing_in):  # type: ignore[attr-defined]
        trainer.get(f"/seances/{uid}/presences")
    with statements(2 + signing_in):  # type: ignore[attr-defined]
        trainer.get("/formations")


def test_a_session_keeps_its_state_word_when_a_newer_release_invents_one(
    manager: Client, course: Courses
) -> None:
    word = course()
    with transaction():
        word.training.state = "archived"  # type: ignore[assignment]
        word.training.audience = "elders"  # type: ignore[assignment]
    assert "archived" in text(manager, f"/formations/{word.training.uid}")
    assert word.training.state not in set(SessionState)
