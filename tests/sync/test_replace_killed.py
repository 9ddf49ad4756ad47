"""The power fails while a lost kiosk is being rebuilt: the machine finishes by itself."""

import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.accounts import queries as staff
from kiosk.central import services
from kiosk.config import load
from kiosk.members import services as members
from kiosk.places import queries as places
from kiosk.sync import keyfile, rebuild
from tests.support.machines import Machine
from tests.support.processes import Run, Served, command
from tests.sync.conftest import code_for
from tests.sync.telling import NIORO, named
from tests.sync.test_replace import view

pytestmark = pytest.mark.process


@pytest.fixture
def lost(kiosk: Machine, centre: Machine, serve: Callable[..., Served], run: Run) -> Served:
    """A served centre that has everything of a kiosk with four hundred people."""
    with kiosk.writing("manager"):
        for number in range(400):
            members.register(NIORO, given_name=f"Awa{number}", family_name="Coulibaly", sex="F")
    code = code_for(centre, "NIO")
    served = serve(centre.data)
    for words in (("enrol", served.url, code), ("sync",)):
        ran = run(kiosk.data, *words)
        assert ran.returncode == 0, ran.stderr
    return served


def replacement_code(centre: Machine) -> str:
    with centre.writing():
        return str(services.replacement_code(1, centre.data))


def test_one_command_in_an_empty_folder_brings_everything_back(
    kiosk: Machine, centre: Machine, lost: Served, run: Run, tmp_path: Path
) -> None:
    data = tmp_path / "new"
    ran = run(data, "enrol", "--replace", lost.url, replacement_code(centre))
    assert ran.returncode == 0, ran.stderr
    assert "L’espace est là" in ran.stdout
    new = Machine(load(data, {}), {})
    assert brought(new) == brought(kiosk)
    with new.open():
        assert places.here_uid() == NIORO
        assert [one.name for one in staff.heirs()] == ["Kadidia Sissoko"]
    new.close()


def test_killed_at_any_moment_it_goes_on_by_itself(
    kiosk: Machine, centre: Machine, lost: Served, run: Run, tmp_path: Path
) -> None:
    data, chance, code = tmp_path / "new", random.Random(11), replacement_code(centre)
    assert run(data, "upgrade").returncode == 0
    asked = subprocess.Popen(command(data, "enrol", "--replace", lost.url, code), stdout=subprocess.DEVNULL)
    until(lambda: (data / rebuild.NOTE).exists() or (data / keyfile.NAME).exists())
    time.sleep(chance.uniform(0, 0.05))
    asked.kill()
    asked.wait()
    for _ in range(5):
        worker = subprocess.Popen(command(data, "sync", "--watch"), stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.6, 1.3))
        worker.kill()
        worker.wait()
    worker = subprocess.Popen(command(data, "sync", "--watch"), stderr=subprocess.DEVNULL)
    new = Machine(load(data, {}), {})
    try:
        until(lambda: named(new) == named(kiosk) and is_settled(new))
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=20)
    assert brought(new) == brought(kiosk)
    new.close()


def brought(machine: Machine) -> dict[str, list[tuple[Any, ...]]]:
    """Return what travelled; texts of the library come with the software itself."""
    return {name: rows for name, rows in view(machine).items() if not name.startswith("material")}


def is_settled(machine: Machine) -> bool:
    with machine.open():
        return places.here_uid() == NIORO


def until(holds: Callable[[], bool], patience: float = 40.0) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)
