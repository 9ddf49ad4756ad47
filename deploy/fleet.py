"""The machines of the demonstration: where they live, how they are made ready, started and stopped."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from deploy import bound

FIRST_PORT = 8100
FIRST_LINK_PORT = 8110
PATIENCE, LINK_PATIENCE = 60.0, 20.0
PORTS = "ports.json"


class DemoError(Exception):
    """The demonstration cannot go on; the text says why, in the words of the machine that failed."""


@dataclass(frozen=True)
class Machine:
    """One kiosk or the centre: `name` is its folder, `code` its space ('' at the centre)."""

    name: str
    label: str
    code: str
    data: Path
    port: int
    link_port: int

    @property
    def role(self) -> str:
        return "kiosk" if self.code else "central"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data.parent / "logs" / f"{self.name}.log"

    def run(self, *words: str, typed: str = "") -> str:
        """Run one `kiosk` command on this machine, with `typed` as its input; return what it printed."""
        ran = subprocess.run(
            self.command(*words),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=bound.to_parent(),
        )
        if ran.returncode:
            raise DemoError(
                f"{self.label} : « kiosk {' '.join(words)} » a échoué.\n{ran.stderr or ran.stdout}"
            )
        return ran.stdout

    def sync(self) -> None:
        """Exchange with the centre once its link answers, and once more where a busy machine was late."""
        linked = wait_for(self.link_port, LINK_PATIENCE)
        try:
            self.run("sync")
        except DemoError:
            if not linked or not wait_for(self.link_port, LINK_PATIENCE):
                raise
            self.run("sync")

    def status(self) -> dict[str, Any]:
        """What `kiosk status --json` says."""
        found: dict[str, Any] = json.loads(self.run("status", "--json"))
        return found

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "kiosk", "--data", str(self.data), *words]

    def configure(self, host: str) -> None:
        """Write the configuration of a new machine; an existing one learns its host and port, no more."""
        self.data.mkdir(parents=True, exist_ok=True)
        path = self.data / "config.toml"
        ours = {"role": f'"{self.role}"', "host": f'"{host}"', "port": str(self.port)}
        kept = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        others = [line for line in kept if line.partition("=")[0].strip() not in ours]
        lines = [*(f"{key} = {value}" for key, value in ours.items()), *others]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def answers(port: int) -> bool:
    """Tell whether the machine behind this port is well: its own port, or that of a link to it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sante")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_for(port: int, patience: float = PATIENCE, gone: Callable[[], bool] = bool) -> bool:
    """Return True once `answers`, False when it is `gone` or patience is at an end."""
    until = time.monotonic() + patience
    while not answers(port):
        if gone() or time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


PLACES = (
    ("centre", "Le centre", ""),
    ("nioro", "Nioro", "NIO"),
    ("kayes", "Kayes", "KAY"),
    ("yelimane", "Yélimané", "YEL"),
)


def machines(root: Path) -> list[Machine]:
    """The centre and its kiosks under `root`, with the ports they were given."""
    ports = _ports(root / PORTS)
    return [
        Machine(name, label, code, root / name, ports[name], ports[f"{name}-link"] if code else 0)
        for name, label, code in PLACES
    ]


def settle(root: Path) -> None:
    """Give pages whose port another program took meanwhile a free one; links keep what kiosks learnt."""
    kept = _ports(root / PORTS)
    taken = [name for name, _, _ in PLACES if not is_free(kept[name])]
    others = _free(FIRST_PORT, len(taken), besides=kept.values())
    _keep(root / PORTS, kept | dict(zip(taken, others, strict=True)))


def _ports(path: Path) -> dict[str, int]:
    if path.exists():
        kept: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
        return kept
    names = [name for name, _, _ in PLACES]
    chosen = dict(zip(names, _free(FIRST_PORT, len(names)), strict=True))
    links = _free(FIRST_LINK_PORT, len(names) - 1, besides=chosen.values())
    chosen |= {f"{name}-link": port for name, port in zip(names[1:], links, strict=True)}
    _keep(path, chosen)
    return chosen


def _keep(path: Path, ports: dict[str, int]) -> None:
    path.write_text(json.dumps(ports, indent=2) + "\n", encoding="utf-8")


def _free(first: int, count: int, besides: Iterable[int] = ()) -> list[int]:
    """The first `count` ports nobody listens on; looks no further than it must."""
    known = set(besides)
    found = (port for port in range(first, first + 400) if port not in known and is_free(port))
    return list(islice(found, count))


def is_free(port: int) -> bool:
    """Tell whether nobody listens on this port of the machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@dataclass
class Fleet:
    """The processes that run; each in a session of its own, so that one signal ends one machine.

    They end with this process, even where it is killed (see `bound`).
    """

    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: list[str], log: Path) -> None:
        """Start one process; its words go to its log."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            self.running[name] = subprocess.Popen(
                command,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=bound.to_parent(),
            )

    def serve(self, machine: Machine, *words: str) -> None:
        """Start a machine and return once its pages answer."""
        if not is_free(machine.port):
            raise DemoError(f"{machine.label} : le port {machine.port} est pris par un autre programme.")
        self.start(machine.name, machine.command("serve", *words), machine.log)
        if not wait_for(machine.port, gone=lambda: machine.name in self.fallen()):
            raise DemoError(f"{machine.label} ne démarre pas.\n{tail(machine.log)}")

    def fallen(self) -> Iterable[str]:
        """Names of the processes that ended by themselves."""
        return [name for name, process in self.running.items() if process.poll() is not None]

    def stop(self) -> None:
        """End every process, kindly first."""
        for process in self.running.values():
            _signal(process, signal.SIGTERM)
        for process in self.running.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def tail(log: Path, lines: int = 12) -> str:
    """Return the last lines of a log."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
