"""What staff pages keep between two writes: who signs in, menus, lines, addresses."""

import re
import uuid
from types import SimpleNamespace

import pytest

from kiosk.accounts import services as accounts
from kiosk.members import services as members
from kiosk.members.routes import lines
from kiosk.places import queries as places
from kiosk.web.addresses import address
from kiosk.web.steady import Memory, steady
from tests.support.machines import Machine


def test_an_answer_is_asked_once_until_something_is_committed(kiosk: Machine) -> None:
    asked: list[int] = []

    def find() -> int:
        asked.append(1)
        return len(asked)

    def ask() -> int:
        with kiosk.app.test_request_context("/"):
            kiosk.app.preprocess_request()
            return steady("count", find)

    assert (ask(), ask()) == (1, 1)
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        members.register(space, given_name="Awa", sex="F", commune_pcode="ML010610", village="Diakha")
    assert (ask(), ask()) == (2, 2)


def test_where_commits_cannot_be_seen_everything_is_asked_again(kiosk: Machine) -> None:
    asked: list[int] = []
    with kiosk.app.app_context():
        steady("count", lambda: asked.append(1))
        steady("count", lambda: asked.append(1))
    assert len(asked) == 2


def test_two_threads_of_two_pulses_do_not_mix() -> None:
    memory = Memory()
    before = memory.at(b"1")
    after = memory.at(b"2")
    before["count"] = "old"
    assert "count" not in after
    assert "count" not in memory.at(b"2")


def test_somebody_deactivated_is_out_at_her_next_page(kiosk: Machine) -> None:
    teacher = kiosk.as_("trainer")
    assert teacher.get("/formations").status_code == 200
    with kiosk.writing("manager"):
        accounts.deactivate(kiosk.people["trainer"].uid)
    assert teacher.get("/formations").status_code == 303


def test_each_browser_signs_out_with_its_own_token(kiosk: Machine) -> None:
    tokens = set()
    for client in (kiosk.as_("manager"), kiosk.as_("manager")):
        page = client.get("/membres").text
        token = re.search(r'action="/deconnexion".*?name="csrf_token" value="([^"]+)"', page, re.DOTALL)
        assert token
        tokens.add(token[1])
        assert client.post("/deconnexion", data={"csrf_token": token[1]}).status_code == 303
        assert client.get("/membres").status_code == 303
    assert len(tokens) == 2


def test_an_address_is_the_same_written_once_or_thirty_times(kiosk: Machine) -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    with kiosk.app.test_request_context("/"):
        assert address("members.show", uid=one) == address("members.show", uid=one) == f"/membres/{one}"
        assert address("members.show", uid=other) == f"/membres/{other}"
        assert address("members.index", q=1) == "/membres?q=1"
        assert address("members.index", q=True) == "/membres?q=True"
        assert address("members.index", q=["a", "b"]) == "/membres?q=a&q=b"
        assert address("members.index", _anchor="x") == "/membres#x"


@pytest.mark.parametrize("field", ["given_name", "family_name", "card", "village", "phone"])
def test_what_a_person_typed_is_escaped_in_her_line(kiosk: Machine, field: str) -> None:
    person = dict.fromkeys(("given_name", "family_name", "card", "village", "phone"), "x")
    with kiosk.app.test_request_context("/"):
        one = SimpleNamespace(uid=uuid.uuid4(), **{**person, field: "<i>&'\""})
        drawn = str(lines.people([one]))
    assert "&lt;i&gt;&amp;" in drawn
    assert "<i>&" not in drawn
