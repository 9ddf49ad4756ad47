"""Files over real sockets: links that cut, machines that die, two kiosks at once, long films."""

import os
import random
import resource
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.sync.blobs.manifest import LARGE_LEAF, SMALL_LEAF
from tests.support.machines import Machine
from tests.support.processes import Run, Served, command
from tests.sync.carrying import content, share, store_of
from tests.sync.conftest import code_for
from tests.sync.test_processes import Proxy, point_at

pytestmark = pytest.mark.process
Serve = Callable[..., Served]
Linked = Callable[[Machine, str], Machine]
LIMITS = {"KIOSK_FILES_LARGEST": str(10**9), "KIOSK_FILES_A_DAY": str(10**10)}
OVERHEAD = 2_000
"""Headers both ways of one piece, in bytes: generous."""


@pytest.fixture
def served(centre: Machine, serve: Serve) -> Served:
    """The centre, listening."""
    return serve(centre.data)


@pytest.fixture
def linked(centre: Machine, served: Served, run: Run) -> Linked:
    """Enrol a kiosk by its console, and send what it has to say so far."""

    def link(kiosk: Machine, space: str = "NIO") -> Machine:
        ran = run(kiosk.data, "enrol", served.url, code_for(centre, space))
        assert ran.returncode == 0, ran.stderr
        return kiosk

    return link


class Counting(Proxy):
    """A link that cuts each connection after a random number of bytes, and counts them all."""

    def __init__(self, target: int, least: int, most: int, seed: int = 1) -> None:
        self.chance, self.least, self.highest = random.Random(seed), least, most
        self.budgets: list[tuple[int, list[int]]] = []
        super().__init__(target, most)

    @property
    def carried(self) -> int:
        """Bytes that passed, both ways."""
        return sum(start - budget[0] for start, budget in self.budgets)

    def _pump(self, source: socket.socket, target: socket.socket, budget: list[int]) -> None:
        if not any(budget is known for _, known in self.budgets):
            budget[0] = self.chance.randint(self.least, self.highest)
            self.budgets.append((budget[0], budget))
        super()._pump(source, target, budget)


def until_done(run: Run, kiosk: Machine, done: Callable[[], bool], rounds: int = 60) -> int:
    """Run `kiosk sync` until it is done; return how often."""
    for number in range(1, rounds + 1):
        run(kiosk.data, "sync", **LIMITS)
        if done():
            return number
    raise AssertionError("it never arrived")


def test_a_link_that_cuts_at_any_byte_brings_a_file_up_and_down(
    kiosk: Machine, centre: Machine, served: Served, linked: Linked, machine: Callable[..., Machine], run: Run
) -> None:
    data = content(250_000)
    yelimane = linked(machine(space="YEL"), "YEL")
    sha = share(linked(kiosk, "NIO"), data)
    proxy = Counting(served.port, 8_000, 90_000)
    for one in (kiosk, yelimane):
        point_at(one, f"http://127.0.0.1:{proxy.port}")
        where = store_of(centre if one is kiosk else yelimane)
        until_done(run, one, lambda where=where: where.has(sha))
        assert where.path(sha).read_bytes() == data
    proxy.close()
    assert proxy.cuts > 4


@pytest.mark.slow
def test_a_kiosk_killed_at_any_moment_sends_at_most_one_leaf_again(
    kiosk: Machine, centre: Machine, served: Served, linked: Linked, run: Run
) -> None:
    data, chance, kills = content(12_000_000), random.Random(5), 0
    sha = share(linked(kiosk, "NIO"), data)
    run(kiosk.data, "sync", **{**LIMITS, "KIOSK_FILES_LARGEST": "0"})
    proxy = Counting(served.port, 10**9, 10**9)
    point_at(kiosk, f"http://127.0.0.1:{proxy.port}")
    while not store_of(centre).has(sha) and kills < 10:
        sender = start(kiosk.data)
        time.sleep(chance.uniform(0.9, 1.3))
        sender.kill()
        sender.wait()
        kills += 1
    run(kiosk.data, "sync", **LIMITS)
    proxy.close()
    assert kills > 1
    assert store_of(centre).path(sha).read_bytes() == data
    pieces = len(data) / SMALL_LEAF + kills * 8
    assert proxy.carried < len(data) + kills * SMALL_LEAF + pieces * OVERHEAD


def start(data: Path) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command(data, "sync"), stdout=quiet, stderr=quiet, env={**os.environ, **LIMITS})


@pytest.mark.slow
def test_a_centre_killed_at_any_moment_keeps_every_leaf_it_acknowledged(
    kiosk: Machine, centre: Machine, served: Served, linked: Linked, serve: Serve, run: Run
) -> None:
    data, chance = content(12_000_000), random.Random(6)
    sha = share(linked(kiosk, "NIO"), data)
    for _ in range(4):
        sender = start(kiosk.data)
        time.sleep(chance.uniform(0.8, 1.6))
        served.kill()
        sender.wait(timeout=90)
        served = serve(centre.data)
        point_at(kiosk, served.url)
    until_done(run, kiosk, lambda: store_of(centre).has(sha))
    assert store_of(centre).path(sha).read_bytes() == data
    assert not list(centre.settings.spool.glob("*.part"))


@pytest.mark.slow
def test_a_reader_killed_at_any_moment_ends_with_the_whole_file(
    kiosk: Machine, served: Served, linked: Linked, machine: Callable[..., Machine], run: Run
) -> None:
    data, chance = content(12_000_000), random.Random(7)
    sha = share(linked(kiosk, "NIO"), data)
    assert run(kiosk.data, "sync", **LIMITS).returncode == 0
    yelimane = linked(machine(space="YEL"), "YEL")
    kills = 0
    while not store_of(yelimane).has(sha) and kills < 12:
        reader = start(yelimane.data)
        time.sleep(chance.uniform(0.9, 1.4))
        reader.kill()
        reader.wait()
        kills += 1
    until_done(run, yelimane, lambda: store_of(yelimane).has(sha))
    assert store_of(yelimane).path(sha).read_bytes() == data


@pytest.mark.parametrize("where", ["centre", pytest.param("centre_pg", marks=pytest.mark.postgres)])
def test_two_kiosks_bring_the_same_content_at_once(
    where: str, request: pytest.FixtureRequest, machine: Callable[..., Machine], serve: Serve, run: Run
) -> None:
    """They share the work: each goes on where the other one is."""
    centre: Machine = request.getfixturevalue(where)
    served, data = serve(centre.data), content(4_000_000)
    kiosks = [machine(space="NIO"), machine(space="YEL")]
    for one, space in zip(kiosks, ("NIO", "YEL"), strict=True):
        assert run(one.data, "enrol", served.url, code_for(centre, space)).returncode == 0
        sha = share(one, data, space=space)
    senders = [start(one.data) for one in kiosks]
    assert [sender.wait(timeout=90) for sender in senders] == [0, 0]
    assert store_of(centre).path(sha).read_bytes() == data
    assert not list(centre.settings.spool.glob("*.part"))


def test_a_full_disk_at_the_centre_is_said_and_the_rest_follows_later(
    kiosk: Machine, centre: Machine, served: Served, linked: Linked, run: Run
) -> None:
    """No file of the centre may grow beyond 6 MB: what a full disk does to a part."""
    data = content(8_000_000)
    sha = share(linked(kiosk, "NIO"), data)
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (6_000_000, resource.RLIM_INFINITY))
    assert run(kiosk.data, "sync", **LIMITS).returncode == 0
    assert not store_of(centre).has(sha)
    assert "Le disque du centre est plein." in kiosk.as_("manager").get("/envois").text
    part = centre.settings.spool / f"{sha}.part"
    assert part.stat().st_size > 5_000_000
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    before = used(kiosk)
    assert run(kiosk.data, "sync", **LIMITS).returncode == 0
    assert store_of(centre).path(sha).read_bytes() == data
    assert used(kiosk) - before < 3_000_000, "the six megabytes that were there are not sent again"
    assert "plein" not in kiosk.as_("manager").get("/envois").text


def used(kiosk: Machine) -> int:
    """Bytes of files this kiosk has paid for."""
    with kiosk.open() as current:
        return current.scalar(text("select sum(bytes) from sync_blob_use")) or 0


@pytest.mark.slow
def test_memory_stays_flat_for_a_film_of_two_hundred_megabytes(
    kiosk: Machine, served: Served, linked: Linked, machine: Callable[..., Machine], run: Run
) -> None:
    share(linked(kiosk, "NIO"), content(2_000))
    yelimane = linked(machine(space="YEL"), "YEL")
    small = {"up": peak_of(kiosk.data), "down": peak_of(yelimane.data), "centre": peak(served.process.pid)}
    sha = share(kiosk, content(200_000_000))
    large = {"up": peak_of(kiosk.data), "down": peak_of(yelimane.data), "centre": peak(served.process.pid)}
    print(small, large)
    assert store_of(yelimane).has(sha)
    assert all(large[name] - small[name] < 10 * LARGE_LEAF // 1024 for name in small)


def peak_of(data: Path) -> int:
    """Run `kiosk sync` and return the most memory (KiB) it ever held."""
    child, most = start(data), 0
    while child.poll() is None:
        with suppress(OSError, StopIteration):
            most = max(most, peak(child.pid))
        time.sleep(0.02)
    assert child.returncode == 0
    return most


def peak(pid: int) -> int:
    """Return the most memory (KiB) a living process ever held."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
