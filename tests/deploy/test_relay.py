"""The demonstration's link: it carries, it is cut, it comes back."""

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.relay import Switch
from tests.support.processes import free_port


@pytest.fixture
def echo() -> Iterator[int]:
    """A far end that repeats what it hears; yields its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def repeat(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while heard := connection.recv(1024):
                connection.sendall(heard)

    def welcome() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=repeat, args=(connection,), daemon=True).start()

    threading.Thread(target=welcome, daemon=True).start()
    yield server.getsockname()[1]
    server.close()


@pytest.fixture
def link(echo: int, tmp_path: Path) -> Iterator[tuple[int, Switch]]:
    """A relay to the echo for one kiosk; yields its port and its switch."""
    port, path = free_port(), tmp_path / "link-off"
    command = [sys.executable, "-m", "deploy.relay", str(echo), str(path), f"nioro:{port}"]
    process = subprocess.Popen(command)
    yield port, Switch(path)
    process.terminate()
    process.wait(timeout=5)


def speak(port: int, patience: float = 5.0) -> bytes:
    until = time.monotonic() + patience
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as near:
                near.sendall(b"bonjour")
                return near.recv(100)
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def test_the_link_carries_both_ways(link: tuple[int, Switch]) -> None:
    assert speak(link[0]) == b"bonjour"


def test_a_cut_link_refuses_and_a_restored_one_carries_again(link: tuple[int, Switch]) -> None:
    port, switch = link
    assert speak(port) == b"bonjour"
    switch.cut(["nioro", "kayes"])
    with pytest.raises(ConnectionResetError):
        speak(port)
    switch.restore(["nioro"])
    assert speak(port) == b"bonjour"
    assert switch.down() == {"kayes"}


def test_cutting_ends_what_was_under_way(link: tuple[int, Switch]) -> None:
    port, switch = link
    assert speak(port) == b"bonjour"
    with socket.create_connection(("127.0.0.1", port), timeout=5) as near:
        near.sendall(b"a")
        assert near.recv(10) == b"a"
        switch.cut(["nioro"])
        with pytest.raises(ConnectionResetError):
            near.recv(10)
