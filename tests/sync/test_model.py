"""The protocol's model under random histories, and what each safeguard is for."""

import dataclasses
import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.sync.model.guards import REDUNDANT, Guards
from tests.sync.model.oracle import check_end, check_step
from tests.sync.model.traces import REGRESSIONS, TRACES
from tests.sync.model.world import Broken, World

BUDGET = int(os.environ.get("KIOSK_BUDGET") or 500)
NAMES = [field.name for field in dataclasses.fields(Guards)]
ANY = st.integers(0, 11)
JUMPS = st.sampled_from([0, 100, 5_000, 10**8, -(10**6)])


class Histories(RuleBasedStateMachine):
    """Every rule of the world, in any order."""

    guards = Guards()

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.guards)

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

    @rule(k=ANY)
    def forge(self, k: int) -> None:
        self.world.forge(k)

    @rule(i=ANY)
    def drop(self, i: int) -> None:
        self.world.drop(i)

    @rule(k=ANY)
    def round(self, k: int) -> None:
        self.world.round(k)

    @rule(k=ANY)
    def round_again(self, k: int) -> None:
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

    @rule(r=ANY)
    def erase(self, r: int) -> None:
        self.world.erase(r)

    @rule(r=ANY, out=st.booleans())
    def move(self, r: int, out: bool) -> None:
        self.world.move(r, out)

    @rule(k=ANY)
    def revoke(self, k: int) -> None:
        self.world.revoke(k)

    @rule()
    def allow(self) -> None:
        self.world.allow()

    @rule()
    def upgrade(self) -> None:
        self.world.upgrade()

    @rule(silent=st.booleans())
    def compact(self, silent: bool) -> None:
        self.world.compact(silent)

    @invariant()
    def holds(self) -> None:
        check_step(self.world)

    def teardown(self) -> None:
        check_end(self.world)


CHECKS = [HealthCheck.too_slow, HealthCheck.filter_too_much]


def test_any_history_loses_nothing_and_converges() -> None:
    """Invariants I1 to I7 and I10 hold in every history of up to 40 steps."""
    rules = settings(max_examples=BUDGET, stateful_step_count=40, suppress_health_check=CHECKS)
    run_state_machine_as_test(Histories, settings=rules)


def run(trace: tuple[tuple[object, ...], ...], guards: Guards) -> None:
    """Play a recorded history to its end."""
    world = World(guards)
    for name, *arguments in trace:
        getattr(world, str(name))(*arguments)
        check_step(world)
    check_end(world)


@pytest.mark.parametrize("trace", [*TRACES.values(), *REGRESSIONS.values()], ids=[*TRACES, *REGRESSIONS])
def test_recorded_histories_hold(trace: tuple[tuple[object, ...], ...]) -> None:
    """With every safeguard the histories that once broke a draft end well."""
    run(trace, Guards())


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(REDUNDANT)))
def test_a_removed_safeguard_is_missed(name: str) -> None:
    """Without the safeguard its history breaks an invariant."""
    with pytest.raises(Broken):
        run(TRACES[name], Guards(**{name: False}))


@pytest.mark.parametrize("name", REDUNDANT)
def test_a_redundant_safeguard_is_repaired_by_another(name: str) -> None:
    """Without it every recorded history still holds: defence in depth, known as such."""
    for trace in [*TRACES.values(), *REGRESSIONS.values()]:
        run(trace, Guards(**{name: False}))
