"""At the centre a name is opened on purpose, and each opening leaves a trace."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.members import services
from kiosk.members.fields import defining
from kiosk.members.fields.defining import Definition
from kiosk.members.fields.models import FieldKind
from kiosk.members.models import Member, NameAccess
from kiosk.places import queries as where
from kiosk.places import services as places
from kiosk.storage import session
from tests.support.machines import Machine
from tests.support.pages import Client


@pytest.fixture
def awa(centre: Machine) -> uuid.UUID:
    """Awa of Nioro, as the centre received her."""
    with centre.writing():
        space = places.open_space("NIO", places.SpaceCard("Nioro"))
        places.open_space("KAY", places.SpaceCard("Kayes"))
        member = Member(
            space_uid=space.uid,
            card="NIO-TAB0001-9",
            **services.checked(
                {
                    **services.BLANK,
                    "given_name": "Awa",
                    "family_name": "Sidibé",
                    "registered_on": datetime.date(2026, 3, 4),
                    "phone": "76123456",
                }
            ),
        )
        session().add(member)
        session().flush()
        return member.uid


def shown(client: Client, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_the_list_shows_numbers_and_no_name(centre: Machine, awa: uuid.UUID) -> None:
    salimata = centre.as_("coordinator")
    page = shown(salimata, "/membres")
    assert "NIO-TAB0001-9" in page and "Nioro" in page
    for secret in ("Awa", "Sidibé", "76\u00a012"):
        assert secret not in page
    assert "NIO-TAB0001-9" not in shown(salimata, "/membres?espace=KAY")


def test_a_name_cannot_be_searched_but_a_number_can(centre: Machine, awa: uuid.UUID) -> None:
    salimata = centre.as_("coordinator")
    assert "NIO-TAB0001-9" not in shown(salimata, "/membres?q=sidib")
    assert "NIO-TAB0001-9" in shown(salimata, "/membres?q=TAB0001")


@pytest.mark.parametrize("asked", ["awa-0", "sidibé.0", "awa’000", "a 0", "Awa TAB", "nioro-0"])
def test_a_name_is_not_found_behind_a_digit_either(centre: Machine, awa: uuid.UUID, asked: str) -> None:
    with centre.writing():
        space = places.open_space("NIO", places.SpaceCard("Nioro"))
        other = {"given_name": "Issa", "family_name": "Ba", "registered_on": datetime.date(2026, 3, 4)}
        session().add(
            Member(space_uid=space.uid, card="NIO-TAB0002-7", **services.checked({**services.BLANK, **other}))
        )
    page = shown(centre.as_("coordinator"), f"/membres?q={asked}")
    assert ("NIO-TAB0001-9" in page) == ("NIO-TAB0002-7" in page)


def test_a_whole_number_finds_its_member_alone(centre: Machine, awa: uuid.UUID) -> None:
    assert "1 personne trouvée" in shown(centre.as_("coordinator"), "/membres?q=NIO-TAB0001-9")


def test_opening_a_name_is_noted_and_lasts_the_day(centre: Machine, awa: uuid.UUID) -> None:
    salimata = centre.as_("coordinator")
    assert "Sidibé" not in shown(salimata, f"/membres/{awa}")
    with centre.open():
        assert session().scalars(select(NameAccess)).all() == []
    salimata.send(f"/membres/{awa}/ouvrir", form_at="/membres")
    page = shown(salimata, f"/membres/{awa}")
    assert "Awa Sidibé" in page and "Modifier" not in page
    with centre.open():
        (trace,) = session().scalars(select(NameAccess)).all()
        assert (trace.staff_uid, trace.member_uid) == (centre.people["coordinator"].uid, awa)


def test_an_editor_at_the_centre_sees_nobody(centre: Machine, awa: uuid.UUID) -> None:
    oumar = centre.as_("editor")
    for path in ("/membres", f"/membres/{awa}", f"/membres/{awa}/carte"):
        assert oumar.get(path).status_code == 403


def test_the_coordinator_changes_nothing(centre: Machine, awa: uuid.UUID) -> None:
    salimata = centre.as_("coordinator")
    for path in ("/membres/nouveau", f"/membres/{awa}/modifier", "/membres/import", "/membres/export"):
        assert salimata.get(path).status_code == 403


def test_the_questions_of_each_space_stand_under_its_name(
    centre: Machine, awa: uuid.UUID, statements: Callable[..., Any]
) -> None:
    with centre.writing():
        nioro, kayes = (where.space_by_code(code) for code in ("NIO", "KAY"))
        assert nioro and kayes
        asked = {"Votre quartier": kayes.uid, "Votre âge au mariage": nioro.uid, "Votre métier": None}
        made = {what: defining.define(Definition(what, FieldKind.TEXT), by).uid for what, by in asked.items()}
        for letter in "ABCDEFGHI":
            more = places.open_space(f"XX{letter}", places.SpaceCard(f"Village {letter}"))
            defining.define(Definition(f"Ce que demande {letter}", FieldKind.TEXT), more.uid)
    salimata = centre.as_("coordinator")
    with statements(12):
        page = shown(salimata, "/membres/questions")
    order = ["Dans tous les espaces", "Votre métier", "Kayes", "Votre quartier", "Nioro", "Votre âge"]
    assert [page.index(word, page.index("<main")) for word in order] == sorted(map(page.rindex, order))
    assert "posée par Kayes" in shown(salimata, f"/membres/questions/{made['Votre quartier']}")
