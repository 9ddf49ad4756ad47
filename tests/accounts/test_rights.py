"""Every right from both sides: who has it, who has it not, and what a stranger sees."""

import pytest

from kiosk.accounts.models import Role
from kiosk.accounts.routes.rights import RIGHTS, may
from kiosk.web.rights import Right
from tests.support.machines import Machine

HAS = {
    Right.SEE_MEMBERS: {Role.MANAGER, Role.TRAINER},
    Right.EDIT_MEMBERS: {Role.MANAGER},
    Right.EDIT_TRAINING: {Role.MANAGER},
    Right.MARK_ATTENDANCE: {Role.MANAGER, Role.TRAINER},
    Right.RECORD_VISITS: {Role.MANAGER, Role.TRAINER},
    Right.WRITE_POSTS: {Role.MANAGER, Role.AUTHOR, Role.EDITOR, Role.COORDINATOR},
    Right.REVIEW_POSTS: {Role.EDITOR, Role.COORDINATOR},
    Right.EDIT_LIBRARY: {Role.MANAGER, Role.COORDINATOR},
    Right.MANAGE_SPACE: {Role.MANAGER},
    Right.MANAGE_STAFF: {Role.MANAGER, Role.COORDINATOR},
    Right.SYNC: {Role.MANAGER},
    Right.SEE_REPORTS: {Role.MANAGER, Role.COORDINATOR},
    Right.COORDINATE: {Role.COORDINATOR},
    Right.SEE_NAMES_AT_CENTRE: {Role.COORDINATOR},
}
STAFF_PAGES = {
    "/equipe": Right.MANAGE_STAFF,
    "/equipe/nouveau": Right.MANAGE_STAFF,
    "/espace/tenue": Right.MANAGE_SPACE,
    "/collectifs/auteurs": Right.MANAGE_SPACE,
    "/collectifs/nouveau": Right.MANAGE_SPACE,
    "/projets": Right.MANAGE_SPACE,
    "/projets/nouveau": Right.MANAGE_SPACE,
}
EVERYBODY_S = ("/espace", "/espaces", "/espaces/NIO", "/collectifs", "/connexion")
ALL_STAFF_S = ("/mon-compte", "/communes", "/communes.csv", "/confirmer")


def test_every_right_is_in_the_table() -> None:
    assert set(HAS) == set(Right)


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("role", Role)
def test_a_role_gives_its_rights_and_no_other(role: Role, right: Right) -> None:
    assert may(role, right) == (role in HAS[right])


def test_a_role_of_a_newer_release_gives_nothing() -> None:
    assert not any(may("inspector", right) for right in Right)
    assert set(RIGHTS) == set(Role)


@pytest.mark.parametrize("path", STAFF_PAGES)
@pytest.mark.parametrize("role", ["manager", "trainer", "author"])
def test_a_staff_page_opens_to_who_has_the_right(kiosk: Machine, role: str, path: str) -> None:
    expected = 200 if may(role, STAFF_PAGES[path]) else 403
    assert kiosk.as_(role).get(path).status_code == expected


@pytest.mark.parametrize("path", [*STAFF_PAGES, *ALL_STAFF_S])
def test_a_stranger_is_sent_to_the_door(kiosk: Machine, path: str) -> None:
    answer = kiosk.client().get(path)
    assert (answer.status_code, answer.location) == (303, f"/connexion?suite={path}")


@pytest.mark.parametrize("path", EVERYBODY_S)
def test_a_stranger_sees_the_public_pages(kiosk: Machine, path: str) -> None:
    assert kiosk.client().get(path).status_code == 200


@pytest.mark.parametrize("path", ALL_STAFF_S)
@pytest.mark.parametrize("role", ["manager", "trainer", "author"])
def test_all_the_staff_has_these_pages(kiosk: Machine, role: str, path: str) -> None:
    assert kiosk.as_(role).get(path).status_code == 200


@pytest.mark.parametrize("role", ["trainer", "author"])
def test_the_acts_of_the_manager_are_refused_to_others(kiosk: Machine, role: str) -> None:
    client, moussa = kiosk.as_(role), kiosk.people["trainer"].uid
    token = client.token("/mon-compte")
    acts = (
        f"/equipe/{moussa}/fermer",
        f"/equipe/{moussa}/code",
        f"/equipe/{moussa}/debloquer",
        "/equipe/nouveau",
        "/espace/tenue",
        "/espace/heures",
        "/espace/salles",
        "/collectifs/nouveau",
        "/projets/nouveau",
    )
    for act in acts:
        assert client.post(act, data={"csrf_token": token, "name": "X"}).status_code == 403, act


def test_staff_pages_may_be_bound_to_one_network(kiosk: Machine) -> None:
    kiosk.app.config["SETTINGS"] = _only(kiosk, "192.168.50.0/24")
    client = kiosk.as_("manager")
    inside, outside = {"REMOTE_ADDR": "192.168.50.7"}, {"REMOTE_ADDR": "192.168.1.7"}
    assert client.get("/equipe", environ_base=inside).status_code == 200
    assert client.get("/equipe", environ_base=outside).status_code == 403
    assert client.get("/connexion", environ_base=outside).status_code == 403
    assert client.get("/espace", environ_base=outside).status_code == 200


def _only(machine: Machine, network: str) -> object:
    from dataclasses import replace

    return replace(machine.settings, staff_networks=(network,))
