"""Delays after wrong answers: they double, survive everything, and never fall on the manager."""

from collections.abc import Callable

import pytest

from kiosk.accounts import attempts, services
from kiosk.app import create_app
from tests.accounts.conftest import Uptime
from tests.support.cast import PIN
from tests.support.machines import Machine
from tests.support.pages import Client

Door = Callable[..., int]
WRONG = "999999"


def fail(
    client: Client, door: Door, machine: Machine, times: int, uptime: Uptime, address: str = "10.0.0.9"
) -> None:
    """Be wrong as often, waiting patiently each time."""
    for _ in range(times):
        uptime.wait(attempts.LONGEST)
        assert door(client, machine.people["manager"], WRONG, address) == 422


def test_the_second_try_must_wait(kiosk: Machine, door: Door, uptime: Uptime) -> None:
    client, kadidia = kiosk.client(), kiosk.people["manager"]
    assert door(client, kadidia, WRONG) == 422
    assert door(client, kadidia, PIN) == 429, "even the right answer waits its turn"
    uptime.wait(1)
    assert door(client, kadidia, PIN) == 303


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(kiosk: Machine, uptime: Uptime) -> None:
    waits = []
    with kiosk.writing():
        for _ in range(13):
            assert attempts.begin("mise-en-route", "", "10.0.0.9") == 0
            waits.append(attempts.begin("mise-en-route", "", "10.0.0.9"))
            uptime.wait(waits[-1])
    assert waits[:5] == [1, 2, 4, 8, 16]
    assert waits[-1] == 900


def test_hurrying_never_lengthens_the_wait(kiosk: Machine, uptime: Uptime) -> None:
    with kiosk.writing():
        for _ in range(5):
            attempts.begin("x", "", "10.0.0.9")
            uptime.wait(60)
        attempts.begin("x", "", "10.0.0.9")
        first = attempts.begin("x", "", "10.0.0.9")
        assert [attempts.begin("x", "", "10.0.0.9") for _ in range(20)] == [first] * 20


def test_the_wait_is_said_in_words_and_in_the_answer(kiosk: Machine, door: Door, uptime: Uptime) -> None:
    client, kadidia = kiosk.client(), kiosk.people["manager"]
    fail(client, door, kiosk, 7, uptime)
    page = f"/connexion/{kadidia.uid}"
    answer = client.post(
        page, data={"csrf_token": client.token(page), "secret": PIN}, environ_base={"REMOTE_ADDR": "10.0.0.9"}
    )
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) == 64
    assert "Attendez 1\u00a0min\u00a004" in answer.get_data(as_text=True)


def test_the_wait_survives_a_restart_of_the_program(kiosk: Machine, door: Door, uptime: Uptime) -> None:
    fail(kiosk.client(), door, kiosk, 8, uptime, "192.168.1.20")
    again = create_app(kiosk.settings, kiosk.store)
    again.test_client_class, again.testing = Client, True
    assert door(again.test_client(), kiosk.people["manager"], PIN) == 429


def test_the_wait_survives_a_power_cut_in_full(kiosk: Machine, door: Door, uptime: Uptime) -> None:
    fail(kiosk.client(), door, kiosk, 8, uptime, "192.168.1.20")
    uptime.power_cut(uptime=10)
    client, kadidia = kiosk.client(), kiosk.people["manager"]
    assert door(client, kadidia, PIN) == 429
    uptime.wait(117)
    assert door(client, kadidia, PIN) == 429
    uptime.wait(2)
    assert door(client, kadidia, PIN) == 303


@pytest.mark.parametrize("now", [0, 4_102_444_800_000])
def test_setting_the_clock_neither_shortens_nor_lengthens_it(
    kiosk: Machine, door: Door, uptime: Uptime, monkeypatch: pytest.MonkeyPatch, now: int
) -> None:
    client, kadidia = kiosk.client(), kiosk.people["manager"]
    fail(client, door, kiosk, 5, uptime, "192.168.1.20")
    monkeypatch.setattr("kiosk.storage.clock.now_ms", lambda: now)
    assert door(client, kadidia, PIN) == 429
    uptime.wait(16)
    assert door(client, kadidia, PIN) == 303


def test_a_stranger_cannot_lock_the_manager_out_of_her_phone(
    kiosk: Machine, door: Door, uptime: Uptime
) -> None:
    kadidia, hers, strangers = kiosk.people["manager"], kiosk.client(), kiosk.client()
    assert door(hers, kadidia, PIN, "192.168.1.20") == 303
    fail(strangers, door, kiosk, 15, uptime, "192.168.1.20")
    assert door(strangers, kadidia, PIN, "192.168.1.20") == 429
    assert door(hers, kadidia, PIN, "192.168.1.20") == 303


def test_nor_from_another_address(kiosk: Machine, door: Door, uptime: Uptime) -> None:
    fail(kiosk.client(), door, kiosk, 12, uptime, "10.0.0.9")
    assert door(kiosk.client(), kiosk.people["manager"], PIN, "10.0.0.10") == 303


def test_many_addresses_share_a_slow_count_but_a_known_phone_does_not(
    kiosk: Machine, door: Door, uptime: Uptime
) -> None:
    kadidia, hers = kiosk.people["manager"], kiosk.client()
    assert door(hers, kadidia, PIN) == 303
    account = attempts.account_of(kadidia.uid)
    with kiosk.writing():
        for n in range(40):
            assert attempts.begin(account, "", f"10.0.1.{n}") == 0
            uptime.wait(attempts.CROWD_LONGEST)
        assert attempts.begin(account, "", "10.0.2.1") == 0
        assert 0 < attempts.begin(account, "", "10.0.2.1") <= attempts.CROWD_LONGEST
    assert door(hers, kadidia, PIN) == 303


def test_the_phone_of_a_colleague_is_a_stranger_s_for_the_manager_s_account(
    kiosk: Machine, door: Door, uptime: Uptime
) -> None:
    moussa, his = kiosk.people["trainer"], kiosk.client()
    assert door(his, moussa, PIN) == 303
    fail(his, door, kiosk, 6, uptime, "192.168.1.20")
    assert door(kiosk.client(), kiosk.people["manager"], PIN, "192.168.1.20") == 429


def test_a_forged_device_cookie_is_worth_nothing(kiosk: Machine, door: Door, uptime: Uptime) -> None:
    stranger = kiosk.client()
    fail(stranger, door, kiosk, 4, uptime, "10.0.0.9")
    for forged in ("a", "ImFiYyI.zzzz", '"x"'):
        stranger.set_cookie("appareil", forged)
        assert door(stranger, kiosk.people["manager"], PIN, "10.0.0.9") == 429


def test_coming_in_forgets_the_wrong_answers(kiosk: Machine, door: Door, uptime: Uptime) -> None:
    client, kadidia = kiosk.client(), kiosk.people["manager"]
    fail(client, door, kiosk, 6, uptime, "192.168.1.20")
    uptime.wait(900)
    assert door(client, kadidia, PIN) == 303
    assert door(client, kadidia, WRONG) == 422
    uptime.wait(1)
    assert door(client, kadidia, PIN) == 303


def test_the_console_and_a_manager_unlock(kiosk: Machine, door: Door, uptime: Uptime) -> None:
    moussa, his = kiosk.people["trainer"], kiosk.client()
    for _ in range(4):
        uptime.wait(attempts.LONGEST)
        assert door(his, moussa, WRONG) == 422
    assert door(his, moussa, PIN) == 429
    with kiosk.writing():
        services.unlock(moussa.uid)
    assert door(his, moussa, PIN) == 303


def test_unknown_names_at_the_centre_wait_too(centre: Machine, uptime: Uptime) -> None:
    client = centre.client()
    assert client.send("/connexion", name="Personne", secret="n’importe quoi").status_code == 422
    assert client.send("/connexion", name="Personne d’autre", secret="n’importe quoi").status_code == 429
