"""Coming in: choose who you are, type your PIN; at the centre, a name and a password."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.accounts import services
from kiosk.accounts.models import Role, SecretKind
from kiosk.places import queries as places
from kiosk.storage.log import sync_log
from tests.accounts.conftest import Uptime
from tests.support.cast import PASSWORD, PIN
from tests.support.machines import Machine

Door = Callable[..., int]


def test_a_stranger_sees_initials_and_no_name(kiosk: Machine) -> None:
    client, kadidia = kiosk.client(), kiosk.people["manager"]
    for path in ("/connexion", f"/connexion/{kadidia.uid}"):
        page = client.get(path).get_data(as_text=True)
        assert "KS" in page
        assert not any(part in page for person in kiosk.people.values() for part in person.name.split())


def test_her_own_browser_says_her_name_and_no_other(kiosk: Machine, door: Door) -> None:
    client, kadidia = kiosk.client(), kiosk.people["manager"]
    assert door(client, kadidia, PIN) == 303
    client.send("/deconnexion", form_at="/mon-compte")
    page = client.get("/connexion").get_data(as_text=True)
    assert page.index("Kadidia Sissoko") < page.index("FT")
    assert "Moussa" not in page


def test_two_who_look_alike_are_numbered(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        here = places.here_uid()
        twin = services.create_staff("Mariam Dembélé", Role.TRAINER, here)
        services.set_secret(twin.uid, "730164", SecretKind.PIN)
    page = kiosk.client().get("/connexion").get_data(as_text=True)
    assert "MD 1" in page
    assert "MD 2" in page


def test_who_left_stands_there_no_more(kiosk: Machine) -> None:
    moussa = kiosk.people["trainer"]
    with kiosk.writing("manager"):
        services.deactivate(moussa.uid)
    client = kiosk.client()
    assert "MD" not in client.get("/connexion").get_data(as_text=True)
    assert client.get(f"/connexion/{moussa.uid}").status_code == 404


def test_the_right_pin_opens_and_leads_where_one_was_going(kiosk: Machine) -> None:
    client, kadidia = kiosk.client(), kiosk.people["manager"]
    asked = client.get("/equipe")
    assert (asked.status_code, asked.location) == (303, "/connexion?suite=/equipe")
    came_in = client.send(f"/connexion/{kadidia.uid}", secret=PIN, suite="/equipe")
    assert (came_in.status_code, came_in.location) == (303, "/equipe")
    assert client.get("/equipe").status_code == 200


@pytest.mark.parametrize(
    "suite", ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs", "javascript:1"]
)
def test_the_way_back_never_leads_to_another_host(kiosk: Machine, suite: str) -> None:
    answer = kiosk.client().send(f"/connexion/{kiosk.people['manager'].uid}", secret=PIN, suite=suite)
    assert answer.location.startswith("/")
    assert "ailleurs" not in answer.location


def test_a_wrong_pin_says_so_and_opens_nothing(kiosk: Machine) -> None:
    client = kiosk.client()
    answer = client.send(f"/connexion/{kiosk.people['manager'].uid}", secret="999999")
    assert answer.status_code == 422
    assert "pas le bon code" in answer.get_data(as_text=True)
    assert client.get("/equipe").status_code == 303


def test_nobody_comes_in_with_an_empty_pin(kiosk: Machine) -> None:
    assert kiosk.client().send(f"/connexion/{kiosk.people['manager'].uid}", secret="").status_code == 422


def test_going_out_asks_for_a_post_and_ends_the_session(kiosk: Machine) -> None:
    client = kiosk.as_("manager")
    client.inspecting = False
    assert client.get("/deconnexion").status_code in (404, 405)
    assert client.get("/equipe").status_code == 200
    assert client.send("/deconnexion", form_at="/mon-compte").status_code == 303
    assert client.get("/equipe").status_code == 303


def test_a_post_without_its_token_is_refused(kiosk: Machine) -> None:
    answer = kiosk.client().post(f"/connexion/{kiosk.people['manager'].uid}", data={"secret": PIN})
    assert answer.status_code == 400


def test_a_session_left_alone_ends(kiosk: Machine, uptime: Uptime) -> None:
    client = kiosk.as_("manager")
    uptime.wait(59 * 60)
    assert client.get("/equipe").status_code == 200
    uptime.wait(59 * 60)
    assert client.get("/equipe").status_code == 200, "working prolongs the session"
    uptime.wait(61 * 60)
    assert client.get("/equipe").status_code == 303


def test_a_session_ends_with_the_power(kiosk: Machine, uptime: Uptime) -> None:
    client = kiosk.as_("manager")
    uptime.power_cut()
    assert client.get("/equipe").status_code == 303


def test_the_clock_of_the_machine_does_not_touch_sessions(
    kiosk: Machine, uptime: Uptime, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = kiosk.as_("manager")
    monkeypatch.setattr("kiosk.storage.clock.now_ms", lambda: 0)
    assert client.get("/equipe").status_code == 200
    monkeypatch.setattr("kiosk.storage.clock.now_ms", lambda: 4_102_444_800_000)
    assert client.get("/equipe").status_code == 200


def test_a_new_secret_ends_the_sessions_opened_before(kiosk: Machine) -> None:
    client = kiosk.as_("trainer")
    assert client.get("/mon-compte").status_code == 200
    with kiosk.writing("manager"):
        services.set_secret(kiosk.people["trainer"].uid, "804217", SecretKind.PIN)
    assert client.get("/mon-compte").status_code == 303


def test_a_closed_entry_ends_the_open_sessions(kiosk: Machine) -> None:
    client = kiosk.as_("trainer")
    with kiosk.writing("manager"):
        services.deactivate(kiosk.people["trainer"].uid)
    assert client.get("/mon-compte").status_code == 303


def test_at_the_centre_no_name_is_listed(centre: Machine) -> None:
    page = centre.client().get("/connexion").get_data(as_text=True)
    assert "Salimata" not in page
    assert 'name="name"' in page


@pytest.mark.parametrize("name", ["Salimata Coulibaly", "  salimata COULIBALY "])
def test_at_the_centre_a_name_and_a_password_open(centre: Machine, name: str) -> None:
    answer = centre.client().send("/connexion", name=name, secret=PASSWORD)
    assert answer.status_code == 303


@pytest.mark.parametrize("name", ["Salimata Coulibaly", "Personne du Tout"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(centre: Machine, name: str) -> None:
    answer = centre.client().send("/connexion", name=name, secret="le fleuve ne passe pas")
    assert answer.status_code == 422
    assert "ne vont pas ensemble" in answer.get_data(as_text=True)


def test_every_change_is_signed_by_who_made_it(kiosk: Machine) -> None:
    typed = {"name": "Bintou Sidibé", "role": "trainer", "phone": "", "secret": "730164"}
    kiosk.as_("manager").send("/equipe/nouveau", **typed)
    with kiosk.open() as session:
        last = session.execute(select(sync_log).order_by(sync_log.c.seq.desc())).first()
    assert last is not None
    assert (last.tab, last.actor_uid) == ("staff", kiosk.people["manager"].uid)
