"""The list of people to write to: those who agreed, and nobody who took it back."""

import uuid
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from kiosk.members import contacts, exporting, services
from kiosk.members.links import services as links
from kiosk.members.links.models import LinkState
from kiosk.members.models import Member
from kiosk.members.vocabulary import Purpose
from kiosk.places import queries as places
from kiosk.storage import transaction
from tests.members.test_exporting import table
from tests.support.cast import PIN
from tests.support.machines import Machine
from tests.support.pages import Client

Register = Callable[..., Member]
YES = [Purpose.REGISTER, Purpose.CONTACT]


def names(space: uuid.UUID | None = None) -> list[str]:
    return [one.given for one in contacts.agreed(space)]


def test_only_who_agreed_and_can_be_reached_is_there(register: Register, space: uuid.UUID) -> None:
    register(YES, given_name="Oui", phone="76 12 34 56")
    register([Purpose.REGISTER], given_name="PasDemandé", phone="76 12 34 57")
    register(YES, given_name="SansNuméro")
    register(YES, given_name="Loin", phone="+33 6 12 34 56 78")
    assert names() == names(space) == ["Loin", "Oui"]
    assert names(uuid.uuid4()) == []


@pytest.mark.parametrize("purpose", [Purpose.CONTACT, Purpose.REGISTER])
def test_a_withdrawal_takes_her_off_the_list(register: Register, purpose: Purpose) -> None:
    awa = register(YES, given_name="Awa", phone="76 12 34 56")
    with transaction():
        services.answer(awa.uid, purpose, False)
    assert names() == []


def test_a_withdrawal_on_one_card_counts_for_her_other_cards(register: Register, kiosk: Machine) -> None:
    one = register(YES, given_name="Awa", phone="76 12 34 56")
    other = register(given_name="Awa", phone="76 12 34 56")
    with transaction():
        services.answer(other.uid, Purpose.CONTACT, False)
    assert names() == ["Awa"]
    with transaction():
        links.say((one.uid, other.uid), LinkState.CONFIRMED, kiosk.people["manager"].uid)
    assert names() == []


def test_who_left_or_was_erased_is_not_there(register: Register) -> None:
    awa = register(YES, given_name="Awa", phone="76 12 34 56")
    sira = register(YES, given_name="Sira", phone="76 12 34 57")
    with transaction():
        services.take_out(awa.uid)
        sira.given_name = sira.family_name = ""
    assert names() == []


def test_a_table_holds_numbers_that_phones_take(register: Register) -> None:
    register(YES, given_name="=Awa", family_name="Ba", phone="76 12 34 56")
    assert table(exporting.to_write_to("csv")) == [
        ["Prénom", "Nom", "Téléphone"],
        ["'=Awa", "Ba", "+22376123456"],
    ]


def test_a_phone_takes_them_as_contacts(register: Register) -> None:
    register(YES, given_name="Awa; fille", family_name="N’Diaye", phone="76 12 34 56")
    said = exporting.to_write_to("vcf").decode()
    assert said.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n") and said.endswith("END:VCARD\r\n")
    assert "N:N’Diaye;Awa\\; fille;;;\r\n" in said and "TEL;TYPE=CELL:+22376123456\r\n" in said


def ask(client: Client, **fields: str) -> TestResponse:
    """Ask for an export, the PIN typed just before."""
    if client.get("/membres/export").status_code == 303:
        client.send("/confirmer?suite=/membres/export", secret=PIN)
    return client.send("/membres/export", **fields)


def test_the_list_is_a_file_of_its_own(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        services.register(space, YES, given_name="Awa", phone="76 12 34 56")
        services.register(space, [Purpose.REGISTER], given_name="Sira", phone="76 12 34 57")
    kadidia = kiosk.as_("manager")
    answer = ask(kadidia, content="messages", kind="vcf")
    assert "liste-whatsapp-nio-" in answer.headers["Content-Disposition"]
    assert "Awa" in answer.get_data(as_text=True) and "Sira" not in answer.get_data(as_text=True)
    assert ask(kadidia, content="complet", kind="vcf").status_code == 422
    page = kadidia.get("/membres/export").get_data(as_text=True)
    assert "1 personne accepte les messages" in page
