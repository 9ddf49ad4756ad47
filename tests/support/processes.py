"""Real `kiosk` processes: started on a free port of this machine, awaited, always stopped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PATIENCE = 60.0
Run = Callable[..., subprocess.CompletedProcess[str]]


def free_port() -> int:
    """Return a port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """A `kiosk serve` that answers. `read` fetches a path and returns status and body."""

    process: subprocess.Popen[bytes]
    data: Path
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def read(self, path: str = "/", headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def wait(self, patience: float = PATIENCE) -> None:
        """Return once it answers; fail with its own words when it stops or stays silent."""
        until = time.monotonic() + patience
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.read()
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
            else:
                return
        pytest.fail(f"kiosk serve did not answer:\n{self.log.read_text()}")

    def kill(self) -> None:
        """End it as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    def stop(self) -> int:
        """End it as an operator would, and return its exit code."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            return self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


def command(data: Path, *words: str) -> list[str]:
    """The command line of `kiosk` in this environment."""
    return [sys.executable, "-m", "kiosk", "--data", str(data), *words]


@pytest.fixture
def run() -> Run:
    """Run one `kiosk` command in a process of its own: `run(data, "status", "--json")`."""

    def ran(data: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, **environment}
        return subprocess.run(command(data, *words), capture_output=True, text=True, env=env, timeout=120)

    return ran


def heed_the_terminal() -> None:
    """A shell makes what it starts with `&` deaf to Ctrl-C, `nohup` to its end, and so their children."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def start(data: Path, log: Path, *words: str, **environment: str) -> Served:
    """Start `kiosk serve` on a free port; the caller waits for it and stops it."""
    port = free_port()
    env = {**os.environ, "KIOSK_PORT": str(port), "KIOSK_HOST": "127.0.0.1", **environment}
    process = subprocess.Popen(
        command(data, "serve", *words),
        stdout=log.open("ab"),
        stderr=subprocess.STDOUT,
        env=env,
        start_new_session=True,
        preexec_fn=heed_the_terminal,
    )
    return Served(process, data, port, log)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start `kiosk serve` on a prepared data directory and return it once it answers."""
    started: list[Served] = []

    def serving(data: Path, *words: str, **environment: str) -> Served:
        served = start(data, tmp_path / f"serve-{len(started)}.log", *words, **environment)
        started.append(served)
        served.wait()
        return served

    try:
        yield serving
    finally:
        for served in started:
            served.stop()
