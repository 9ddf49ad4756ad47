"""The first run: nobody on the Wi-Fi takes the machine before the person at its console."""

import stat

import pytest

from kiosk.accounts import queries, services
from kiosk.language import msg
from kiosk.places import queries as places
from kiosk.storage import Refusal
from tests.accounts.conftest import Uptime
from tests.support.machines import Machine

PAGE = "/mise-en-route"


def answers(machine: Machine, **others: str) -> dict[str, str]:
    return {
        "console": services.set_up_code(machine.data),
        "space": "Nioro",
        "code": "nio",
        "commune": "ML010610",
        "manager": "Kadidia Sissoko",
        "secret": "258046",
        "again": "258046",
        "language": "fr",
        **others,
    }


@pytest.mark.parametrize("path", ["/", "/connexion", "/espace", "/equipe", "/nulle-part", "/collectifs"])
def test_every_page_leads_to_the_first_run(fresh: Machine, path: str) -> None:
    client = fresh.client()
    answer = client.get(path)
    assert (answer.status_code, answer.location) in ((303, PAGE), (404, None))


def test_health_and_privacy_answer_before_it(fresh: Machine) -> None:
    assert fresh.client().get("/sante").status_code == 200
    assert fresh.client().get("/confidentialite").status_code == 200


def test_the_right_answers_open_the_space_and_sign_the_manager_in(fresh: Machine) -> None:
    client = fresh.client()
    assert client.send(PAGE, **answers(fresh)).status_code == 303
    assert client.get("/equipe").status_code == 200
    with fresh.open():
        here = places.here()
        assert here is not None
        assert (here.code, here.name, here.commune) == ("NIO", "Nioro", "ML010610")
        assert queries.is_set_up()


def test_afterwards_the_page_is_gone_and_so_is_the_code(fresh: Machine) -> None:
    client = fresh.client()
    client.send(PAGE, **answers(fresh))
    assert client.get(PAGE).status_code == 404
    assert not (fresh.data / services.CODE_FILE).exists()
    assert fresh.client().get("/connexion").status_code == 200


def test_the_code_is_written_for_the_owner_only_and_printed_at_the_console(fresh: Machine) -> None:
    with fresh.app.app_context(), fresh.open():
        printed = [line for tell in fresh.app.extensions["on_serve"] if (line := tell())]
    path = fresh.data / services.CODE_FILE
    assert any(path.read_text().strip() in line for line in printed)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_code_stays_the_same_until_it_served(fresh: Machine) -> None:
    assert services.set_up_code(fresh.data) == services.set_up_code(fresh.data)


def test_the_code_may_be_typed_in_any_case_without_its_dash(fresh: Machine) -> None:
    code = services.set_up_code(fresh.data)
    assert services.is_set_up_code(fresh.data, code.lower().replace("-", " "))
    assert not services.is_set_up_code(fresh.data, code[:-1])
    assert not services.is_set_up_code(fresh.data, "")


def test_a_wrong_code_opens_nothing_and_waits(fresh: Machine, uptime: Uptime) -> None:
    client = fresh.client()
    wrong = client.send(PAGE, **answers(fresh, console="AAAA-AAAA"))
    assert wrong.status_code == 422
    assert "pas le code de la machine" in wrong.get_data(as_text=True)
    assert "Nioro" in wrong.get_data(as_text=True), "what was typed stays"
    hurried = client.send(PAGE, **answers(fresh))
    assert "Attendez" in hurried.get_data(as_text=True)
    uptime.wait(2)
    assert client.send(PAGE, **answers(fresh)).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"again": "258047"}, "pas les mêmes"),
        ({"secret": "123456", "again": "123456"}, "trop facile"),
        ({"code": "N1"}, "trois lettres"),
        ({"space": ""}, "nom de l’espace manque"),
        ({"manager": ""}, "Votre nom manque"),
    ],
)
def test_a_wrong_answer_writes_nothing(fresh: Machine, wrong: dict[str, str], said: str) -> None:
    answer = fresh.client().send(PAGE, **answers(fresh, **wrong))
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    with fresh.open():
        assert places.here() is None
        assert not queries.is_set_up()


def test_the_chosen_language_is_the_one_of_the_next_page(fresh: Machine) -> None:
    client = fresh.client()
    answer = client.send(PAGE, **answers(fresh, language="bm"))
    assert "langue=bm" in answer.headers["Set-Cookie"] or any(
        "langue=bm" in value for value in answer.headers.getlist("Set-Cookie")
    )


def test_two_machines_of_one_space_agree_on_its_id(fresh: Machine, kiosk: Machine) -> None:
    fresh.client().send(PAGE, **answers(fresh))
    with fresh.open():
        here = places.here_uid()
    with kiosk.open():
        assert places.here_uid() == here


def test_a_machine_that_is_ready_has_no_first_run(kiosk: Machine) -> None:
    assert kiosk.client().get(PAGE).status_code == 404


def test_the_centre_has_none(centre: Machine) -> None:
    assert centre.client().get(PAGE).status_code == 404


def test_other_rooms_prepare_the_first_day_in_the_same_transaction(fresh: Machine) -> None:
    asked: list[object] = []
    fresh.app.extensions["first_day"] = [asked.append]
    fresh.client().send(PAGE, **answers(fresh))
    with fresh.open():
        assert asked == [places.here_uid()]


def test_a_first_day_that_fails_leaves_nothing_half_done(fresh: Machine) -> None:
    def fail(_space: object) -> None:
        raise Refusal(msg("Rien à faire."))

    fresh.app.extensions["first_day"] = [fail]
    assert fresh.client().send(PAGE, **answers(fresh)).status_code == 422
    with fresh.open():
        assert places.here() is None
