"""Postings: since when somebody works here; the last day closes her entry, and her name stays."""

import re

import pytest

from kiosk.accounts import postings, queries
from kiosk.accounts.models import Role
from kiosk.places import queries as places
from kiosk.storage import Refusal, clock, transaction
from kiosk.training import services as training
from tests.support.machines import Machine


def page_of(machine: Machine, who: str = "trainer") -> str:
    return f"/equipe/{machine.people[who].uid}/periodes"


def begin(machine: Machine, who: str = "trainer") -> str:
    """Note that somebody works here since 2019; return the address that ends it."""
    kadidia, page = machine.as_("manager"), page_of(machine, who)
    assert kadidia.send(page, starts_on="2019-01-01").status_code == 303
    with machine.open():
        current = postings.current(machine.people[who].uid)
        assert current
        return f"{page}/{current.uid}/finir"


def active(machine: Machine, who: str = "trainer") -> bool:
    with machine.open():
        found = queries.colleague(machine.people[who].uid)
        return bool(found and found.active)


def test_an_ended_period_closes_the_entry_and_her_signature_keeps_her_name(kiosk: Machine) -> None:
    moussa = kiosk.people["trainer"]
    with kiosk.open(), transaction():
        here = places.here_uid()
        assert here
        plan = training.Plan(title="Excel", trainer_uid=moussa.uid, trainer_name=moussa.name)
        day = clock.today()
        made = training.plan_session(here, plan, [training.HalfDay(day, "09:00", 180)])
        session_page = f"/formations/{made.uid}"
    his, ending = kiosk.as_("trainer"), begin(kiosk)
    kadidia = kiosk.as_("manager")
    assert his.get("/aujourdhui").status_code == 200
    assert kadidia.send(ending, form_at=page_of(kiosk), ends_on="2026-11-20").status_code == 303
    assert his.get("/aujourdhui").status_code == 303
    assert moussa.name not in kiosk.client().get("/connexion").get_data(as_text=True)
    shown = kadidia.get(page_of(kiosk)).get_data(as_text=True)
    assert "du 1 janvier 2019" in shown or "du 1er janvier 2019" in shown
    assert moussa.name in kadidia.get(session_page).get_data(as_text=True)


def test_an_end_is_taken_back_and_the_person_comes_in_again(kiosk: Machine) -> None:
    ending, kadidia = begin(kiosk), kiosk.as_("manager")
    kadidia.send(ending, form_at=page_of(kiosk), ends_on="2026-11-20")
    assert not active(kiosk)
    kadidia.send(ending.replace("finir", "reprendre"), form_at=page_of(kiosk))
    assert active(kiosk)
    with kiosk.open():
        assert [one.ends_on for one in postings.of(kiosk.people["trainer"].uid)] == [None]


def test_an_end_before_the_beginning_is_refused_and_nobody_is_shut_out(kiosk: Machine) -> None:
    ending, kadidia = begin(kiosk), kiosk.as_("manager")
    answer = kadidia.send(ending, form_at=page_of(kiosk), ends_on="2018-12-31")
    assert answer.status_code == 422 and "La fin est avant le début." in answer.get_data(as_text=True)
    assert active(kiosk)


def test_nobody_ends_her_own_period_nor_the_last_managers(kiosk: Machine) -> None:
    ending = begin(kiosk, "manager")
    page = page_of(kiosk, "manager")
    answer = kiosk.as_("manager").send(ending, form_at="/equipe/nouveau", ends_on="2026-11-20")
    assert answer.status_code == 403
    assert re.search("Une autre personne de l’équipe", kiosk.as_("manager").get(page).get_data(as_text=True))
    with kiosk.open():
        current = postings.current(kiosk.people["manager"].uid)
        assert current
        with pytest.raises(Refusal):
            postings.end(current, clock.today())


def test_two_periods_never_share_a_day(kiosk: Machine) -> None:
    ending, kadidia = begin(kiosk), kiosk.as_("manager")
    kadidia.send(ending, form_at=page_of(kiosk), ends_on="2026-11-20")
    again = kadidia.send(page_of(kiosk), starts_on="2020-05-01")
    assert again.status_code == 422 and not active(kiosk)
    assert kadidia.send(page_of(kiosk), starts_on="2026-11-21").status_code == 303
    assert active(kiosk)


def test_several_managers_may_hold_a_space_at_once(kiosk: Machine) -> None:
    begin(kiosk, "manager")
    with kiosk.open(), transaction():
        here = places.here_uid()
        other = postings.begin(kiosk.people["trainer"].uid, here, Role.MANAGER, clock.today())
        assert other.ends_on is None
    with kiosk.open():
        assert postings.current(kiosk.people["manager"].uid) is not None
