"""Real processes over real sockets: two commands, bad links, and machines that die."""

import fcntl
import http.server
import json
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kiosk.members import services as members
from kiosk.sync import keyfile
from tests.support.machines import Machine
from tests.support.processes import Run, Served, command
from tests.sync.conftest import code_for
from tests.sync.telling import NIORO, named, register, waiting

pytestmark = pytest.mark.process
Serve = Callable[..., Served]


@contextmanager
def answering(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve something that is not a centre."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Portal(http.server.BaseHTTPRequestHandler):
    """Answers 200 and a welcome page to everything, as a captive portal does."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        page = b"<html><title>Bienvenue</title></html>"
        self.send_response(200)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Proxy:
    """Carries bytes to a centre and cuts each connection after `most` of them, either way."""

    def __init__(self, target: int, most: int) -> None:
        self.target, self.most, self.cuts = target, most, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.create_connection(("127.0.0.1", self.target)) as far:
            budget = [self.most]
            back = threading.Thread(target=self._pump, args=(far, near, budget), daemon=True)
            back.start()
            self._pump(near, far, budget)
            back.join()

    def _pump(self, source: socket.socket, target: socket.socket, budget: list[int]) -> None:
        try:
            while chunk := source.recv(512):
                target.sendall(chunk)
                budget[0] -= len(chunk)
                if budget[0] <= 0:
                    self.cuts += 1
                    break
        except OSError:
            return
        finally:
            for end in (source, target):
                end_quietly(end)

    def close(self) -> None:
        self.listener.close()


def end_quietly(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def point_at(kiosk: Machine, address: str) -> None:
    """Make an enrolled kiosk believe that the centre moved."""
    identity = keyfile.load(kiosk.data)
    keyfile.save(kiosk.data, keyfile.Identity(**{**vars(identity), "centre": address}))


@pytest.fixture
def linked(kiosk: Machine, centre: Machine, serve: Serve, run: Run) -> Served:
    """A served centre, and the kiosk of Nioro enrolled there by its console."""
    code = code_for(centre, "NIO")
    served = serve(centre.data)
    ran = run(kiosk.data, "enrol", served.url, code)
    assert ran.returncode == 0, ran.stderr
    assert "Relié au centre" in ran.stdout
    return served


def test_two_commands_bring_a_day_to_the_centre(
    kiosk: Machine, centre: Machine, linked: Served, run: Run
) -> None:
    register(kiosk, "Awa Coulibaly")
    ran = run(kiosk.data, "sync")
    assert ran.returncode == 0, ran.stderr
    assert "Tout est envoyé" in ran.stdout
    assert named(centre) == ["Awa Coulibaly"]
    state = json.loads(run(kiosk.data, "status", "--json").stdout)
    assert state["changes"]["waiting"] == 0
    assert state["changes"]["acknowledged"] > 0
    assert state["last_exchange"]


def refused(run: Run, kiosk: Machine, *words: str) -> str:
    """Run a command that must fail with one line."""
    ran = run(kiosk.data, *words)
    assert ran.returncode != 0
    assert "Traceback" not in ran.stderr
    lines = [line for line in ran.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, ran.stderr
    return lines[0]


def test_every_mishap_is_one_line_and_a_failure(kiosk: Machine, centre: Machine, run: Run) -> None:
    code = code_for(centre, "NIO")
    assert "pas encore relié" in refused(run, kiosk, "sync")
    assert "a une faute" in refused(run, kiosk, "enrol", "http://127.0.0.1:9", code[:-1])
    assert "https" in refused(run, kiosk, "enrol", "http://centre.example", code)
    assert refused(run, kiosk, "enrol", "http://127.0.0.1:9", code).startswith("Pas de réseau")
    assert "sert au centre" in refused(run, kiosk, "central", "code", "NIO")
    (kiosk.data / keyfile.NAME).write_text("{")
    assert "illisible" in refused(run, kiosk, "sync")


def test_a_portal_is_no_centre(kiosk: Machine, linked: Served, run: Run) -> None:
    before = waiting(kiosk)
    with answering(Portal) as address:
        point_at(kiosk, address)
        assert "à la place du centre" in refused(run, kiosk, "sync")
    assert waiting(kiosk) == before > 0


def test_a_second_sender_steps_back(kiosk: Machine, linked: Served, run: Run) -> None:
    with (kiosk.data / "sync.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "déjà en cours" in refused(run, kiosk, "sync")


def test_a_link_that_cuts_gets_everything_through(
    kiosk: Machine, centre: Machine, linked: Served, run: Run
) -> None:
    """Each connection dies after 12 kB: pieces get smaller, and what arrived stays."""
    chance = random.Random(3)
    with kiosk.writing("manager"):
        for number in range(150):
            notes = chance.randbytes(150).hex()
            members.register(NIORO, given_name=f"Awa{number}", family_name="Coulibaly", notes=notes)
    proxy = Proxy(linked.port, 12_000)
    point_at(kiosk, f"http://127.0.0.1:{proxy.port}")
    for _ in range(20):
        if run(kiosk.data, "sync").returncode == 0:
            break
    proxy.close()
    assert proxy.cuts
    assert waiting(kiosk) == 0
    assert len(named(centre)) == 150


def test_the_button_wakes_the_worker(kiosk: Machine, centre: Machine, linked: Served) -> None:
    worker = subprocess.Popen(command(kiosk.data, "sync", "--watch"))
    try:
        until(lambda: waiting(kiosk) == 0)
        register(kiosk, "Awa Coulibaly")
        assert kiosk.as_("manager").send("/envois/synchroniser", "/envois").status_code == 303
        until(lambda: named(centre) == ["Awa Coulibaly"])
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0


def until(holds: Callable[[], bool], patience: float = 25.0) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.1)
