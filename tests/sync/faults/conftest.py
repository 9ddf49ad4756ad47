"""A world that each test may break: made once, copied for each."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.config import load
from tests.support.machines import Machine
from tests.sync.faults import world as worlds
from tests.sync.faults.world import World

KINDS = {"nioro": ("kiosk", "NIO"), "yelimane": ("kiosk", "YEL"), "centre": ("central", "NIO")}


@pytest.fixture(scope="session")
def origin(
    templates: Callable[[str, str], Machine], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Two kiosks and a centre that know each other."""
    folder, parts = tmp_path_factory.mktemp("monde"), {}
    for name, kind in KINDS.items():
        source = templates(*kind)
        parts[name] = Machine(load(worlds.copy_of(source.data, folder), {}), source.people)
    made = worlds.made(folder, parts)
    made.let_go()
    yield made
    made.let_go()


@pytest.fixture(scope="session")
def worlds_by_name() -> Iterator[dict[str, tuple[World, ExitStack]]]:
    """The world that tests break one after the other, as long as it mends."""
    found: dict[str, tuple[World, ExitStack]] = {}
    yield found
    for _, stack in found.values():
        stack.close()


@pytest.fixture
def world(
    origin: World, worlds_by_name: dict[str, tuple[World, ExitStack]], tmp_path: Path
) -> Iterator[World]:
    """A world to break; it is used again where everything held."""
    if "mended" not in worlds_by_name:
        stack = ExitStack()
        worlds_by_name["mended"] = (worlds.copied(origin, tmp_path, stack), stack)
    found = worlds_by_name.pop("mended")
    yield found[0]
    if found[0].is_sound:
        worlds_by_name["mended"] = found
    else:
        found[1].close()
