"""Hostile answers in every field: markup, novels, null bytes, text turned around."""

import pytest

from kiosk.accounts import queries
from tests.support.machines import Machine
from tests.support.pages import Client

SCRIPT = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
NOVEL = "n" * 10_000
NULL = "Aw\x00a"
TURNED = "Kadidia\u202egro.exe\u202c\u2066x\u2069"
HOSTILE = [SCRIPT, NOVEL, NULL, TURNED, "'; DROP TABLE staff; --", "\ud7ff\U0001f600" * 30]
NAMES = ["markup", "novel", "null", "turned", "sql", "signs"]
PAGES = {
    "/equipe/nouveau": {"name": "", "role": "trainer", "phone": "", "secret": "730164"},
    "/collectifs/nouveau": {"name": "", "kind": "collective", "parent": "", "place": "", "commune": ""},
    "/projets/nouveau": {"name": "", "code": "P1", "donors": ""},
    "/espace/tenue": {"name": "", "commune": "", "address": "", "phone": "", "contact": "", "power": ""},
}


def send(client: Client, path: str, fields: dict[str, str]) -> int:
    answer = client.send(path, **fields)
    page = answer.get_data(as_text=True)
    assert "<script>alert" not in page
    assert "\u202e" not in page
    return answer.status_code


@pytest.mark.parametrize("text", HOSTILE, ids=NAMES)
@pytest.mark.parametrize("path", PAGES)
def test_a_hostile_answer_is_cleaned_or_refused(kiosk: Machine, path: str, text: str) -> None:
    client = kiosk.as_("manager")
    for field in PAGES[path]:
        assert send(client, path, {**PAGES[path], "name": "Nom", field: text}) in (303, 422)
    for page in ("/equipe", "/espace", "/collectifs", "/projets"):
        shown = client.get(page).get_data(as_text=True)
        assert "<script>alert" not in shown
        assert "\x00" not in shown


@pytest.mark.parametrize("text", HOSTILE, ids=NAMES)
def test_the_door_stands_hostile_answers(kiosk: Machine, text: str) -> None:
    client = kiosk.client()
    page = f"/connexion/{kiosk.people['manager'].uid}"
    assert client.send(page, secret=text).status_code in (422, 429)


@pytest.mark.parametrize("text", HOSTILE, ids=NAMES)
def test_the_door_of_the_centre_stands_them_too(centre: Machine, text: str) -> None:
    assert centre.client().send("/connexion", name=text, secret=text).status_code in (422, 429)


def test_a_name_keeps_its_accents_and_loses_its_tricks(kiosk: Machine) -> None:
    kiosk.as_("manager").send(
        "/equipe/nouveau", name="  Aïssata\x00 Ɲɔgɔn\u202e ", role="trainer", phone="", secret="730164"
    )
    with kiosk.open():
        names = [one.name for one in queries.signers()]
    assert "Aïssata Ɲɔgɔn" in names
