"""The model with what is kept: lighter logs, copies elsewhere, sticks, sendings set aside."""

import dataclasses
import os

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import rule, run_state_machine_as_test

from tests.sync.keeping_rules import KeepingRules
from tests.sync.model.guards import Guards
from tests.sync.model.keeping import SPARE, Keeping, KeepingWorld, check_kept
from tests.sync.model.keeping_traces import REGRESSIONS, TRACES
from tests.sync.model.oracle import check_step
from tests.sync.model.world import Broken
from tests.sync.test_model import ANY, CHECKS, Histories

BUDGET = int(os.environ.get("KIOSK_BUDGET") or 500) // 4


class Keepings(KeepingRules, Histories):
    """Every rule of the world, and what is kept."""

    guards = Keeping()
    world: KeepingWorld

    def __init__(self) -> None:
        super().__init__()
        self.world = KeepingWorld(self.guards)

    @rule(i=ANY)
    def lose_stick(self, i: int) -> None:
        self.world.lose_stick(i)

    @rule(k=ANY)
    def steal(self, k: int) -> None:
        self.world.steal(k)

    def teardown(self) -> None:
        check_kept(self.world)


def fuzz(guards: Keeping, examples: int) -> None:
    """Play random histories, the same ones each time."""
    machine = type("Keepings", (Keepings,), {"guards": guards})
    phases = [Phase.generate, Phase.shrink]
    rules = settings(
        max_examples=examples, stateful_step_count=40, suppress_health_check=CHECKS,
        database=None, phases=phases, derandomize=True,
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=rules)


def test_any_history_loses_nothing_and_converges() -> None:
    fuzz(Keeping(), BUDGET)


def run(trace: tuple[tuple[object, ...], ...], guards: Keeping) -> None:
    """Play a recorded history to its end."""
    world = KeepingWorld(guards)
    for name, *arguments in trace:
        getattr(world, str(name))(*arguments)
        check_step(world)
    check_kept(world)


EVERY_TRACE = {**TRACES, **REGRESSIONS}


@pytest.mark.parametrize("trace", EVERY_TRACE.values(), ids=EVERY_TRACE)
def test_recorded_histories_hold(trace: tuple[tuple[object, ...], ...]) -> None:
    run(trace, Keeping())


@pytest.mark.parametrize("name", TRACES)
def test_a_removed_safeguard_is_missed(name: str) -> None:
    with pytest.raises(Broken):
        run(TRACES[name], Keeping(**{name: False}))


@pytest.mark.parametrize("name", SPARE)
def test_a_spare_safeguard_is_repaired_by_another(name: str) -> None:
    for trace in EVERY_TRACE.values():
        run(trace, Keeping(**{name: False}))


def test_every_safeguard_has_its_history_or_is_known_to_be_spare() -> None:
    named = {field.name for field in dataclasses.fields(Keeping)}
    protocol = {field.name for field in dataclasses.fields(Guards)}
    assert named - protocol == TRACES.keys() | set(SPARE)
