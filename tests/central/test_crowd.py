"""A crowd of machines at one process: some are served, the others hear at once when to come again."""

import threading
import time
from collections.abc import Callable

import pytest

from kiosk.central.crowd import PATIENCE_S, Crowd
from kiosk.central.gate import Crowded
from kiosk.storage import server
from kiosk.sync import exchange, keyfile, link
from kiosk.sync.caller import Answered, Caller
from kiosk.sync.line import HttpLine
from kiosk.sync.trouble import Busy
from tests.support.machines import Machine
from tests.support.processes import Run, Served
from tests.sync.conftest import code_for
from tests.sync.telling import named, register, waiting

MACHINES, THREADS = 12, 4
Came = tuple[float, Answered | Busy]


@pytest.fixture
def linked(kiosk: Machine, centre_pg: Machine, serve: Callable[..., Served], run: Run) -> Served:
    """A centre of four threads on PostgreSQL, and Nioro's kiosk enrolled there."""
    served = serve(centre_pg.data, KIOSK_THREADS=str(THREADS))
    assert run(kiosk.data, "enrol", served.url, code_for(centre_pg, "NIO")).returncode == 0
    register(kiosk, "Awa Coulibaly")
    return served


def call(kiosk: Machine, came: list[Came]) -> None:
    """Send the kiosk's next exchange over a connection of its own; keep what came and after how long."""
    identity = keyfile.load(kiosk.data)
    line = HttpLine(identity.centre)
    with kiosk.open() as current:
        known = link.load(current.connection())
        request = exchange.build(current.connection(), known, "test")
    since = time.monotonic()
    try:
        found: Answered | Busy = Caller(identity, line).exchange(request, known)
    except Busy as busy:
        found = busy
    came.append((time.monotonic() - since, found))
    line.close()


def crowd_of(kiosk: Machine, many: int) -> tuple[list[threading.Thread], list[Came]]:
    """Start so many exchanges at once."""
    came: list[Came] = []
    threads = [threading.Thread(target=call, args=(kiosk, came)) for _ in range(many)]
    for thread in threads:
        thread.start()
    return threads, came


@pytest.mark.process
@pytest.mark.postgres
def test_a_stuck_database_keeps_neither_machines_nor_people_waiting(
    kiosk: Machine, centre_pg: Machine, linked: Served, run: Run
) -> None:
    with centre_pg.writing():
        threads, came = crowd_of(kiosk, MACHINES)
        pages = [page(linked) for _ in range(20)]
        until = time.monotonic() + 30
        while len(came) < MACHINES - THREADS // 2 and time.monotonic() < until:
            time.sleep(0.05)
        sent_away = list(came)
        for thread in threads:
            thread.join(timeout=60)
    assert max(pages) < 2.0
    assert len(sent_away) == MACHINES - THREADS // 2
    for took, busy in sent_away:
        assert isinstance(busy, Busy) and busy.after and 5 <= busy.after <= 20
        assert took < server.PATIENCE_S - 2
    inside = [busy for _, busy in came[len(sent_away) :]]
    assert [isinstance(busy, Busy) and busy.after for busy in inside] == [60.0] * (THREADS // 2)
    assert waiting(kiosk) > 0
    assert run(kiosk.data, "sync").returncode == 0
    assert named(centre_pg) == ["Awa Coulibaly"]


def page(served: Served) -> float:
    """Seconds that a person waits for a page which reads the database."""
    since = time.monotonic()
    assert served.read("/connexion")[0] == 200
    return time.monotonic() - since


def test_a_machine_waits_a_moment_for_its_turn_and_then_goes() -> None:
    crowd = Crowd(threads=4)
    with crowd.turn(), crowd.turn():
        began = time.monotonic()
        with pytest.raises(Crowded), crowd.turn():
            pytest.fail("a third one worked")
        assert time.monotonic() - began >= PATIENCE_S
    for _ in range(5):  # whoever went leaves the place free
        with crowd.turn():
            pass


def test_a_process_of_one_thread_still_works() -> None:
    with Crowd(threads=1).turn():
        pass
