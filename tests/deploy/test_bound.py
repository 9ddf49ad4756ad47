"""What the demonstration starts ends with it, however it ends; a late link is waited for."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from deploy.fleet import DemoError, Machine, wait_for

PARENT = """
import sys
from pathlib import Path
from deploy.fleet import Fleet
fleet = Fleet()
fleet.start("one", [sys.executable, "-c", "import time; time.sleep(600)"], Path(sys.argv[1]))
print(fleet.running["one"].pid, flush=True)
sys.stdin.read()
"""


def test_a_child_dies_with_a_killed_parent(tmp_path: Path) -> None:
    words = [sys.executable, "-c", PARENT, str(tmp_path / "log")]
    parent = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert lives(child)
    parent.kill()
    parent.wait(timeout=10)
    until = time.monotonic() + 10
    while lives(child) and time.monotonic() < until:
        time.sleep(0.02)
    left = lives(child)
    if left:
        os.kill(child, signal.SIGKILL)
    assert not left


def lives(pid: int) -> bool:
    """A zombie that nobody waits for is dead enough."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Well(BaseHTTPRequestHandler):
    """A machine whose health is good."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/sante" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_link_that_comes_late_is_waited_for(free: int) -> None:
    def late() -> None:
        time.sleep(0.4)
        with HTTPServer(("127.0.0.1", free), Well) as server:
            server.handle_request()

    threading.Thread(target=late, daemon=True).start()
    assert wait_for(free, 20)


def test_a_link_that_never_comes_is_not_waited_for_long(free: int) -> None:
    assert not wait_for(free, 0.2)
    assert not wait_for(free, 60, gone=lambda: True)


@pytest.mark.parametrize("linked", [True, False])
def test_an_exchange_is_tried_once_more_where_the_link_stands(
    tmp_path: Path, free: int, monkeypatch: pytest.MonkeyPatch, linked: bool
) -> None:
    tried: list[str] = []

    def run(_self: Machine, *words: str) -> str:
        tried.extend(words)
        if len(tried) == 1:
            raise DemoError("Pas de réseau")
        return ""

    monkeypatch.setattr("deploy.fleet.wait_for", lambda *_: linked)
    monkeypatch.setattr(Machine, "run", run)
    kiosk = Machine("nioro", "Nioro", "NIO", tmp_path, 0, free)
    if linked:
        kiosk.sync()
    else:
        with pytest.raises(DemoError):
            kiosk.sync()
    assert tried == ["sync"] * (2 if linked else 1)


@pytest.fixture
def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
