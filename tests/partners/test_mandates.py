"""Mandates: twelve on a board, five of them women; finished, taken back, seen by who keeps the sheet."""

import re
import uuid

import pytest

from kiosk.partners import queries
from kiosk.partners.mandates import services
from tests.partners.test_directory import add
from tests.support.machines import Machine
from tests.support.pages import Client

FIVE = ("Awa Coulibaly", "Hawa Diawara", "Nana Kanté", "Sira Tounkara", "Assitan Sidibé")
SEVEN = (
    "Modibo Keïta",
    "Bakary Traoré",
    "Sékou Cissé",
    "Oumar Yattara",
    "Boubou Soumaré",
    "Ali Ba",
    "Idi Sow",
)


def open_sheet(client: Client) -> str:
    made = add(client, kind="collective", name="Collectif de Kayes", place="Kayes")
    return f"/collectifs/{uuid.UUID(hex=made)}"


@pytest.fixture
def kadidia(kiosk: Machine) -> Client:
    return kiosk.as_("manager")


@pytest.fixture
def sheet(kadidia: Client) -> str:
    """The page of an organisation."""
    return open_sheet(kadidia)


def text(client: Client, path: str) -> str:
    shown = re.sub(r"<[^>]+>", " ", client.get(path).get_data(as_text=True))
    return re.sub(r"\s+", " ", shown)


def sit(client: Client, sheet: str, name: str, sex: str = "F", **more: str) -> int:
    return client.send(f"{sheet}/bureau", name=name, sex=sex, **more).status_code


def test_twelve_members_of_whom_five_women_are_forty_two_percent(kadidia: Client, sheet: str) -> None:
    for name in FIVE:
        assert sit(kadidia, sheet, name) == 303
    for name in SEVEN:
        assert sit(kadidia, sheet, name, "M") == 303
    shown = text(kadidia, sheet)
    assert "12 personnes" in shown and "42 % femmes" in shown


def test_a_finished_mandate_counts_no_more_and_is_taken_back(
    kiosk: Machine, kadidia: Client, sheet: str
) -> None:
    sit(kadidia, sheet, "Awa Coulibaly", role="présidente", starts_on="2024-01-15")
    with kiosk.open():
        (one,) = queries.organisations()
        (mandate,) = services.board(one.uid).sitting
    page = f"{sheet}/bureau"
    kadidia.send(f"{page}/{mandate.uid}/finir", form_at=page)
    shown = text(kadidia, page)
    assert "Mandats finis" in shown and "Personne n’est encore noté au bureau." in shown
    kadidia.send(f"{page}/{mandate.uid}/reprendre", form_at=page)
    assert "Mandats finis" not in text(kadidia, page)


def test_a_stranger_sees_neither_names_nor_board(kiosk: Machine, kadidia: Client, sheet: str) -> None:
    sit(kadidia, sheet, "Awa Coulibaly")
    assert "Awa" not in text(kiosk.client(), sheet) and "Bureau" not in text(kiosk.client(), sheet)
    assert kiosk.client().get(f"{sheet}/bureau").status_code == 303
    assert kiosk.as_("trainer").get(f"{sheet}/bureau").status_code == 403


def test_nobody_sits_twice_on_a_board(kadidia: Client, sheet: str) -> None:
    sit(kadidia, sheet, "Awa Coulibaly")
    assert sit(kadidia, sheet, "awa COULIBALY", "unsaid") == 422


def test_an_end_before_the_first_day_is_refused(kiosk: Machine, kadidia: Client, sheet: str) -> None:
    sit(kadidia, sheet, "Awa Coulibaly", starts_on="2024-01-15")
    with kiosk.open():
        (one,) = queries.organisations()
        (mandate,) = services.board(one.uid).sitting
    page = f"{sheet}/bureau"
    answer = kadidia.send(f"{page}/{mandate.uid}/finir", form_at=page, jour="2023-12-31")
    assert answer.status_code == 409


def test_names_that_the_centre_wrote_stay_there(centre: Machine, kiosk: Machine) -> None:
    salimata = centre.as_("coordinator")
    sheet = open_sheet(salimata)
    assert sit(salimata, sheet, "Awa Coulibaly") == 303
    with centre.open():
        (one,) = queries.organisations()
        (mandate,) = services.board(one.uid).sitting
        row = {column.name: getattr(mandate, column.name) for column in mandate.__table__.columns}
        assert type(mandate).scope(mandate.uid, row) == "centre"
