"""A visitor shows the card of another space: one row is lent, she is marked, the loan ends."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import text

from kiosk.central import grants
from kiosk.members.models import Member
from kiosk.places import services as places
from kiosk.storage import clock, session
from kiosk.sync import visitors
from kiosk.sync.models import CardRequest
from kiosk.training import services
from kiosk.training.models import Attendance, Sitting
from kiosk.training.planning import HalfDay, Plan
from tests.central.holding import files_with, rows_with
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import NIORO, register

KAYES = places.space_uid("KAY")
WORDS = ["Nagnouma", "nagnouma", "Sangaré", "sangare"]


@pytest.fixture
def visit(nioro: Post, centre: Machine, machine: Callable[..., Machine]) -> tuple[Post, Post, str]:
    """Nagnouma of Kayes, known at the centre, comes to a sitting in Nioro with her card."""
    kayes = link_up(machine(space="KAY"), centre, "KAY")
    register(kayes.kiosk, "Nagnouma Sangaré", "KAY")
    with kayes.kiosk.writing("manager"):
        session().query(Member).one().phone = "+22376543210"
    kayes.exchange()
    with kayes.kiosk.open():
        card = session().query(Member).one().card
    with nioro.kiosk.writing("manager"):
        plan, half = Plan(title="Tableur"), HalfDay(datetime.date(2026, 11, 24), "09:00", 180)
        services.plan_session(NIORO, plan, [half])
    nioro.exchange()
    return nioro, kayes, card


def sitting(machine: Machine) -> uuid.UUID:
    with machine.open():
        return session().query(Sitting).one().uid


def ask(nioro: Post, card: str) -> None:
    page = f"/seances/{sitting(nioro.kiosk)}/arrivee?q={card.lower()}"
    phone = nioro.kiosk.as_("trainer")
    assert "Cette carte est d’un autre espace." in phone.get(page).text
    said = phone.send("/visiteurs", page, card=card.lower(), sitting=sitting(nioro.kiosk).hex)
    assert said.status_code == 303


def test_she_is_marked_after_one_exchange(visit: tuple[Post, Post, str]) -> None:
    nioro, _, card = visit
    ask(nioro, card)
    nioro.exchange()
    phone, where = nioro.kiosk.as_("trainer"), f"/seances/{sitting(nioro.kiosk)}/arrivee"
    assert card in phone.get(where).text
    page = phone.get(f"{where}?q={card}")
    assert "Nagnouma Sangaré" in page.text
    with nioro.kiosk.open():
        her = session().query(Member).one().uid
    assert phone.send(where, f"{where}?q={card}", member=her.hex).status_code == 303
    nioro.exchange()
    with nioro.kiosk.open():
        assert session().query(Attendance).one().member_uid == her


def test_a_trainer_who_takes_it_back_is_on_the_sheet_again(visit: tuple[Post, Post, str]) -> None:
    nioro, _, card = visit
    ask(nioro, card)
    phone, where = nioro.kiosk.as_("trainer"), f"/seances/{sitting(nioro.kiosk)}/arrivee"
    with nioro.kiosk.open():
        asked = session().query(CardRequest).one().uid
    back = phone.send(f"/visiteurs/{asked}/annuler", where)
    assert back.location == where
    shown = phone.get(where)
    assert shown.status_code == 200 and card not in shown.text


def test_only_what_a_visit_needs_is_lent(visit: tuple[Post, Post, str]) -> None:
    nioro, _, card = visit
    ask(nioro, card)
    nioro.exchange()
    assert rows_with(nioro.kiosk, ["Nagnouma"])
    assert files_with(nioro.kiosk, ["76543210"]) == []
    assert "Nagnouma" not in nioro.kiosk.as_("manager").get("/membres").text


def test_a_change_of_her_row_reaches_the_host(visit: tuple[Post, Post, str]) -> None:
    nioro, kayes, card = visit
    ask(nioro, card)
    nioro.exchange()
    with kayes.kiosk.writing("manager"):
        session().query(Member).one().given_name = "Nana"
    kayes.exchange()
    nioro.exchange()
    with nioro.kiosk.open():
        assert session().query(Member).one().given_name == "Nana"


def test_a_loan_that_left_no_record_leaves_nothing(visit: tuple[Post, Post, str], centre: Machine) -> None:
    nioro, _, card = visit
    ask(nioro, card)
    nioro.exchange()
    with nioro.kiosk.open():
        her = session().query(Member).one().uid
    phone = centre.as_("coordinator")
    assert card in phone.get("/cartes-pretees").text
    assert phone.send(f"/cartes-pretees/{NIORO}/{her}/reprendre", "/cartes-pretees").status_code == 303
    nioro.exchange()
    assert rows_with(nioro.kiosk, WORDS) == []
    assert files_with(nioro.kiosk, WORDS) == []


def test_a_loan_that_was_used_leaves_a_count_without_a_name(
    visit: tuple[Post, Post, str], centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    nioro, _, card = visit
    test_she_is_marked_after_one_exchange(visit)
    now = clock.now_ms()
    with monkeypatch.context() as later:
        later.setattr(clock, "now_ms", lambda: now + (grants.DAYS + 1) * 86_400_000)
        nioro.exchange()
    nioro.exchange()
    with nioro.kiosk.open():
        assert session().query(Attendance).one().mark == "present"
        stub = session().query(Member).one()
        assert (stub.is_erased, stub.sex, stub.card) == (True, "F", card)
    assert rows_with(nioro.kiosk, WORDS) == []
    with centre.open():
        assert session().query(Member).one().given_name == "Nagnouma"


def test_an_unknown_card_is_told(visit: tuple[Post, Post, str], centre: Machine) -> None:
    nioro, _, card = visit
    with centre.writing("coordinator"):
        session().query(Member).one().deleted_at = clock.stamp()
    ask(nioro, card)
    nioro.exchange()
    page = nioro.kiosk.as_("trainer").get(f"/seances/{sitting(nioro.kiosk)}/arrivee")
    assert "Inconnue au centre" in page.text
    assert rows_with(nioro.kiosk, WORDS) == []


def test_the_host_writes_nothing_on_a_visitor(visit: tuple[Post, Post, str], centre: Machine) -> None:
    nioro, _, card = visit
    ask(nioro, card)
    nioro.exchange()
    with nioro.kiosk.writing("manager"):
        session().query(Member).one().given_name = "Autre"
    nioro.exchange()
    with centre.open() as current:
        assert current.scalar(text("select given_name from member")) == "Nagnouma"
    with nioro.kiosk.open():
        assert session().query(Member).one().given_name == "Nagnouma"


def test_a_number_with_a_mistake_is_not_asked(visit: tuple[Post, Post, str]) -> None:
    _, _, card = visit
    wrong = card[:-3] + ("1" if card[-3] != "1" else "2") + card[-2:]
    assert visitors.is_card(card) and not visitors.is_card(wrong)


def test_a_loan_leaves_her_own_space_the_author_of_her_row(
    visit: tuple[Post, Post, str], centre: Machine
) -> None:
    nioro, kayes, card = visit
    ask(nioro, card)
    nioro.exchange()
    with kayes.kiosk.writing("manager"):
        session().query(Member).one().phone = "+22370000000"
    kayes.exchange()
    with centre.open() as current:
        assert current.scalar(text("select phone from member")) == "+22370000000"
        assert current.scalar(text("select count(*) from conflict")) == 0, "she wrote one after the other"


def test_a_row_that_went_to_another_space_may_be_lent_back(
    visit: tuple[Post, Post, str], centre: Machine
) -> None:
    _, kayes, _ = visit
    with centre.writing("coordinator"):
        her = session().query(Member).one()
        her.space_uid = NIORO
    kayes.exchange()
    with kayes.kiosk.open():
        assert session().query(Member).count() == 0
    with centre.writing("coordinator"):
        grants.grant(KAYES, her.uid)
    kayes.exchange()
    with kayes.kiosk.open():
        assert session().query(Member).one().given_name == "Nagnouma"


def test_so_many_cards_a_day_and_no_more(
    visit: tuple[Post, Post, str], centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    nioro, kayes, _ = visit
    register(kayes.kiosk, "Bintou Diallo", "KAY")
    kayes.exchange()
    with kayes.kiosk.open():
        cards = [one.card for one in session().query(Member).order_by(Member.uid)]
    monkeypatch.setattr(grants, "MOST_A_DAY", 1)
    with nioro.kiosk.writing("manager"):
        for one in cards:
            visitors.ask(one, None, NIORO)
    nioro.exchange()
    nioro.exchange()
    with nioro.kiosk.open():
        assert session().query(Member).count() == 1
    with centre.writing() as current:
        current.execute(text("update card_grant set granted_at = granted_at - 86400001"))
    nioro.exchange()
    with nioro.kiosk.open():
        assert session().query(Member).count() == 2
