"""`kiosk sync` while a worker watches, in real processes: the worker answers for it."""

import signal
import subprocess
from collections.abc import Callable

import pytest

from tests.support.machines import Machine
from tests.support.processes import Run, Served, command
from tests.sync.conftest import code_for
from tests.sync.telling import named, register, waiting
from tests.sync.test_processes import point_at, refused, until

pytestmark = pytest.mark.process


@pytest.fixture
def linked(kiosk: Machine, centre: Machine, serve: Callable[..., Served], run: Run) -> Served:
    """A served centre, and the kiosk of Nioro enrolled there by its console."""
    served = serve(centre.data)
    ran = run(kiosk.data, "enrol", served.url, code_for(centre, "NIO"))
    assert ran.returncode == 0, ran.stderr
    return served


def test_the_command_goes_through_the_worker_that_is_idle(
    kiosk: Machine, centre: Machine, linked: Served, run: Run
) -> None:
    """What it prints, and its exit code, are those of the exchange it woke."""
    worker = subprocess.Popen(command(kiosk.data, "sync", "--watch"))
    try:
        until(lambda: waiting(kiosk) == 0)
        register(kiosk, "Awa Coulibaly")
        ran = run(kiosk.data, "sync")
        assert ran.returncode == 0, ran.stderr
        assert "Tout est envoyé : 1 changement" in ran.stdout
        assert named(centre) == ["Awa Coulibaly"]
        point_at(kiosk, "http://127.0.0.1:9")
        register(kiosk, "Issa Coulibaly")
        assert "Pas de réseau" in refused(run, kiosk, "sync")
        point_at(kiosk, linked.url)
        assert "Tout est envoyé" in run(kiosk.data, "sync").stdout
        assert worker.poll() is None
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
