"""My account: a new secret asks for the old one; exports ask for it once more."""

import pytest
from flask import Blueprint

from kiosk.accounts import queries, services
from kiosk.accounts.models import SecretKind
from kiosk.storage import session
from kiosk.web import guards
from kiosk.web.rights import Right
from tests.accounts.conftest import Uptime
from tests.support.cast import PASSWORD, PIN
from tests.support.machines import Machine


def test_a_new_code_replaces_the_old_one_and_keeps_this_browser_in(kiosk: Machine) -> None:
    here, elsewhere = kiosk.as_("trainer"), kiosk.as_("trainer")
    answer = here.send("/mon-compte", now=PIN, secret="418205", again="418205")
    assert answer.status_code == 303
    assert here.get("/mon-compte").status_code == 200
    assert elsewhere.get("/mon-compte").status_code == 303


def test_a_given_code_is_changed_before_any_page_of_the_team(kiosk: Machine) -> None:
    with kiosk.writing():
        services.set_secret(kiosk.people["manager"].uid, "418205", SecretKind.PIN, must_change=True)
    client = kiosk.client()
    client.send(f"/connexion/{kiosk.people['manager'].uid}", secret="418205")
    client.inspecting = False
    for path in ("/equipe", "/equipe/nouveau", "/plus", "/aujourdhui", "/membres", "/envois", "/confirmer"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, "/mon-compte"), path
    for path in ("/mon-compte", "/aide", "/mediatheque", "/programme", "/actualites", "/confidentialite"):
        assert client.get(path).status_code == 200, path
    client.send("/mon-compte", now="418205", secret="730164", again="730164")
    assert client.get("/equipe").status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"now": "000111", "secret": "418205", "again": "418205"}, "pas votre code de maintenant"),
        ({"now": PIN, "secret": "418205", "again": "418206"}, "pas les mêmes"),
        ({"now": PIN, "secret": PIN, "again": PIN}, "même qu’avant"),
        ({"now": PIN, "secret": "111111", "again": "111111"}, "trop facile"),
        ({"now": "", "secret": "", "again": ""}, "Tapez votre code de maintenant"),
    ],
)
def test_a_wrong_answer_changes_nothing(kiosk: Machine, typed: dict[str, str], said: str) -> None:
    client = kiosk.as_("trainer")
    answer = client.send("/mon-compte", **typed)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert client.get("/mon-compte").status_code == 200


def test_guessing_the_old_code_from_an_open_session_waits(kiosk: Machine, uptime: Uptime) -> None:
    client = kiosk.as_("trainer")
    client.send("/mon-compte", now="000111", secret="418205", again="418205")
    answer = client.send("/mon-compte", now=PIN, secret="418205", again="418205")
    assert "Attendez" in answer.get_data(as_text=True)


def test_at_the_centre_it_is_a_password(centre: Machine) -> None:
    client = centre.as_("coordinator")
    short = client.send("/mon-compte", now=PASSWORD, secret="court", again="court")
    assert "10 caractères" in short.get_data(as_text=True)


def test_an_export_asks_for_the_code_once_more(kiosk: Machine, uptime: Uptime) -> None:
    blueprint = Blueprint("export", __name__)
    blueprint.add_url_rule("/sortie", "out", guards.needs(Right.EDIT_MEMBERS, again=True)(lambda: "ok"))
    kiosk.app.register_blueprint(blueprint)
    client = kiosk.as_("manager")
    client.inspecting = False
    assert client.get("/sortie").location == "/confirmer?suite=/sortie"
    assert client.send("/confirmer", secret="999999", suite="/sortie").status_code == 422
    uptime.wait(1)
    assert client.send("/confirmer", secret=PIN, suite="/sortie").location == "/sortie"
    assert client.get("/sortie").status_code == 200
    uptime.wait(guards.AGAIN_SECONDS + 1)
    assert client.get("/sortie").status_code == 303


def test_names_of_people_are_read_in_one_statement(kiosk: Machine, statements: object) -> None:
    uids = [person.uid for person in kiosk.people.values()]
    with kiosk.open(), statements(1):  # type: ignore[operator]
        session()
        assert set(queries.names([*uids, None])) == set(uids)
