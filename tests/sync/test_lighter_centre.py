"""A centre whose log grew lighter, on real machines: what a person sees meanwhile, and PostgreSQL."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.machines import make_schema
from tests.support.postgres import Server
from tests.sync.disks import PostgresDisk
from tests.sync.model.traces import REGRESSIONS
from tests.sync.real import RealWorld
from tests.sync.test_real import play, real_clock, templates

__all__ = ["real_clock", "templates"]
ELSEWHERE = (("edit", 1, 1), ("round", 1), ("edit", 1, 1), ("round", 1))


def shown(world: RealWorld) -> set[str]:
    return set(world.names(world.disk(0)).values())


def test_everything_comes_and_the_last_word_written_here_still_stands(tmp_path: Path, templates: Any) -> None:
    """A newer program's word waits at the centre; its author wrote over it, and that was taken."""
    world = RealWorld(tmp_path, templates)
    for name, *about in (("edit", 0, 2), ("round", 0), ("edit", 0, 2, True), ("edit", 0, 2), *ELSEWHERE):
        getattr(world, name)(*about)
    world.compact(silent=True)
    for _ in range(3):
        world.round(0)
        assert "w3" in shown(world)
    assert "w5" in shown(world), "what was told elsewhere came"
    world.close()


@pytest.mark.postgres
def test_a_lighter_centre_is_put_back_on_postgresql(
    templates: Any, pg_server: Server, tmp_path: Path
) -> None:
    make_schema((first := PostgresDisk(pg_server, pg_server.new_database())).store)
    world = RealWorld(tmp_path, templates, first)
    play(world, REGRESSIONS["a centre that was put back had made its log lighter"])
    assert world.anew
    world.close()
