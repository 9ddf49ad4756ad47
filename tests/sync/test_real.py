"""The same histories on the real code: nothing lost, nothing twice, everything converges."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from kiosk.storage import clock
from tests.central.holding import rows_with
from tests.support.machines import make_schema
from tests.support.postgres import Server
from tests.sync.disks import Disk, PostgresDisk, blank
from tests.sync.model.traces import REGRESSIONS, TRACES
from tests.sync.real import RealWorld

BUDGET = max(int(os.environ.get("KIOSK_BUDGET") or 500) // 25, 10)
ANY = st.integers(0, 11)
JUMPS = st.sampled_from([0, 100_000, 5_000_000, 10**11, -(10**9)])
ROUNDS = 60
NOT_IN_THE_CODE = {"erase", "forge", "revoke", "allow"}


@pytest.fixture(scope="module")
def templates() -> Iterator[dict[str, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="kiosk-real-"))
    found = {role: folder / f"{role}.db" for role in ("kiosk", "central")}
    for role, path in found.items():
        blank(path, role)
    yield found
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def real_clock() -> Iterator[None]:
    before = clock.now_ms
    yield
    clock.now_ms = before  # type: ignore[assignment]


def check_step(world: RealWorld) -> None:
    """I3 and I5, after any step."""
    twice = {write: states for write, states in world.arrived().items() if len(states) > 1}
    assert not twice, f"I3: counted twice {twice}"
    for disk in world.disks:
        me = world.me(disk)
        assert 0 <= me.settled <= me.acked <= me.seq, "I5"


def check_end(world: RealWorld) -> None:
    """Exchange until all is at rest, then compare."""
    rest(world)
    check_step(world)
    arrived = world.arrived()
    required = set().union(*(disk.writes for disk in world.disks))
    lost = required - arrived.keys() - world.arrived(anew=True).keys()
    assert not lost, f"I2: lost {lost}"
    for disk in world.disks:
        converged(world, disk)
    if not world.restored:
        causal(world, arrived)
    nothing_outside(world)
    assert world.whole()


def nothing_outside(world: RealWorld) -> None:
    """I9: what is written of rows outside its scopes is nowhere on a kiosk, in no table, log or index."""
    world.hide("hors-de-portee")
    rest(world)
    for disk in world.disks:
        assert not rows_with(disk.store, ["hors-de-portee"]), "I9"


def rest(world: RealWorld) -> None:
    for _ in range(ROUNDS):
        for k in range(len(world.disks)):
            world.round(k)
        if all(at_rest(world, disk) for disk in world.disks):
            return
    pytest.fail("I6: a kiosk never comes to rest")


def at_rest(world: RealWorld, disk: Disk) -> bool:
    me, head = world.me(disk), world.head()
    return me.settled == me.seq and str(me.cursor).split(".")[1] == str(head)


def converged(world: RealWorld, disk: Disk) -> None:
    held = world.held_rows(disk)
    here = {uid: name for uid, name in world.names(disk).items() if uid not in held}
    there = {uid: name for uid, name in world.names(world.centre).items() if uid not in held}
    assert here == there, "I4"


def causal(world: RealWorld, arrived: dict[int, list[str]]) -> None:
    """I10: no clock makes a write lose against what its author had seen."""
    standing = {int(name[1:]) for name in world.names(world.centre).values()}
    for write, states in arrived.items():
        saw = world.saw.get(write)
        while saw is not None and states == ["applied"]:
            assert saw not in standing, f"I10: {write} lost against {saw}, which it had seen"
            saw = world.saw[saw]


def play(world: RealWorld, trace: tuple[tuple[object, ...], ...]) -> None:
    for name, *arguments in trace:
        getattr(world, str(name))(*arguments)
        check_step(world)
    check_end(world)


RECORDED = {
    name: trace
    for name, trace in {**TRACES, **REGRESSIONS}.items()
    if not NOT_IN_THE_CODE & {step[0] for step in trace}
}


@pytest.mark.parametrize("trace", RECORDED.values(), ids=RECORDED)
def test_recorded_histories_hold(
    trace: tuple[tuple[object, ...], ...], tmp_path: Path, templates: dict[str, Path]
) -> None:
    world = RealWorld(tmp_path, templates)
    try:
        play(world, trace)
    finally:
        world.close()


class Histories(RuleBasedStateMachine):
    """Every rule of the real world, in any order."""

    templates: ClassVar[dict[str, Path]]
    centre: ClassVar[Callable[[], Disk | None]]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="kiosk-real-"))
        self.world = RealWorld(self.folder, self.templates, type(self).centre())

    @rule(k=ANY, r=ANY, newer=ANY)
    def edit(self, k: int, r: int, newer: int) -> None:
        self.world.edit(k, r, newer > 9)

    @rule(k=ANY, child=st.booleans(), new_table=st.booleans())
    def add(self, k: int, child: bool, new_table: bool) -> None:
        self.world.add(k, child, new_table)

    @rule(k=ANY, by=JUMPS)
    def jump(self, k: int, by: int) -> None:
        self.world.jump(k, by)

    @rule(k=ANY)
    def send(self, k: int) -> None:
        self.world.send(k)

    @rule(i=ANY, keep=st.booleans())
    def deliver(self, i: int, keep: bool) -> None:
        self.world.deliver(i, keep)

    @rule(i=ANY)
    def drop(self, i: int) -> None:
        self.world.drop(i)

    @rule(k=ANY)
    def round(self, k: int) -> None:
        self.world.round(k)

    @rule(k=ANY)
    def backup(self, k: int) -> None:
        self.world.backup(k)

    @rule(k=ANY)
    def restore(self, k: int) -> None:
        self.world.restore(k)

    @rule(k=ANY, detected=st.booleans())
    def clone(self, k: int, detected: bool) -> None:
        self.world.clone(k, detected)

    @rule()
    def backup_centre(self) -> None:
        self.world.backup_centre()

    @rule()
    def restore_centre(self) -> None:
        self.world.restore_centre()

    @rule(r=ANY, out=st.booleans())
    def move(self, r: int, out: bool) -> None:
        self.world.move(r, out)

    @rule()
    def upgrade(self) -> None:
        self.world.upgrade()

    @rule(silent=st.booleans())
    def compact(self, silent: bool) -> None:
        self.world.compact(silent)

    def teardown(self) -> None:
        try:
            check_end(self.world)
        finally:
            self.world.close()
            shutil.rmtree(self.folder, ignore_errors=True)


def fuzz(templates: dict[str, Path], centre: Callable[[], Disk | None], examples: int) -> None:
    """Play random histories, each with its own centre."""
    machine = type("Histories", (Histories,), {"templates": templates, "centre": staticmethod(centre)})
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    # A real history takes a second to replay: shrinking is for whoever hunts a failure.
    phases = [Phase.generate, Phase.shrink] if os.environ.get("KIOSK_SHRINK") else [Phase.generate]
    rules = settings(
        max_examples=examples, stateful_step_count=25, suppress_health_check=checks,
        database=None, phases=phases,
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=rules)


@pytest.mark.slow
def test_any_history_loses_nothing_and_converges(templates: dict[str, Path]) -> None:
    fuzz(templates, lambda: None, BUDGET)


@pytest.mark.slow
@pytest.mark.postgres
def test_any_history_holds_on_postgresql(templates: dict[str, Path], pg_server: Server) -> None:
    """A backup of the centre is then a copy of its database."""
    first = PostgresDisk(pg_server, pg_server.new_database())
    make_schema(first.store)
    first.store.close()
    fuzz(templates, lambda: PostgresDisk(pg_server, first.copy(first.url)), max(BUDGET // 4, 5))


@pytest.mark.postgres
@pytest.mark.parametrize("name", ["adopt_base", "ask_afresh", "origin_hash", "last_word"])
def test_a_history_holds_on_postgresql(templates: Any, pg_server: Server, tmp_path: Path, name: str) -> None:
    make_schema((first := PostgresDisk(pg_server, pg_server.new_database())).store)
    world = RealWorld(tmp_path, templates, first)
    play(world, TRACES[name])
    world.close()
    assert world.anew or name != "adopt_base"
