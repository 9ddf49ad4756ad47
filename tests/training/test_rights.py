"""Who may do what in the training room, seen from both sides of each door."""

import uuid
from collections.abc import Callable

import pytest

from kiosk.storage import transaction
from kiosk.training import queries, services
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.training.conftest import Course, fresh

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


@pytest.fixture
def word(people: People, course: Courses) -> Course:
    """A session with Awa in it, and a request from a phone."""
    made = course()
    made.enrol(*people(1))
    with transaction():
        services.ask_seat(made.training, "Fanta Keïta", "76123456")
    return made


def pages(word: Course) -> dict[str, set[str]]:
    """Every page of the room, and the roles that may open it."""
    session = f"/formations/{word.training.uid}"
    sitting = f"/seances/{word.sittings[0].uid}"
    request = f"/demandes/{queries.requests_of(word.training)[0].uid}"
    plans, marks = {"manager"}, {"manager", "trainer"}
    return {
        "/formations": marks, session: marks, f"{session}/feuille": marks, "/formations/cours": marks,
        "/formations/nouvelle": plans, "/formations/cours/nouveau": plans, f"{session}/modifier": plans,
        f"{session}/dates": plans, f"{session}/reporter": plans, f"{session}/annuler": plans,
        f"{session}/inscrire": plans, request: plans, f"{request}/nouvelle-carte": plans,
        f"{sitting}/presences": marks, f"{sitting}/arrivee": marks, f"{sitting}/sans-nom": marks,
        f"{sitting}/modifier": marks, f"{sitting}/annuler": plans,
    }  # fmt: skip


@pytest.mark.parametrize("role", ["manager", "trainer", "author"])
def test_each_role_opens_its_pages_and_no_other(kiosk: Machine, word: Course, role: str) -> None:
    client = kiosk.as_(role)
    found = {path: client.get(path).status_code for path in pages(word)}
    assert found == {path: 200 if role in roles else 403 for path, roles in pages(word).items()}


def test_a_stranger_is_sent_to_sign_in_from_every_staff_page(client: Client, word: Course) -> None:
    for path in pages(word):
        answer = client.get(path)
        assert answer.status_code == 303 and "/connexion" in answer.location


def test_a_trainer_marks_but_changes_neither_the_plan_nor_the_register(kiosk: Machine, word: Course) -> None:
    moussa = kiosk.as_("trainer")
    sheet = f"/seances/{word.sittings[0].uid}/presences"
    assert moussa.send(sheet, act="all").status_code == 303
    fresh()
    ((row,), place) = queries.sheet(word.sittings[0]), queries.places(word.training)[0][0]
    assert row.mark == "present"
    request = queries.requests_of(word.training)[0]
    refused = {
        f"/inscriptions/{place.enrolment.uid}/retirer": {},
        f"/formations/{word.training.uid}/inscrire": {"people": row.person.uid.hex},
        f"/formations/{word.training.uid}/annuler": {"reason": "x"},
        f"/formations/{word.training.uid}/supprimer": {},
        f"/demandes/{request.uid}": {"member": row.person.uid.hex},
        f"/demandes/{request.uid}/nouvelle-carte": {"given_name": "A", "family_name": "B", "sex": "F"},
        f"/formations/{word.training.uid}/inscrire/nouvelle-carte": {"given_name": "A", "sex": "F"},
        f"/seances/{word.sittings[0].uid}/arrivee/nouvelle-carte": {"given_name": "A", "sex": "F"},
        f"/seances/{word.sittings[0].uid}/enlever": {},
        "/formations/cours/nouveau": {"title": "Word"},
    }
    for path, fields in refused.items():
        assert moussa.send(path, form_at=sheet, **fields).status_code == 403, path
    fresh()
    assert queries.requests_of(word.training) and len(queries.places(word.training)[0]) == 1


def test_a_trainer_sees_no_request_and_no_button_that_would_refuse_him(kiosk: Machine, word: Course) -> None:
    html = kiosk.as_("trainer").get(f"/formations/{word.training.uid}").get_data(as_text=True)
    for hidden in (
        "Fanta",
        "Retirer",
        "Annuler la formation",
        "Inscrire des personnes",
        "Ajouter des séances",
    ):
        assert hidden not in html


def test_nothing_is_done_without_the_token_of_a_form(kiosk: Machine, word: Course) -> None:
    kadidia = kiosk.as_("manager")
    assert kadidia.post(f"/formations/{word.training.uid}/supprimer").status_code == 400
    assert kadidia.post(f"/seances/{word.sittings[0].uid}/presences", data={"act": "all"}).status_code == 400
    fresh()
    assert queries.sheet(word.sittings[0])[0].mark == ""
