"""`kiosk staff …` at the console."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.accounts import attempts, queries, services
from kiosk.cli import main
from tests.support.machines import Machine


def kiosk_command(data: Path, *words: str, typed: str = "730164") -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *words], input=f"{typed}\n")


@pytest.fixture
def ready(kiosk: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A kiosk whose database the command line accepts, whatever migrations are written."""
    monkeypatch.setattr("kiosk.storage.store.Store.check_version", lambda _self: None)
    return kiosk


def test_add_engages_a_person_of_this_space(ready: Machine) -> None:
    ran = kiosk_command(ready.data, "staff", "add", "Oumou Ba", "--role", "trainer", "--pin", "-")
    assert ran.exit_code == 0, ran.output
    with ready.open():
        found = queries.by_name("oumou ba")
        assert found is not None
        assert services.secret_matches(found.uid, "730164")
        assert found.space_uid is not None


def test_add_asks_for_what_is_missing(ready: Machine) -> None:
    words = ["--data", str(ready.data), "staff", "add", "Oumou Ba", "--role", "trainer"]
    ran = CliRunner().invoke(main, words, input="730164\n730164\n")
    assert ran.exit_code == 0, ran.output
    assert "730164" not in ran.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "Kadidia Sissoko", "--role", "trainer", "--pin", "-"), "porte déjà ce nom"),
        (("add", "Oumou Ba", "--role", "coordinator", "--pin", "-"), "n’existe pas ici"),
        (("reset", "Personne", "--pin", "-"), "Personne ne s’appelle"),
        (("unlock", "Personne"), "Personne ne s’appelle"),
    ],
)
def test_a_mistake_gets_one_line_and_exit_code_one(ready: Machine, words: tuple[str, ...], said: str) -> None:
    ran = kiosk_command(ready.data, "staff", *words)
    assert ran.exit_code == 1
    assert said in ran.output
    assert "Traceback" not in ran.output
    assert len(ran.output.strip().splitlines()) == 1


def test_an_easy_code_is_refused(ready: Machine) -> None:
    ran = kiosk_command(
        ready.data, "staff", "add", "Oumou Ba", "--role", "trainer", "--pin", "-", typed="123456"
    )
    assert (ran.exit_code, "trop facile" in ran.output) == (1, True)


@pytest.mark.parametrize("option", ["--pin", "--password"])
def test_a_code_in_the_arguments_is_refused(ready: Machine, option: str) -> None:
    ran = kiosk_command(ready.data, "staff", "reset", "moussa diarra", option, "730164")
    assert ran.exit_code == 2
    assert "730164" not in ran.output
    with ready.open():
        assert not services.secret_matches(ready.people["trainer"].uid, "730164")


def test_reset_gives_a_new_code(ready: Machine) -> None:
    assert kiosk_command(ready.data, "staff", "reset", "moussa diarra", "--pin", "-").exit_code == 0
    with ready.open():
        assert services.secret_matches(ready.people["trainer"].uid, "730164")


def test_unlock_forgets_the_waits(ready: Machine) -> None:
    account = attempts.account_of(ready.people["manager"].uid)
    with ready.writing():
        attempts.begin(account, "", "10.0.0.9")
    assert kiosk_command(ready.data, "staff", "unlock", "Kadidia Sissoko").exit_code == 0
    with ready.writing():
        assert attempts.begin(account, "", "10.0.0.9") == 0


def test_list_shows_the_team(ready: Machine) -> None:
    ran = kiosk_command(ready.data, "staff", "list")
    assert all(person.name in ran.output for person in ready.people.values())
