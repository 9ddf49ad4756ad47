"""Cards on paper: eight to a sheet, for those who wait, for a session, for chosen people."""

import re
import uuid
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from kiosk.members import printing, queries, services
from kiosk.members.models import Member
from kiosk.paper import press
from kiosk.places import queries as places
from kiosk.storage import transaction
from kiosk.web.groups import Group, register
from tests.support.machines import Machine

Register = Callable[..., Member]


def text(response: TestResponse) -> str:
    return response.get_data(as_text=True)


@pytest.fixture
def people(kiosk: Machine) -> list[uuid.UUID]:
    """Nine people of Nioro: two sheets."""
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        return [
            services.register(space, given_name=f"Awa{n}", family_name="Traoré", sex="F").uid
            for n in range(9)
        ]


def test_who_has_no_card_waits_until_it_is_said_printed(kiosk: Machine, people: list[uuid.UUID]) -> None:
    kadidia = kiosk.as_("manager")
    assert "Préparer leurs cartes" in text(kadidia.get("/membres/cartes"))
    page = text(kadidia.get("/membres/cartes/planche?sans=1"))
    assert "9\u00a0cartes" in page.replace("9 cartes", "9\u00a0cartes") and "2 feuilles A4" in page
    shown = re.findall(r'name="m" value="(\w{32})"', page)
    assert sorted(shown) == sorted(one.hex for one in people)
    kadidia.send("/membres/cartes/imprimees", form_at="/membres/cartes/planche?sans=1", m=shown[:8])
    with kiosk.open():
        assert printing.waiting(places.here_uid() or people[0]) == 1
    page = text(kadidia.get("/membres/cartes/planche?sans=1"))
    assert re.findall(r'name="m" value="(\w{32})"', page) == shown[8:]


def test_a_new_number_waits_for_a_new_card(register: Register, awa: Member, space: uuid.UUID) -> None:
    with transaction():
        printing.note_printed([awa])
        assert printing.waiting(space) == 0
        awa.card = "NIO-T000002-0"
    assert printing.waiting(space) == 1


@pytest.mark.process
def test_the_sheets_are_a_pdf_of_eight_to_a_page(kiosk: Machine, people: list[uuid.UUID]) -> None:
    if not press.is_there():
        pytest.skip("no drawing library here")
    answer = kiosk.as_("manager").get("/membres/cartes/planche.pdf?sans=1")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", answer.data)) == 2


def test_people_are_found_and_chosen(kiosk: Machine, people: list[uuid.UUID]) -> None:
    kadidia = kiosk.as_("manager")
    assert text(kadidia.get("/membres/cartes?q=trao")).count('name="m"') == 9
    page = text(kadidia.get(f"/membres/cartes/planche?m={people[0].hex}&m=nimporte&m={uuid.uuid4().hex}"))
    assert "Awa0 Traoré" in page and "1 feuille A4" in page
    assert kadidia.get("/membres/cartes/planche?m=nimporte").status_code == 303


def test_a_session_is_printed_at_once(kiosk: Machine, people: list[uuid.UUID]) -> None:
    register(kiosk.app, lambda: [Group("formation-W1", "Word", "lundi", lambda: people[:3])])
    kadidia = kiosk.as_("manager")
    assert "/membres/cartes/planche?groupe=formation-W1" in text(kadidia.get("/membres/cartes"))
    assert text(kadidia.get("/membres/cartes/planche?groupe=formation-W1")).count('name="m"') == 3
    assert kadidia.get("/membres/cartes/planche?groupe=autre").status_code == 404


def test_no_card_is_drawn_for_who_was_erased_or_is_of_another_space(
    register: Register, awa: Member, space: uuid.UUID
) -> None:
    gone = register(given_name="Sira")
    with transaction():
        gone.given_name = ""
    assert list(printing.chosen(space, [awa.uid, gone.uid])) == [awa]
    assert list(printing.chosen(uuid.uuid4(), [awa.uid])) == []
    assert printing.waiting(space) == 1


def test_a_card_read_by_a_scanner_opens_her_page(kiosk: Machine, people: list[uuid.UUID]) -> None:
    with kiosk.open():
        card = queries.one(people[3]).card
    kadidia = kiosk.as_("manager")
    for typed in (card, card.lower(), f" {card}\n"):
        answer = kadidia.get("/membres", query_string={"q": typed})
        assert (answer.status_code, answer.location) == (303, f"/membres/{people[3]}"), typed
    assert kadidia.get(f"/membres?q={card[:-1]}").status_code == 200


def test_a_number_on_two_cards_opens_neither(kiosk: Machine, people: list[uuid.UUID]) -> None:
    with kiosk.writing("manager"):
        card = queries.one(people[0]).card
        queries.one(people[1]).card = card
    page = kiosk.as_("manager").get(f"/membres?q={card}")
    assert page.status_code == 200 and "2 personnes trouvées" in text(page)


def test_an_old_number_opens_her_page_too(kiosk: Machine, people: list[uuid.UUID]) -> None:
    with kiosk.writing("manager"):
        member = queries.one(people[0])
        member.former_card, member.card = member.card, "NIO-T000002-0"
        old = member.former_card
    assert kiosk.as_("manager").get(f"/membres?q={old}").location == f"/membres/{people[0]}"
