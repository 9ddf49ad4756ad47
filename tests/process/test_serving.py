"""A served kiosk as an operator and thirty phones meet it."""

import os
import signal
import socket
import sqlite3
import time
from collections.abc import Callable

import pytest

from tests.support import measure
from tests.support.load import press, request
from tests.support.machines import Machine
from tests.support.processes import Run, Served, free_port

pytestmark = pytest.mark.process
Serve = Callable[..., Served]
PAGES = ("/", "/programme", "/mediatheque", "/actualites", "/espace", "/connexion", "/aide", "/sante")


def test_twenty_pages_stay_within_the_memory_of_a_small_board(kiosk: Machine, serve: Serve) -> None:
    served = serve(kiosk.data)
    for _ in range(5):
        for path in PAGES:
            assert served.read(path)[0] == 200, path
    assert measure.resident(served.process.pid) < 110


def test_a_second_serve_on_the_same_data_is_refused_in_one_line(
    kiosk: Machine, serve: Serve, run: Run
) -> None:
    serve(kiosk.data)
    second = run(kiosk.data, "serve", "--port", str(free_port()))
    assert second.returncode != 0
    assert "déjà servi" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1


def test_stopping_it_is_a_success(kiosk: Machine, serve: Serve) -> None:
    served = serve(kiosk.data)
    assert served.stop() == 0


def test_a_power_cut_leaves_a_database_that_opens(kiosk: Machine, serve: Serve, run: Run) -> None:
    served = serve(kiosk.data)
    served.read("/")
    served.kill()
    with sqlite3.connect(kiosk.data / "kiosk.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert run(kiosk.data, "status").returncode == 0
    assert serve(kiosk.data).read("/")[0] == 200


def test_a_database_from_a_newer_version_is_refused_in_one_line(kiosk: Machine, run: Run) -> None:
    with sqlite3.connect(kiosk.data / "kiosk.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    refused = run(kiosk.data, "serve", "--port", str(free_port()))
    assert refused.returncode != 0
    assert "plus récente" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_thirty_phones_are_answered_without_an_error(kiosk: Machine, serve: Serve) -> None:
    served = serve(kiosk.data)
    load = press(served.port, request("/programme", served.port), clients=30, seconds=1.5)
    assert load.latencies
    assert not load.errors


def test_two_hundred_idle_phones_do_not_lock_the_next_one_out(kiosk: Machine, serve: Serve) -> None:
    served = serve(kiosk.data)
    idle = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(200)]
    try:
        assert served.read("/sante")[0] == 200
    finally:
        for one in idle:
            one.close()


def test_a_file_of_300_megabytes_is_refused_and_nothing_is_kept(kiosk: Machine, serve: Serve) -> None:
    """The length alone is enough to refuse: nothing is spooled to the memory card first."""
    served = serve(kiosk.data)
    cookie = measure.sign_in(served, "Kadidia Sissoko", kiosk.people["manager"].secret)
    head = (
        "POST /membres/import HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n"
        f"Cookie: {cookie}\r\nContent-Length: 314572800\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as phone:
        phone.sendall(head.encode() + b"--x\r\n")
        answer = b"".join(iter(lambda: phone.recv(4096), b"")).decode()
    assert " 413 " in answer.splitlines()[0]
    assert "Ce fichier est trop lourd" in answer and "Content-Security-Policy" in answer
    assert served.read("/")[0] == 200
    assert sum(path.stat().st_size for path in (kiosk.data / "spool").rglob("*") if path.is_file()) < 10**6


def test_a_stranger_host_is_turned_away(kiosk: Machine, serve: Serve) -> None:
    served = serve(kiosk.data)
    assert served.read("/", {"Host": "evil.example"})[0] == 421


def test_ctrl_c_ends_it_cleanly(kiosk: Machine, serve: Serve) -> None:
    served = serve(kiosk.data)
    os.killpg(served.process.pid, signal.SIGINT)
    until = time.monotonic() + 10
    while served.process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    assert served.process.poll() is not None
    assert "Traceback" not in served.log.read_text()


def test_an_unknown_setting_stops_the_start_with_its_name(kiosk: Machine, run: Run) -> None:
    with (kiosk.data / "config.toml").open("a") as file:
        file.write('couleur = "indigo"\n')
    refused = run(kiosk.data, "serve")
    assert refused.returncode != 0
    assert "couleur" in refused.stderr
