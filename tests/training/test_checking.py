"""A number in somebody’s hand: checked by anybody, withdrawn, made again, erased."""

import uuid
from collections.abc import Callable

import pytest

from kiosk.members import queries as register
from kiosk.storage import transaction, with_check
from kiosk.training.attestations import issuing, reading
from kiosk.training.routes import pace
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.training.attesting import SIGNED, attest, home, leaf
from tests.training.conftest import Course, text, undo_of

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


@pytest.fixture(autouse=True)
def _calm() -> None:
    pace.forget()


def test_an_attestation_withdrawn_says_so_and_can_be_put_back(manager: Client, ended: Course) -> None:
    awa = attest(ended)[0]
    number, path = awa.number, f"/attestations/{awa.uid}/retirer"
    assert manager.send(path, reason="").status_code == 422
    assert manager.send(path, reason="Nom mal écrit").status_code == 303
    back = undo_of(manager, home(ended))
    assert "Retirée" in text(manager, home(ended)) and "Nom mal écrit" in text(manager, home(ended))
    assert "a été retirée" in text(manager, f"/attestations/{number}")
    assert "Nom mal écrit" not in text(manager, f"/attestations/{number}")
    manager.send(back, form_at=home(ended))
    assert "est valable" in text(manager, f"/attestations/{number}")


def test_anybody_checks_a_number_and_learns_no_more_than_the_paper_says(
    kiosk: Machine, ended: Course
) -> None:
    awa = next(one for one in attest(ended) if one.holder == "Awa Coulibaly")
    stranger = kiosk.client()
    shown = text(stranger, f"/attestations/{awa.number}")
    for said in ("est valable", "A. C.", "Internet sur le téléphone", "samedi 12 décembre 2026", "Nioro"):
        assert said in shown
    assert "Awa" not in shown and "Coulibaly" not in shown and "card" not in shown
    assert "Le nom va avec" in text(stranger, f"/attestations?number={awa.number.lower()}&name=COULIBALY+Awa")
    assert "Le nom ne va pas" in text(stranger, f"/attestations?number={awa.number}&name=Fanta+Coulibaly")


def test_a_number_nobody_gave_and_one_misread_are_told_apart(kiosk: Machine, ended: Course) -> None:
    awa = attest(ended)[0]
    wrong = awa.number[:-1] + ("A" if awa.number[-1] != "A" else "B")
    assert "mal écrit" in text(kiosk.client(), f"/attestations/{wrong}")
    assert reading.check("A-NIO-000001-" + "?").state == "misread"
    assert reading.check(with_check("A-KAY-000001")).state == "unknown"


def test_a_number_is_known_however_its_signs_are_parted(kiosk: Machine, ended: Course) -> None:
    number = attest(ended)[0].number
    for typed in (number.replace("-", " "), number.replace("-", "").lower(), number.removeprefix("A-")):
        assert "est valable" in text(kiosk.client(), f"/attestations?number={typed}"), typed


def test_a_stranger_who_tries_many_numbers_waits(kiosk: Machine) -> None:
    phone = kiosk.client()
    codes = [phone.get(f"/attestations/A-NIO-{at:06d}-A").status_code for at in range(32)]
    assert codes[:30] == [200] * 30 and codes[30:] == [429, 429]


def test_somebody_erased_leaves_her_number_valid_and_nameless(ended: Course) -> None:
    awa = next(one for one in attest(ended) if one.holder == "Awa Coulibaly")
    number = awa.number
    with transaction():
        awa.holder, awa.born = "", None
        seal = reading.check(number).seal
        assert seal
        seal.initials = seal.proof = ""
    found = reading.check(number, "Awa Coulibaly")
    assert (found.state, found.named) == ("valid", None)


def test_what_a_paper_said_stays_though_the_register_changes_until_it_is_made_again(ended: Course) -> None:
    awa = next(one for one in attest(ended) if one.holder == "Awa Coulibaly")
    old = awa.number
    with transaction():
        register.by_uids([awa.member_uid])[awa.member_uid].family_name = "Kouyaté"
    assert leaf(awa, ended).page.count("Awa Coulibaly") == 1
    with transaction():
        issuing.again(awa, ended.training, SIGNED)
    assert awa.holder == "Awa Kouyaté" and awa.number != old
    assert (reading.check(old).state, reading.check(awa.number).state) == ("revoked", "valid")


def test_a_kind_of_a_newer_release_shows_itself(manager: Client, ended: Course) -> None:
    awa = attest(ended)[0]
    with transaction():
        awa.kind = "mastery"  # type: ignore[assignment]
        seal = reading.check(awa.number).seal
        assert seal
        seal.kind = "mastery"  # type: ignore[assignment]
    assert "mastery" in text(manager, home(ended)) and "mastery" in text(
        manager, f"/attestations/{awa.number}"
    )
    assert manager.get(f"{home(ended)}/imprimer").status_code == 200


def test_her_page_in_the_register_shows_what_she_has(manager: Client, ended: Course) -> None:
    awa = next(one for one in attest(ended) if one.holder == "Awa Coulibaly")
    assert awa.number in text(manager, f"/membres/{awa.member_uid}")
    with transaction():
        issuing.revoke(awa, "Nom mal écrit")
    shown = text(manager, f"/membres/{awa.member_uid}")
    assert "Retirée" in shown and "Nom mal écrit" not in shown
