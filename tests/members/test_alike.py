"""Who may be the one being registered: namesakes in any spelling, the nearest first, never a wall of them."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from kiosk.members import services
from kiosk.members.alike import SHOWN, may_be
from kiosk.members.models import Member
from kiosk.members.vocabulary import Sex
from kiosk.places import queries as places
from kiosk.places import services as opening
from kiosk.storage import clock, transaction
from tests.support.machines import Machine

Register = Callable[..., Member]


@pytest.fixture
def fatimata(register: Register) -> Member:
    return register(given_name="Fatimata", family_name="Traoré", birth_year=2012)


@pytest.fixture
def who(space: uuid.UUID) -> Callable[..., list[Member]]:
    def ask(given: str | None, family: str | None, **said: Any) -> list[Member]:
        answers = {"given_name": given, "family_name": family, "sex": "F", "birth_year": None, **said}
        return list(may_be(space, answers))

    return ask


Asked = Callable[..., list[Member]]


@pytest.mark.parametrize(
    ("given", "family"),
    [("Fatoumata", "Tarawele"), ("TRAORÉ", "fatou"), ("Fatimata", "Traoré"), ("Fatoumata Trawele", None)],
)
def test_a_namesake_in_another_spelling_and_order_is_told_without_a_year(
    fatimata: Member, who: Asked, given: str, family: str | None
) -> None:
    assert who(given, family) == who(given, family, birth_year=2013) == [fatimata]


def test_who_is_somebody_else_is_not_told(fatimata: Member, register: Register, who: Asked) -> None:
    register(given_name="Fatoumata", family_name="Keïta", village="Traoré")
    assert who("Fatoumata", "Tarawele", birth_year=1990) == []
    assert who("Fatoumata", "Tarawele", sex="M") == []
    assert who("Fatoumata", "Bah") == [] == who("Fatoumata", "")
    assert who("Fatoumata", "Tarawele", sex=None, phone="76 12") == [fatimata]


def test_a_short_name_has_spellings_too(register: Register, who: Asked) -> None:
    ba = register(given_name="Mamadou", family_name="Ba", sex="M")
    register(given_name="Mamadou", family_name="Bathily", sex="M")
    assert who("Mohamed", "Bah", sex="M") == [ba]


def test_of_many_namesakes_the_nearest_few_are_told(register: Register, who: Asked) -> None:
    for n in range(SHOWN + 2):
        register(given_name="Fatoumata", family_name="Tarawele", birth_year=1980 + n)
    near = register(given_name="Fatim", family_name="Trawele", village="Diakha")
    assert who("Fatoumata", "Tarawele", village="diakha")[0] == near
    assert len(who("Fatoumata", "Tarawele", village="diakha")) == SHOWN
    ages = [one.birth_year for one in who("Fatoumata", "Tarawele", birth_year=1983)]
    assert ages[0] == 1983 and None not in ages[:4]


def test_a_namesake_of_another_space_is_not_told(space: uuid.UUID, who: Asked) -> None:
    with transaction():
        other = opening.open_space("YEL", opening.SpaceCard("Yélimané")).uid
        services.register(
            other, given_name="Fatimata", family_name="Traoré", sex=Sex.WOMAN, registered_on=clock.today()
        )
    assert places.here_uid() == space and who("Fatoumata", "Tarawele") == []


def test_she_is_shown_as_one_types_and_once_before_saving(kiosk: Machine, fatimata: Member) -> None:
    kadidia = kiosk.as_("manager")
    said = {"given_name": "Fatoumata", "family_name": "Tarawele", "sex": "F", "registered_on": "2026-03-04"}
    page = kadidia.send("/membres/nouveau", **said).get_data(as_text=True)
    assert "peut-être déjà inscrite" in page and "Fatimata Traoré" in page and "2012" in page
    typed = {"csrf_token": kadidia.token("/membres/nouveau"), "given_name": "Fatoumata"}
    kadidia.inspecting = False  # a piece of page
    piece = kadidia.post("/membres/ressemblances", data={**typed, "family_name": "Tarawele"})
    assert piece.status_code == 200 and "Fatimata Traoré" in piece.get_data(as_text=True)
    assert kadidia.post("/membres/ressemblances", data={**typed, "family_name": "Sow"}).status_code == 204
    kadidia.inspecting = True
    assert kadidia.send("/membres/nouveau", **said, anyway="1").status_code == 303
