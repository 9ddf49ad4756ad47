"""Every named moment of both sides is broken, by an exception and by the death of the process."""

import ast
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

import kiosk
from kiosk.storage import Refusal, fault
from tests.support.machines import Machine
from tests.sync.faults import breaking
from tests.sync.faults import world as worlds
from tests.sync.faults.journeys import JOURNEYS, Journey
from tests.sync.faults.world import World

MISHAPS = (OSError, Refusal, DBAPIError)
BUDGET = int(os.environ.get("KIOSK_BUDGET") or 500)
STRIDE = max(1, 4_000 // BUDGET)
"""Every eighth moment of an exchange is broken in the suite, every one with `--budget 4000`."""
EVERY = [(name, point) for name, journey in JOURNEYS.items() for point in journey.points]
CASES = EVERY if BUDGET >= 4_000 else list({point: (name, point) for name, point in reversed(EVERY)}.values())
"""Each moment in one journey, and in every journey that passes it with the same budget."""
Break = Callable[[Callable[[], object], str, int], str]


def by_exception(work: Callable[[], object], point: str, n: int = 1) -> str:
    return breaking.fails(work, point, MISHAPS, n)


WAYS: dict[str, Break] = {"exception": by_exception, "death": breaking.dies}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "point"), CASES)
def test_whatever_breaks_wherever_nothing_is_lost_and_all_goes_on(
    world: World, name: str, point: str, way: str
) -> None:
    assert broken(world, JOURNEYS[name], WAYS[way], point) == point, "this journey passes there"


@pytest.mark.parametrize("way", WAYS)
def test_every_single_moment_of_an_exchange(world: World, way: str) -> None:
    """One world after the other death: also the second commit, the third page…"""
    n = 1
    while broken(world, JOURNEYS["an exchange"], WAYS[way], "", n):
        n += STRIDE
    assert n > STRIDE


@pytest.mark.postgres
@pytest.mark.parametrize("way", WAYS)
def test_every_single_moment_with_a_centre_on_postgresql(
    machine: Callable[..., Machine], centre_pg: Machine, tmp_path: Path, way: str
) -> None:
    parts = {"centre": centre_pg, "nioro": machine(), "yelimane": machine(space="YEL")}
    world, n = worlds.made(tmp_path, parts), 1
    while broken(world, JOURNEYS["an exchange"], WAYS[way], "", n):
        n += 2 * STRIDE
    assert n > 2 * STRIDE


def broken(world: World, journey: Journey, way: Break, point: str, n: int = 1) -> str:
    """Break a journey, start again, go the same way again as people do; everything must hold."""
    world.is_sound = False
    journey.prepare(world)
    world.let_go()
    where = way(lambda: journey.act(world), point, n)
    world.let_go()
    assert 0 <= world.behind() <= world.batch(), "at most one batch goes out again"
    if journey.by_hand:
        world.go_on()
        journey.act(world)
    world.go_on()
    world.holds()
    return where


def test_no_moment_of_the_code_is_forgotten() -> None:
    assert {point for _, point in CASES} == {point for _, point in EVERY} == set(_in_the_code())


def _in_the_code() -> Iterator[str]:
    for path in sorted(Path(kiosk.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "fault.at":
                (name,) = node.args
                assert isinstance(name, ast.Constant)
                yield name.value


def test_in_a_product_nothing_happens_there_and_nothing_outside_can_change_that() -> None:
    tree = ast.parse(Path(fault.__file__).read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign)]
    (at,) = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert len(at.body) == 1, "a docstring and no line of code"
