"""The demonstration finds room beside whatever else listens on this machine."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy import fleet, preparing
from deploy.fleet import DemoError, Fleet, machines, settle
from kiosk import config


@contextmanager
def listening(port: int = 0) -> Iterator[int]:
    with socket.socket() as program:
        program.bind(("127.0.0.1", port))
        program.listen()
        yield program.getsockname()[1]


def test_no_port_is_given_twice_however_many_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fleet, "is_free", lambda port: port >= 8116 or port in {8108, 8109})
    machines(tmp_path)
    given = json.loads((tmp_path / "ports.json").read_text())
    assert len(set(given.values())) == len(given) == 7


def test_a_page_whose_port_was_taken_meanwhile_moves_and_the_links_stay(tmp_path: Path) -> None:
    before = machines(tmp_path)
    with listening(before[1].port):
        settle(tmp_path)
    after = machines(tmp_path)
    assert after[1].port != before[1].port
    assert [(m.port, m.link_port) for m in after if m.name != "nioro"] == [
        (m.port, m.link_port) for m in before if m.name != "nioro"
    ]
    assert after[1].link_port == before[1].link_port


def test_a_link_whose_port_was_taken_is_refused_before_anything_starts(tmp_path: Path) -> None:
    everyone = machines(tmp_path)
    with listening(everyone[1].link_port), pytest.raises(DemoError, match="Nioro"):
        preparing.start(Fleet(), everyone, tmp_path / "link-off", with_sync=False)


def test_what_a_person_wrote_in_the_configuration_stays(tmp_path: Path) -> None:
    machine = machines(tmp_path)[1]
    machine.configure("127.0.0.1")
    path = machine.data / "config.toml"
    path.write_text(path.read_text() + "price_per_mb = 40\n")
    machine.configure("0.0.0.0")
    found = config.load(machine.data)
    assert (found.role, found.host, found.port) == ("kiosk", "0.0.0.0", machine.port)
    assert found.price_per_mb == 40
    machine.configure("0.0.0.0")
    assert path.read_text().count("=") == 4
