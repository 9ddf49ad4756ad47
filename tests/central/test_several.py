"""Several processes of one centre over one PostgreSQL: nothing lost, doubled or skipped."""

import random
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from kiosk.sync import keyfile
from tests.central.logs import add_federation, assert_one_chain
from tests.support.machines import Machine
from tests.support.processes import Run, Served, command
from tests.sync.conftest import code_for
from tests.sync.telling import named, register, waiting

pytestmark = pytest.mark.postgres
SPACES = ("NIO", "NIO", "YEL", "KAY")
ROUNDS, EACH = 2, 8


@pytest.fixture
def workers(centre_pg: Machine, serve: Callable[..., Served]) -> list[Served]:
    """Three processes of one centre, started one on top of the other."""
    return [serve(centre_pg.data) for _ in range(3)]


@pytest.fixture
def kiosks(
    machine: Callable[..., Machine], centre_pg: Machine, workers: list[Served], run: Run
) -> list[Machine]:
    """Kiosks enrolled through different processes; two stand in Nioro."""
    found = [machine(space=space) for space in SPACES]
    for number, kiosk in enumerate(found):
        code = code_for(centre_pg, SPACES[number])
        ran = run(kiosk.data, "enrol", workers[number % len(workers)].url, code)
        assert ran.returncode == 0, ran.stderr
    return found


def point_at(kiosk: Machine, worker: Served) -> None:
    """Let the kiosk's next exchange reach this process."""
    keyfile.save(kiosk.data, keyfile.Identity(**{**vars(keyfile.load(kiosk.data)), "centre": worker.url}))


def sync_all(kiosks: list[Machine], workers: list[Served], turn: int) -> list[subprocess.Popen[bytes]]:
    for number, kiosk in enumerate(kiosks):
        point_at(kiosk, workers[(number + turn) % len(workers)])
    return [subprocess.Popen(command(kiosk.data, "sync"), stderr=subprocess.DEVNULL) for kiosk in kiosks]


@contextmanager
def watching(centre: Machine) -> Iterator[list[tuple[int, int]]]:
    """Look at the log all the time, as a reader with a cursor does; keep every gap that shows."""
    gaps: list[tuple[int, int]] = []
    ended = threading.Event()

    def look() -> None:
        with centre.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as reader:
            while not ended.wait(0.005):
                count, last = reader.execute(
                    text("select count(*), coalesce(max(n), 0) from commit_log")
                ).one()
                if count != last:
                    gaps.append((count, last))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield gaps
    finally:
        ended.set()
        thread.join()


@contextmanager
def coordinating(centre: Machine) -> Iterator[list[str]]:
    """A person at the centre writes meanwhile, and is never refused."""
    written: list[str] = []
    refused: list[Exception] = []
    ended = threading.Event()

    def write() -> None:
        while not ended.wait(0.1):
            name = f"ONG {len(written)}"
            try:
                add_federation(centre, name)
            except Exception as error:
                refused.append(error)
            written.append(name)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield written
    finally:
        ended.set()
        thread.join()
    assert refused == []


def assert_each_push_once(centre: Machine) -> None:
    """A stream's positions run without a gap to what the centre says it has; each op counts once."""
    with centre.open() as current:
        streams = current.execute(
            text(
                "select s.have, count(i.seq) held, coalesce(max(i.seq), 0) last "
                "from stream s left join inbox i using (stream_uid) group by s.stream_uid, s.have"
            )
        ).all()
        assert all(row.have == row.held == row.last for row in streams)
        twice = "select op_id from inbox where first group by op_id having count(*) <> 1"
        assert current.execute(text(twice)).all() == []
        assert current.scalar(text("select count(*) from inbox where state <> 'applied'")) == 0


@pytest.mark.process
@pytest.mark.slow
def test_kiosks_that_sync_at_once_through_different_processes_lose_nothing(
    centre_pg: Machine, workers: list[Served], kiosks: list[Machine], serve: Callable[..., Served]
) -> None:
    chance, everyone = random.Random(11), set()
    with watching(centre_pg) as gaps, coordinating(centre_pg) as written:
        for turn in range(ROUNDS):
            for number, kiosk in enumerate(kiosks):
                for some in range(EACH):
                    name = f"Awa{turn}x{number}x{some} Coulibaly"
                    register(kiosk, name, SPACES[number])
                    everyone.add(name)
            senders = sync_all(kiosks, workers, turn)
            if turn == 1:
                dying = chance.randrange(len(workers))
                senders[0].wait(timeout=120)
                workers[dying].process.send_signal(signal.SIGKILL)
                workers[dying] = serve(centre_pg.data)
            for sender in senders:
                sender.wait(timeout=120)
    for turn in range(2):
        assert [one.wait(timeout=120) for one in sync_all(kiosks, workers, turn)] == [0] * len(kiosks)
    assert gaps == []
    for worker in workers:
        assert "failed" not in worker.log.read_text(), "a process broke on another's writes"
    assert [waiting(kiosk) for kiosk in kiosks] == [0] * len(kiosks)
    assert named(centre_pg) == sorted(everyone)
    assert_one_chain(centre_pg)
    assert_each_push_once(centre_pg)
    nioro = sorted(name for name in everyone if name[5] in "01")
    assert named(kiosks[0]) == named(kiosks[1]) == nioro
    for kiosk in kiosks:
        with kiosk.open() as current:
            here = set(current.scalars(text("select name from organisation")))
        assert set(written) <= here
