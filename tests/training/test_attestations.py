"""Attestations: who may have one, a whole session in one touch, what the paper says."""

import re
import uuid
from collections.abc import Callable

import pytest

from kiosk.members import queries as register
from kiosk.members.links import services as links
from kiosk.members.links.models import LinkState
from kiosk.storage import Refusal, is_checked, transaction
from kiosk.training import services
from kiosk.training.attestations import issuing, reading
from kiosk.training.attestations.models import Attested
from kiosk.training.catalogue.models import SessionKind
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.training.attesting import attest, home, leaf, lines, lines_uid
from tests.training.conftest import Course, fresh, text, undo_of

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


def test_whoever_followed_the_rule_has_a_training_attested_the_others_that_they_took_part(
    ended: Course,
) -> None:
    assert lines(ended) == {
        "Awa": (100, "training"), "Mahamadou": (80, "training"), "Kadiatou": (20, "participation"),
    }  # fmt: skip


def test_the_rule_is_the_session_s_own_and_papers_already_made_stay(ended: Course) -> None:
    (awa, *_) = attest(ended, Attested.TRAINING)
    with transaction():
        issuing.set_rule(ended.training, 90)
    assert lines(ended)["Mahamadou"] == (80, "participation")
    assert {one.kind for one in reading.certificates(ended.training).values()} == {Attested.TRAINING}
    for wrong in (0, 101):
        with pytest.raises(Refusal):
            issuing.set_rule(ended.training, wrong)
    assert awa.rate == 100


def test_half_a_half_day_is_half_and_a_cancelled_one_is_nobody_s_absence(
    people: People, course: Courses
) -> None:
    made = course(days=3)
    (awa,) = people(1)
    made.enrol(awa)
    first, second, third = made.sittings
    made.mark(first, partial=[awa])
    made.mark(second, late=[awa])
    with transaction():
        services.cancel_sitting(third, "Coupure")
    assert lines(made)["Awa"] == (75, "participation")


def test_a_whole_session_is_attested_in_one_touch_each_under_its_own_number(ended: Course) -> None:
    made = attest(ended)
    numbers = [one.number for one in made]
    assert len(made) == len(set(numbers)) == 3
    assert all(number.startswith("A-NIO-") and is_checked(number) for number in numbers)
    assert attest(ended) == [], "again makes nothing twice"


def test_nothing_is_attested_while_a_sheet_waits(manager: Client, people: People, course: Courses) -> None:
    made = course(days=2)
    made.enrol(*people(2))
    made.close(made.sittings[0])
    with pytest.raises(Refusal, match="feuilles"):
        attest(made)
    assert "1 feuille de présence attend." in text(manager, home(made))
    assert manager.get(home(course())).status_code == 200


def test_a_debate_is_attested_to_nobody(ended: Course) -> None:
    with transaction():
        ended.training.kind = SessionKind.DEBATE
    with pytest.raises(Refusal):
        attest(ended)


def test_the_paper_names_the_domain_of_its_session(ended: Course) -> None:
    with transaction():
        ended.training.theme = "governance"
    assert "Domaine\u00a0: Gouvernance." in leaf(attest(ended)[0], ended).page


def test_two_machines_that_attest_the_same_person_make_the_same_row(ended: Course) -> None:
    made = attest(ended)
    again = {one.uid for one in made}
    with transaction():
        issuing.take_back(again)
    assert {one.uid for one in attest(ended)} == again


def test_the_paper_says_who_what_how_long_and_who_signs(ended: Course) -> None:
    with transaction():
        member = register.by_uids([lines_uid(ended, "Awa")])[lines_uid(ended, "Awa")]
        member.birth_year, member.birth_year_about = 2004, True
    made = {one.holder.split()[0]: one for one in attest(ended)}
    said = set(leaf(made["Awa"], ended).page.split("\n"))
    assert {
        "Attestation de formation", "Awa Coulibaly", "née vers 2004, a suivi la formation",
        "Internet sur le téléphone", "15\u00a0h, du 24 au 28 novembre 2026, Salle 1.",
        "Présente à 5 séances sur 5.", "La formatrice", "Fatou Bagayoko", "Kadidia Sissoko", "Cachet",
        "le samedi 12 décembre 2026", made["Awa"].number,
    } <= said  # fmt: skip
    other = leaf(made["Kadiatou"], ended).page
    assert "Attestation de participation" in other and "Présente à 1 séance sur 5." in other
    assert "diplôme" not in other.lower()


def test_one_button_makes_them_all_and_annuler_takes_them_back(manager: Client, ended: Course) -> None:
    assert "80\u00a0%" in manager.get(home(ended)).get_data(as_text=True)
    assert "Faire 2 attestations de formation" in text(manager, home(ended))
    assert manager.send(home(ended), kind="training", day="2026-12-12").status_code == 303
    assert len(reading.certificates(ended.training)) == 2
    back = undo_of(manager, home(ended))
    assert "Faire 1 attestation de participation" in text(manager, home(ended))
    manager.send(back, form_at=home(ended))
    fresh()
    assert not reading.certificates(ended.training)


def test_they_print_as_a_pdf_and_as_a_page(manager: Client, ended: Course) -> None:
    assert manager.get(f"{home(ended)}.pdf").status_code == 409
    made = attest(ended)
    answer = manager.get(f"{home(ended)}.pdf")
    assert re.search(rb"/Count 3\b", answer.data) and answer.mimetype == "application/pdf"
    assert re.search(rb"/Count 1\b", manager.get(f"{home(ended)}.pdf?une={made[0].uid}").data)
    assert "Fatou Bagayoko" in text(manager, f"{home(ended)}/imprimer")


def test_the_rule_is_changed_on_the_screen_that_explains_it(manager: Client, ended: Course) -> None:
    assert manager.send(f"{home(ended)}/regle", form_at=home(ended), percent="50").status_code == 303
    assert "50\u00a0%" in manager.get(home(ended)).get_data(as_text=True)
    assert manager.send(f"{home(ended)}/regle", form_at=home(ended), percent="0").status_code == 422
    assert manager.send(home(ended), kind="diploma").status_code == 400


def test_a_trainer_looks_and_makes_none(trainer: Client, ended: Course) -> None:
    attest(ended)
    html = trainer.get(home(ended)).get_data(as_text=True)
    assert "Retirer" not in html and "Faire " not in html
    assert trainer.send(home(ended), form_at=home(ended), kind="training").status_code in (400, 403)


def test_a_page_of_forty_costs_few_statements(
    manager: Client, people: People, course: Courses, statements: Callable[..., object]
) -> None:
    big = course()
    everybody = people(40)
    big.enrol(*everybody)
    big.mark(big.sittings[0], present=everybody)
    big.close(big.sittings[0])
    attest(big)
    manager.get(home(big))
    with statements(8):  # type: ignore[attr-defined]
        assert manager.get(home(big)).status_code == 200


def test_one_person_with_two_cards_has_one_attestation(ended: Course, kiosk: Machine) -> None:
    pair = lines_uid(ended, "Awa"), lines_uid(ended, "Mahamadou")
    with transaction():
        links.say(pair, LinkState.CONFIRMED, kiosk.people["manager"].uid)
    assert len(lines(ended)) == len(attest(ended)) == 2


def test_they_stand_in_the_alphabet_accents_or_not_as_on_the_sheet(
    people: People, course: Courses, manager: Client
) -> None:
    made, (one, other, third) = course(), people(3)
    with transaction():
        for uid, family in ((one, "Kébé"), (other, "Kouyaté"), (third, "Kaba")):
            register.one(uid).family_name = family
    made.enrol(one, other, third)
    made.mark(made.sittings[0], present=[one, other, third])
    fresh()
    attested = [line.person.family_first.split()[0] for line in reading.followed(made.training)]
    html = manager.get(f"/seances/{made.sittings[0].uid}/presences").get_data(as_text=True)
    sheet = re.findall(r"\b(KABA|KÉBÉ|KOUYATÉ)\b", html)
    assert attested == list(dict.fromkeys(sheet)) == ["KABA", "KÉBÉ", "KOUYATÉ"]
