"""The model's histories of what is kept, on the real code over real SQLite files."""

from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import rule, run_state_machine_as_test

from kiosk.sync import compaction
from tests.sync.keeping_rules import KeepingRules
from tests.sync.model import keeping_traces
from tests.sync.real_keeping import KeptRealWorld
from tests.sync.test_real import (
    ANY,
    BUDGET,
    Histories,
    check_end,
    check_step,
    real_clock,
    templates,
)

__all__ = ["real_clock", "templates"]
EVERY_TRACE = {
    name: trace
    for name, trace in {**keeping_traces.TRACES, **keeping_traces.REGRESSIONS}.items()
    if not any(step[0] == "steal" for step in trace)
}
LIGHTER = keeping_traces.REGRESSIONS["a log lighter than the history a copied disk brings"]


@pytest.fixture(autouse=True)
def half_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each second is a day here, and all that is settled is old."""
    for name, value in {"KEEP_DAYS": 0, "WITNESSES": 0, "DAY_MS": 1_000}.items():
        monkeypatch.setattr(compaction, name, value)


def check_kept(world: KeptRealWorld) -> None:
    """Give the keys back, take what was set aside, and let all come to rest."""
    for _ in range(12):
        world.take(0)
    world.allow()
    check_end(world)


@pytest.mark.parametrize("trace", EVERY_TRACE.values(), ids=EVERY_TRACE)
def test_recorded_histories_hold(
    trace: tuple[tuple[object, ...], ...], tmp_path: Path, templates: dict[str, Path]
) -> None:
    world = KeptRealWorld(tmp_path, templates)
    try:
        for name, *arguments in trace:
            getattr(world, str(name))(*arguments)
            check_step(world)
        check_kept(world)
    finally:
        world.close()


class Keepings(KeepingRules, Histories):
    """Every rule of the real world, and what is kept."""

    world: KeptRealWorld
    templates: ClassVar[dict[str, Path]]

    def __init__(self) -> None:
        super().__init__()
        self.world.close()
        self.world = KeptRealWorld(self.folder, self.templates)

    @rule(k=ANY)
    def revoke(self, k: int) -> None:
        self.world.revoke(k)

    @rule()
    def allow(self) -> None:
        self.world.allow()

    def teardown(self) -> None:
        world = self.world
        for _ in range(12):
            world.take(0)
        world.allow()
        super().teardown()


@pytest.mark.slow
def test_any_history_loses_nothing_and_converges(templates: dict[str, Path]) -> None:
    machine = type("Keepings", (Keepings,), {"templates": templates, "centre": staticmethod(lambda: None)})
    rules = settings(
        max_examples=max(BUDGET // 6, 3),
        stateful_step_count=25,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    run_state_machine_as_test(machine, settings=rules)


def test_a_log_does_grow_lighter_in_these_histories(tmp_path: Path, templates: dict[str, Path]) -> None:
    """Or all the above would hold for nothing."""
    world = KeptRealWorld(tmp_path, templates)
    try:
        for name, *arguments in LIGHTER:
            getattr(world, str(name))(*arguments)
            if name == "lighten":
                with world.disk(0).store.open() as current:
                    assert compaction.floor(current.connection()) > 0
    finally:
        world.close()
