"""`kiosk status`: how much a machine holds and how much waits, for people and for programs."""

import json
import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from kiosk import cli
from kiosk.central import queries as central
from kiosk.central.queries import Kiosk
from kiosk.reports import state
from kiosk.storage import clock
from kiosk.storage.store import head
from kiosk.training import services as training
from tests.reports.conftest import MONDAY
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine

Command = Callable[..., Result]
KEYS = {
    "role",
    "space",
    "members",
    "sessions",
    "enrolments",
    "attendance",
    "posts",
    "changes",
    "last_exchange",
}
STATES = {"draft", "queued", "returned", "approved", "published", "withdrawn", "archived"}


def stamp(machine: Machine) -> None:
    """Say that the tables made from the models are at this program's version."""
    with machine.store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})


@pytest.fixture
def command() -> Command:
    """Run a command of `kiosk` on a machine."""

    def run(machine: Machine, *words: str) -> Result:
        stamp(machine)
        machine.close()
        return CliRunner().invoke(cli.main, ["--data", str(machine.data), *words])

    return run


@pytest.fixture
def busy(kiosk: Machine, nioro: uuid.UUID) -> Machine:
    """Three members, one session of two sittings, one seat too few."""
    with kiosk.writing("manager"):
        awa, sira = member(nioro), member(nioro, "Sira Kanté")
        member(nioro, "Demba Traoré", "M")
        lesson(nioro, [Half(MONDAY, {"present": [awa], "absent": [sira]})])
        planned = lesson(nioro, [Half(MONDAY, starts="15:00", entered=False)], seats=1)
        training.enrol(planned, [awa, sira])
    return kiosk


def test_a_kiosk_says_what_it_holds_as_a_program_reads_it(busy: Machine, command: Command) -> None:
    done = command(busy, "status", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert found.keys() >= KEYS
    assert (found["role"], found["space"]) == ("kiosk", "NIO")
    assert (found["members"], found["sessions"], found["enrolments"], found["attendance"]) == (3, 2, 4, 2)
    assert found["posts"].keys() >= STATES
    assert set(found["changes"]) >= {"waiting", "acknowledged", "held"}
    assert found["changes"]["waiting"] > 10
    assert found["last_exchange"] is None


def test_a_kiosk_says_the_same_in_words(busy: Machine, command: Command) -> None:
    lines = command(busy, "status").output.splitlines()
    assert lines[0] == "Kiosque NIO"
    assert "  membres : 3" in lines
    assert "  présences : 2" in lines
    assert "  dernier échange : jamais" in lines


def test_json_is_one_line_whatever_the_language_of_the_console(busy: Machine, command: Command) -> None:
    assert command(busy, "status", "--json").output.count("\n") == 1


def nodes(three: dict[str, uuid.UUID]) -> list[Kiosk]:
    def one(number: int, code: str, name: str, **more: int) -> Kiosk:
        values = {"waiting": 0, "held": 0, "received": 0} | more
        return Kiosk(number, three[code], code, name, 0, None, more.get("last_seen"), values["received"],
                     values["held"], 0, 0, values["waiting"], "", False, 0)  # fmt: skip

    return [
        one(1, "NIO", "Nioro", received=40, waiting=2, last_seen=clock.now_ms() - 60_000),
        one(2, "KAY", "Kayes", received=2, held=1, last_seen=clock.now_ms() - 90_000),
        one(3, "YEL", "Yélimané"),
    ]


def test_the_centre_says_the_same_per_kiosk_and_in_total(
    centre: Machine, three: dict[str, uuid.UUID], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = nodes(three)
    monkeypatch.setattr(central, "kiosks", lambda: known)
    with centre.writing():
        lesson(three["NIO"], [Half(MONDAY, {"present": [member(three["NIO"])]})])
        member(three["KAY"], "Sira Kanté")
    found = json.loads(command(centre, "status", "--json").output)
    assert found.keys() >= KEYS | {"kiosks"}
    assert (found["role"], found["space"], found["members"], found["attendance"]) == ("central", None, 2, 1)
    assert found["changes"] == {"waiting": 2, "acknowledged": 42, "held": 1}
    assert found["last_exchange"] == known[0].last_seen
    assert [node["space"] for node in found["kiosks"]] == ["NIO", "KAY", "YEL"]
    for node in found["kiosks"]:
        assert node.keys() >= KEYS | {"node"}
    assert [node["members"] for node in found["kiosks"]] == [1, 1, 0]
    assert sum(node["members"] for node in found["kiosks"]) == found["members"]
    assert found["kiosks"][2]["last_exchange"] is None


def test_a_machine_that_was_replaced_does_not_count_its_space_again(
    centre: Machine, three: dict[str, uuid.UUID], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = nodes(three)
    known = [replace(first, revoked_at=1, waiting=0), *others, replace(first, node_no=4, received=7)]
    monkeypatch.setattr(central, "kiosks", lambda: known)
    with centre.writing():
        member(three["NIO"])
        member(three["KAY"], "Sira Kanté")
    found = json.loads(command(centre, "status", "--json").output)
    told = {node["node"]: node["members"] for node in found["kiosks"]}
    assert told == {1: 0, 2: 1, 3: 0, 4: 1}
    assert sum(told.values()) == found["members"] == 2
    assert [node.get("counted_with") for node in found["kiosks"]] == [4, None, None, None]
    assert found["changes"]["acknowledged"] == 49
    assert command(centre, "status").output.count("membres : ") == 4


def test_the_centre_says_it_in_words_with_its_kiosks_set_in(
    centre: Machine, three: dict[str, uuid.UUID], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = nodes(three)
    monkeypatch.setattr(central, "kiosks", lambda: known)
    lines = command(centre, "status").output.splitlines()
    assert lines[0] == "Le centre"
    assert "  Kiosque NIO" in lines
    assert "    changements : 2 en attente, 40 reçus, 0 retenus" in lines


def test_a_centre_without_kiosks_has_a_state_too(centre: Machine) -> None:
    with centre.open():
        found = state.of_centre()
    assert (found["kiosks"], found["last_exchange"]) == ([], None)
    assert found["changes"] == {"waiting": 0, "acknowledged": 0, "held": 0}


def test_a_kiosk_before_its_first_day_has_a_state_too(kiosk: Machine, command: Command) -> None:
    with kiosk.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM here"))
    done = command(kiosk, "status")
    assert (done.exit_code, done.output.splitlines()[0]) == (0, "Kiosque sans espace")
