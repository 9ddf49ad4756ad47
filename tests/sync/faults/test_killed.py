"""`kill -9` of a real centre or a real worker, at random moments: all arrives once, and little goes twice."""

import os
import random
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from kiosk.central.models import stream
from kiosk.members import services as members
from kiosk.sync import keyfile, link, outbox
from tests.support.machines import Machine
from tests.support.processes import Run, Served, command
from tests.sync.conftest import code_for
from tests.sync.faults.world import counted_once, is_chained, is_whole, views_are_equal
from tests.sync.telling import NIORO, named

pytestmark = pytest.mark.process
KILLED = int(os.environ.get("KIOSK_BUDGET") or 500) // 120
"""How often a side is killed: 4 times in the suite, 200 times with `--budget 24000`."""
PEOPLE, SMALL = 60, 1_500
"""People registered before each death; bytes of a batch, so that they are several."""


@dataclass
class Pair:
    """A served centre and the kiosk of Nioro that its worker sends for."""

    kiosk: Machine
    centre: Machine
    serve: Callable[..., Served]
    served: Served
    chance: random.Random
    under_way: int = 0
    again: int = 0

    def write(self, number: int) -> None:
        """Register people, over a link that was slow lately."""
        with self.kiosk.writing("manager") as current:
            for some in range(PEOPLE):
                members.register(NIORO, given_name=f"Awa{number}x{some}", family_name="Coulibaly", sex="F")
            link.change(current.connection(), batch=SMALL)

    def kill_somebody(self) -> None:
        """Let the worker run, and kill a side: soon after its start, or in the middle of the batches."""
        before = self.have()
        worker = subprocess.Popen(command(self.kiosk.data, "sync", "--watch"), stderr=subprocess.DEVNULL)
        if self.chance.random() < 0.5:
            time.sleep(self.chance.uniform(0.4, 1.6))
        else:
            self.until(lambda: self.have() > before)
            time.sleep(self.chance.uniform(0.0, 0.06))
        if self.chance.random() < 0.5:
            self.served.kill()
            time.sleep(self.chance.uniform(0.0, 0.2))
        worker.kill()
        worker.wait()

    def look(self) -> None:
        """Assert that at most the batch that was under way goes out again."""
        with self.kiosk.open() as current:
            mine, known = outbox.me(current.connection()), link.load(current.connection())
        # A worker that sees the centre die halves its batch at once; one that never spoke leaves
        # what was under way before.
        most = known.changes if self.served.process.poll() is None else 2 * known.changes + 1
        again, most = self.have() - mine.acked, max(most, self.under_way)
        assert 0 <= again <= most, f"{again} changes go out again, a batch is {most}"
        self.under_way, self.again = again, max(self.again, again)

    def mend(self) -> None:
        """Start a dead centre again; its address is another one."""
        if self.served.process.poll() is not None:
            self.served = self.serve(self.centre.data)
            identity = keyfile.load(self.kiosk.data)
            keyfile.save(self.kiosk.data, keyfile.Identity(**{**vars(identity), "centre": self.served.url}))

    def have(self) -> int:
        with self.kiosk.open() as current:
            uid = outbox.me(current.connection()).stream
        with self.centre.open() as current:
            return current.scalar(select(stream.c.have).where(stream.c.stream_uid == uid)) or 0

    def until(self, holds: Callable[[], bool], patience: float = 20.0) -> None:
        end = time.monotonic() + patience
        while not holds() and time.monotonic() < end:
            time.sleep(0.01)


@pytest.mark.slow
def test_either_side_killed_at_any_moment_loses_nothing_and_sends_one_batch_again(
    kiosk: Machine, centre: Machine, serve: Callable[..., Served], run: Run
) -> None:
    code = code_for(centre, "NIO")
    pair = Pair(kiosk, centre, serve, serve(centre.data), random.Random(7))
    assert run(kiosk.data, "enrol", pair.served.url, code).returncode == 0
    for number in range(KILLED):
        pair.write(number)
        pair.kill_somebody()
        pair.look()
        pair.mend()
    assert run(kiosk.data, "sync").returncode == 0
    assert len(named(centre)) == len(set(named(centre))) == PEOPLE * KILLED
    for machine in (kiosk, centre):
        is_whole(machine)
    is_chained(kiosk, centre)
    counted_once(centre)
    assert views_are_equal(kiosk, centre)
    print(f"killed {KILLED} times, {pair.again} changes at most went out again")
