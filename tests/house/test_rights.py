"""Every right from both sides: who has it gets in, who lacks it gets 403, a stranger is asked to sign in."""

import uuid
from collections.abc import Iterator

import pytest
from werkzeug.routing import Rule

from kiosk.accounts.routes.rights import may
from tests.support.machines import Machine
from tests.support.pages import Client

VALUES = {"UUIDConverter": uuid.UUID(int=7), "IntegerConverter": 1}
DOORS = [("kiosk", role) for role in ("manager", "trainer", "author")]
DOORS += [("central", role) for role in ("coordinator", "editor")]


def address(machine: Machine, rule: Rule) -> str:
    """The rule filled with values that name nothing."""
    values = {}
    for name in rule.arguments:
        converter = rule._converters[name]
        kind = type(converter).__name__
        values[name] = next(iter(getattr(converter, "items", ())), VALUES.get(kind, "rien"))
    path: str = machine.app.url_map.bind("localhost").build(rule.endpoint, values)
    return path.removeprefix("http://localhost")


def guarded(machine: Machine) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Method, path and rights of every address that asks for a right."""
    for rule in machine.app.url_map.iter_rules():
        rights = getattr(machine.app.view_functions[rule.endpoint], "rights", None)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if rights is not None:
                yield method, address(machine, rule), rights


def quiet(client: Client) -> Client:
    """The guard stands before the form's token: without the token it would never be reached."""
    client.application.config["WTF_CSRF_ENABLED"] = False
    client.inspecting = False
    return client


@pytest.mark.parametrize("door", ["kiosk", "central"])
def test_a_stranger_is_asked_to_sign_in(door: str, machine: object) -> None:
    here: Machine = machine(door)  # type: ignore[operator]
    client = quiet(here.client())
    wrong = []
    for method, path, _ in guarded(here):
        answer = client.open(path, method=method)
        if answer.status_code != 303 or not answer.headers["Location"].startswith("/connexion"):
            wrong.append(f"{method} {path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("door", "role"), DOORS)
def test_a_person_opens_what_her_role_gives_and_nothing_else(door: str, role: str, machine: object) -> None:
    here: Machine = machine(door)  # type: ignore[operator]
    client = quiet(here.as_(role))
    wrong = []
    for method, path, rights in guarded(here):
        allowed = not rights or any(may(role, right) for right in rights)
        if allowed and method == "POST":
            continue
        code = client.open(path, method=method).status_code
        if (code == 403) == allowed:
            wrong.append(f"{method} {path}: {code}, {'allowed' if allowed else 'not allowed'}")
    assert not wrong, "\n".join(wrong)


def test_an_author_never_sees_the_register(kiosk: Machine) -> None:
    client = quiet(kiosk.as_("author"))
    assert client.get("/membres").status_code == 403


def test_a_trainer_does_not_edit_the_register(kiosk: Machine) -> None:
    client = quiet(kiosk.as_("trainer"))
    assert client.get("/membres/nouveau").status_code == 403
