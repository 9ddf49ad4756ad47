"""The counter in the browser: two touches, undo, the notebook, and who may."""

import datetime
import re
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from werkzeug.test import TestResponse

from kiosk.desk import queries
from tests.desk.conftest import FRIDAY, NBSP, SATURDAY, THIN
from tests.support.machines import Machine
from tests.support.pages import Client

Statements = Callable[[int], AbstractContextManager[list[str]]]
LATER = "/visites/autre-jour"


@pytest.fixture
def kadidia(kiosk: Machine) -> Client:
    """The manager's phone."""
    return kiosk.as_("manager")


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def total(kiosk: Machine, nioro: uuid.UUID, wanted: datetime.date = SATURDAY) -> int:
    with kiosk.open():
        found = queries.days(nioro, wanted, wanted).get(wanted)
    return found.total if found else 0


def undo_of(page: str) -> str:
    """The address that « Annuler » posts to."""
    found = re.search(r'action="([^"]+)"[^<]*<input[^>]+>[^<]*<button[^>]*>(?:<svg.*?</svg>)?Annuler', page)
    assert found, page
    return found[1].replace("&amp;", "&")


def press(client: Client, path: str) -> TestResponse:
    """Press a button, then see the page it leads to."""
    answer = client.post(path, data={"csrf_token": client.token("/plus")})
    assert answer.status_code == 303
    return client.get(answer.location)


def test_two_touches_note_a_visit_at_this_hour(kadidia: Client, kiosk: Machine, nioro: uuid.UUID) -> None:
    answer = kadidia.send("/visites", family="communicate", sex="F")
    assert (answer.status_code, answer.location) == (303, "/visites")
    page = text(kadidia.get("/visites"))
    assert "La visite est notée." in page
    assert f"Une femme · 15{NBSP}h" in page
    assert total(kiosk, nioro) == 1


def test_the_day_of_a_visit_is_the_machine_s_and_not_the_form_s(
    kadidia: Client, kiosk: Machine, nioro: uuid.UUID
) -> None:
    """A field nobody shows changes nothing."""
    kadidia.send("/visites", family="learn", sex="M", day="2026-12-25", count="50")
    assert total(kiosk, nioro) == 1


def test_undo_takes_the_visit_back(kadidia: Client, kiosk: Machine, nioro: uuid.UUID) -> None:
    kadidia.send("/visites", family="learn", sex="M")
    page = text(press(kadidia, undo_of(text(kadidia.get("/visites")))))
    assert "La visite est effacée." in page
    assert total(kiosk, nioro) == 0


def test_a_line_erased_by_mistake_comes_back(kadidia: Client, kiosk: Machine, nioro: uuid.UUID) -> None:
    kadidia.send("/visites", family="learn", sex="M")
    (path,) = re.findall(r'action="(/visites/[^"]+/effacer[^"]*)"', text(kadidia.get("/visites")))
    page = text(press(kadidia, path))
    assert total(kiosk, nioro) == 0
    assert "La visite est remise." in text(press(kadidia, undo_of(page)))
    assert total(kiosk, nioro) == 1


def test_two_hundred_visits_of_a_notebook_are_undone_at_once(
    kadidia: Client, kiosk: Machine, nioro: uuid.UUID
) -> None:
    """The address of « Annuler » stays short, whatever the number: it travels in a cookie."""
    kadidia.send(LATER, day="20/11/2026", family="learn", sex="F", count="200")
    assert total(kiosk, nioro, FRIDAY) == 200
    page = text(kadidia.get("/visites?jour=2026-11-20"))
    assert "200 visites sont notées." in page
    undo = undo_of(page)
    assert len(undo) < 120
    assert "200 visites sont effacées." in text(press(kadidia, undo))
    assert total(kiosk, nioro, FRIDAY) == 0


def test_a_choice_that_is_missing_is_asked_for_and_the_other_one_stays(kadidia: Client) -> None:
    answer = kadidia.send("/visites", family="share")
    assert answer.status_code == 422
    assert "Choisissez une réponse." in text(answer)
    assert re.search(r'value="share" checked', text(answer))
    assert "Choisissez un service." in text(kadidia.send("/visites", sex="F"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "22/11/2026"}, "Ce jour n’est pas encore venu."),
        ({"day": "01/01/1950"}, "Ce jour est trop ancien."),
        ({"day": "31/02/2026"}, "Cette date n’existe pas."),
        ({"day": "hier"}, "Cette date n’existe pas."),
        ({"day": ""}, "Écrivez le jour, par exemple 21/11/2026."),
        ({"count": "0"}, "Notez entre 1 et 200 personnes à la fois."),
        ({"count": "100000"}, "Notez entre 1 et 200 personnes à la fois."),
        ({"family": "<script>alert(1)</script>"}, ""),
        ({"sex": "F' OR 1=1 --"}, ""),
        ({"day": "\x00\u202e20/11/2026" + "9" * 10_000}, "Cette date n’existe pas."),
    ],
)
def test_a_notebook_line_that_makes_no_sense_is_said_in_words_and_writes_nothing(
    kadidia: Client, kiosk: Machine, nioro: uuid.UUID, fields: dict[str, str], words: str
) -> None:
    answer = kadidia.send(
        LATER, **{"day": "20/11/2026", "family": "learn", "sex": "F", "count": "2"} | fields
    )
    assert answer.status_code == 422
    assert words in text(answer)
    assert "<script>alert" not in text(answer)
    assert total(kiosk, nioro, FRIDAY) == total(kiosk, nioro) == 0


def test_a_past_day_shows_its_own_visits_and_a_way_to_add_to_it(kadidia: Client) -> None:
    kadidia.send(LATER, day="2026-11-20", family="guide", sex="unsaid", count="3")
    page = text(kadidia.get("/visites?jour=2026-11-20"))
    assert "vendredi 20 novembre 2026" in page
    assert "Noter des visites de ce jour" in page
    assert f"Qui vient d’entrer{THIN}?" not in page
    assert 'href="/visites/autre-jour?jour=2026-11-20"' in page
    assert 'value="2026-11-20"' in text(kadidia.get("/visites/autre-jour?jour=2026-11-20"))


@pytest.mark.parametrize("day", ["demain", "2026-11-22", "0001-01-01", "9999-12-31", "2026-13-45", "%00"])
def test_an_impossible_day_in_the_address_is_today(kadidia: Client, day: str) -> None:
    answer = kadidia.get(f"/visites?jour={day}")
    assert answer.status_code == 200
    assert "samedi 21 novembre 2026" in text(answer)


def test_a_day_without_anybody_says_what_to_do(kadidia: Client) -> None:
    assert "Touchez un bouton à chaque entrée." in text(kadidia.get("/visites"))


def test_a_wrong_clock_is_said_before_a_visit_is_noted(kiosk: Machine, at: Callable[[str], None]) -> None:
    at("2001-01-01 08:00")
    assert "La date de la machine est fausse." in text(kiosk.as_("manager").get("/visites"))


def test_the_page_asks_the_database_little_whatever_the_number_of_visits(
    kadidia: Client, statements: Statements
) -> None:
    kadidia.send(LATER, day="2026-11-21", family="learn", sex="F", count="150")
    kadidia.get("/visites")
    with statements(20) as asked:
        page = kadidia.get("/visites")
    assert "Page 1 sur 13" in text(page)
    assert len([one for one in asked if " visit" in one]) == 3


@pytest.mark.parametrize("role", ["author"])
@pytest.mark.parametrize("path", ["/visites", LATER, "/aujourdhui"])
def test_who_does_not_receive_people_is_refused(kiosk: Machine, role: str, path: str) -> None:
    assert kiosk.as_(role).get(path).status_code == 403


@pytest.mark.parametrize("path", ["/visites", LATER, "/aujourdhui"])
def test_a_stranger_is_asked_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/connexion?suite=")


def test_a_stranger_writes_nothing(client: Client, kiosk: Machine, nioro: uuid.UUID) -> None:
    client.inspecting = False
    made = f"/visites/{uuid.uuid4()}"
    for path in ("/visites", LATER, f"{made}/annuler", f"{made}/effacer", f"{made}/remettre"):
        assert client.post(path, data={"family": "learn", "sex": "F"}).status_code in (303, 400)
    assert total(kiosk, nioro) == 0


def test_an_author_writes_no_visit_even_with_a_good_token(kiosk: Machine, nioro: uuid.UUID) -> None:
    fanta = kiosk.as_("author")
    token = fanta.token("/articles")
    answer = fanta.post("/visites", data={"csrf_token": token, "family": "learn", "sex": "F"})
    assert answer.status_code == 403
    assert total(kiosk, nioro) == 0


def test_a_form_without_its_token_is_refused(kadidia: Client, kiosk: Machine, nioro: uuid.UUID) -> None:
    answer = kadidia.post("/visites", data={"family": "learn", "sex": "F"})
    assert answer.status_code in (400, 422)
    assert total(kiosk, nioro) == 0


def test_a_visit_that_does_not_exist_is_not_found(kadidia: Client) -> None:
    token = kadidia.token("/visites")
    for act in ("annuler", "effacer", "remettre"):
        answer = kadidia.post(f"/visites/{uuid.uuid4()}/{act}", data={"csrf_token": token})
        assert answer.status_code == 404
        assert "Cette visite n’existe pas." in text(answer)
