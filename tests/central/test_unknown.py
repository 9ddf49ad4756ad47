"""The coordination decides about what there is: nothing is said done of a machine or a loan nobody knows."""

import uuid

import pytest
from sqlalchemy import select

from kiosk.central import grants
from kiosk.central.models import card_grant
from kiosk.members.models import Member
from kiosk.storage import NotFound, session
from kiosk.sync.matters import CardState
from kiosk.sync.models import CardRequest
from tests.central.test_visitors import ask, visit
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.telling import NIORO

__all__ = ["visit"]
Visit = tuple[Post, Post, str]


@pytest.mark.parametrize(
    "act", ["regle", "rendre", "retirer", "remplacer", "seconde", "mis-de-cote/1/accepter"]
)
def test_nothing_is_said_done_of_a_kiosk_that_does_not_exist(act: str, centre: Machine) -> None:
    salimata = centre.as_("coordinator")
    assert salimata.send(f"/kiosques/999/{act}", form_at="/kiosques/nouveau").status_code == 404
    assert "toast" not in salimata.get("/kiosques").text


@pytest.mark.parametrize("act", ["reprendre", "preter"])
def test_a_card_nobody_asked_for_is_lent_to_nobody(act: str, visit: Visit, centre: Machine) -> None:
    _, kayes, _ = visit
    with kayes.kiosk.open():
        known = session().query(Member).one().uid
    salimata = centre.as_("coordinator")
    for row in (known, uuid.uuid4()):
        path = f"/cartes-pretees/{NIORO}/{row}/{act}"
        assert salimata.send(path, form_at="/kiosques/nouveau").status_code == 404
    with centre.open() as now:
        assert now.execute(select(card_grant)).all() == []


def test_a_loan_taken_back_and_given_again_is_granted_at_the_host_too(visit: Visit, centre: Machine) -> None:
    nioro, _, card = visit
    ask(nioro, card)
    nioro.exchange()
    for act, state, there in (("reprendre", CardState.ENDED, 0), ("preter", CardState.GRANTED, 1)):
        with centre.open():
            row = session().query(CardRequest).one().member_uid
        salimata = centre.as_("coordinator")
        answer = salimata.send(f"/cartes-pretees/{NIORO}/{row}/{act}", form_at="/kiosques/nouveau")
        assert answer.status_code == 303
        nioro.exchange()
        with centre.open():
            assert len(grants.loans()) == there
        with nioro.kiosk.open():
            assert session().query(CardRequest).one().state == state


def test_an_erased_person_is_lent_no_more(
    visit: Visit, centre: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    nioro, _, card = visit
    ask(nioro, card)
    nioro.exchange()
    with centre.writing():
        row = session().query(CardRequest).one().member_uid
        assert row is not None
        monkeypatch.setattr("kiosk.members.models.Member.is_erased", True)
        with pytest.raises(NotFound):
            grants.lend_again(NIORO, row)
