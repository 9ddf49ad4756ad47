"""The team: engaged, corrected, given a new code, closed and reopened by the manager."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from kiosk.accounts import queries, services
from kiosk.accounts.models import Credential, Role, Staff
from kiosk.storage import Refusal, session
from tests.support.cast import PIN
from tests.support.machines import Machine
from tests.support.pages import Client

Statements = Callable[[int], AbstractContextManager[list[str]]]
NEW = {"name": "Bintou Sidibé", "role": "trainer", "phone": "76 12 34 56", "secret": "730164"}


def bintou(machine: Machine) -> queries.Colleague:
    with machine.open() as _:
        return next(one for one in queries.team(_space(machine)) if one.name == "Bintou Sidibé")


def _space(machine: Machine) -> object:
    found = queries.colleague(machine.people["manager"].uid)
    assert found is not None
    return found.space_uid


def change_first_code(client: Client, first: str, own: str) -> int:
    return client.send("/mon-compte", now=first, secret=own, again=own).status_code


def test_a_new_person_comes_in_and_must_choose_her_own_code(kiosk: Machine) -> None:
    assert kiosk.as_("manager").send("/equipe/nouveau", **NEW).status_code == 303
    hers, her = kiosk.client(), bintou(kiosk)
    assert hers.send(f"/connexion/{her.uid}", secret=NEW["secret"]).status_code == 303
    sent = hers.get("/plus")
    assert (sent.status_code, sent.location) == (303, "/mon-compte")
    assert change_first_code(hers, NEW["secret"], "418205") == 303
    assert hers.get("/plus").status_code == 200


def test_a_person_of_a_space_belongs_to_it(kiosk: Machine) -> None:
    kiosk.as_("manager").send("/equipe/nouveau", **NEW)
    with kiosk.open():
        kadidia = queries.colleague(kiosk.people["manager"].uid)
    assert kadidia is not None
    assert bintou(kiosk).space_uid == kadidia.space_uid


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "  "}, "Le nom manque"),
        ({"name": "kadidia SISSOKO"}, "porte déjà ce nom"),
        ({"role": "coordinator"}, "Rôle"),
        ({"role": ""}, "Choisissez un rôle"),
        ({"secret": "123456"}, "trop facile"),
        ({"secret": "777777"}, "trop facile"),
        ({"secret": "4321"}, "6 à 12 chiffres"),
        ({"secret": "motdepasse"}, "6 à 12 chiffres"),
    ],
)
def test_a_wrong_answer_keeps_what_was_typed(kiosk: Machine, wrong: dict[str, str], said: str) -> None:
    answer = kiosk.as_("manager").send("/equipe/nouveau", **{**NEW, **wrong})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert "76 12 34 56" in page
    with kiosk.open():
        assert len(queries.team(_space(kiosk))) == 3


def test_a_card_is_corrected(kiosk: Machine) -> None:
    moussa = kiosk.people["trainer"]
    answer = kiosk.as_("manager").send(
        f"/equipe/{moussa.uid}", name="Moussa B. Diarra", role="author", phone=""
    )
    assert answer.status_code == 303
    with kiosk.open():
        found = queries.colleague(moussa.uid)
    assert found is not None
    assert (found.name, found.role) == ("Moussa B. Diarra", Role.AUTHOR)


def test_a_reset_code_works_once_and_the_old_one_no_more(kiosk: Machine) -> None:
    moussa, page = kiosk.people["trainer"], f"/equipe/{kiosk.people['trainer'].uid}"
    assert kiosk.as_("manager").send(f"{page}/code", form_at=page, secret="604913").status_code == 303
    assert kiosk.client().send(f"/connexion/{moussa.uid}", secret=PIN).status_code == 422
    his = kiosk.as_("trainer")
    assert his.get("/communes").location == "/mon-compte"


def test_a_closed_entry_is_reopened_by_cancelling(kiosk: Machine) -> None:
    moussa, manager = kiosk.people["trainer"], kiosk.as_("manager")
    manager.send(f"/equipe/{moussa.uid}/fermer", form_at=f"/equipe/{moussa.uid}")
    page = manager.get("/equipe").get_data(as_text=True)
    assert f"/equipe/{moussa.uid}/rouvrir" in page
    manager.send(f"/equipe/{moussa.uid}/rouvrir", form_at=f"/equipe/{moussa.uid}")
    assert kiosk.client().send(f"/connexion/{moussa.uid}", secret=PIN).status_code == 303


@pytest.mark.parametrize("act", ["code", "fermer"])
def test_one_s_own_code_and_entry_ask_for_the_code_of_now(kiosk: Machine, act: str) -> None:
    me, kadidia = kiosk.people["manager"], kiosk.as_("manager")
    page = f"/equipe/{me.uid}"
    assert kadidia.send(f"{page}/{act}", form_at=page, secret="604913").status_code == 403
    with kiosk.open():
        assert services.secret_matches(me.uid, PIN)


def test_a_manager_who_never_had_a_code_here_is_not_the_last(kiosk: Machine) -> None:
    with kiosk.writing():
        other = services.create_staff("Bintou Sidibé", Role.MANAGER, _space(kiosk))
        assert services.deactivate(other.uid).active is False


def test_the_last_manager_stays(kiosk: Machine) -> None:
    kadidia = kiosk.people["manager"]
    with kiosk.writing("manager"), pytest.raises(Refusal):
        services.deactivate(kadidia.uid)
    answer = kiosk.as_("manager").send(f"/equipe/{kadidia.uid}", name=kadidia.name, role="trainer", phone="")
    assert answer.status_code == 422
    assert "au moins un responsable" in answer.get_data(as_text=True)


def test_the_team_of_another_place_is_out_of_reach(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        salimata = services.create_staff("Salimata Coulibaly", Role.COORDINATOR)
        uid = salimata.uid
    client = kiosk.as_("manager")
    token = client.token("/equipe/nouveau")
    assert client.get(f"/equipe/{uid}").status_code == 404
    assert client.post(f"/equipe/{uid}/fermer", data={"csrf_token": token}).status_code == 404


def test_secrets_never_travel_and_are_hashed_slowly(kiosk: Machine) -> None:
    from kiosk.storage import synced_models

    assert "staff" in synced_models()
    assert not {"credential", "attempt", "known_device", "here"} & synced_models().keys()
    with kiosk.open():
        kept = session().get(Credential, kiosk.people["manager"].uid)
        assert kept is not None
        assert kept.hash.startswith("scrypt:16384:8:1$")
        assert PIN not in kept.hash
    assert not {"hash", "pin", "password", "secret"} & {column.name for column in Staff.__table__.columns}


def test_the_list_of_the_team_asks_one_statement(kiosk: Machine, statements: Statements) -> None:
    client = kiosk.as_("manager")
    client.get("/equipe")
    with statements(12) as asked:
        client.get("/equipe")
    assert len([one for one in asked if "FROM staff" in one]) == 1, "who is signed in was known already"
