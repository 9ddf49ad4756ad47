"""The power goes at any moment: what was not forced out is lost, in whole sectors and in any order."""

import os
import random
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from kiosk.central import door
from kiosk.config import load
from kiosk.sync.line import Answer
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.faults import world as worlds
from tests.sync.faults.journeys import enrolled_anew, news, started, upgraded
from tests.sync.faults.power import Record
from tests.sync.faults.world import World
from tests.sync.telling import named

IMAGES = int(os.environ.get("KIOSK_BUDGET") or 500) // 60
"""How many disks are looked at: eight in the suite, a thousand with `--budget 60000`."""
VICTIMS = ("nioro", "centre", "both")


class Door:
    """A line to a centre that has no application: its door alone."""

    def __init__(self, centre: Machine) -> None:
        self.centre = centre

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
        with self.centre.open():
            sent = door.exchange(headers, lambda: body, self.centre.data)
        known = {name.title(): value for name, value in sent.headers.items()}
        return Answer(sent.status, known, sent.body, len(body), len(sent.body), 0.01)


@dataclass
class Day:
    """A day that was written down, and at which step somebody saw each name saved."""

    world: World
    record: Record
    saw: list[tuple[int, str]]

    def morning(self, upto: int, victims: str, chance: random.Random, folder: Path) -> World:
        """Return the world of the morning after a cut at a step."""
        parts = []
        for name, one in (("centre", self.world.centre), ("nioro", self.world.nioro.kiosk)):
            luck = chance if victims in (name, "both") else None
            parts.append(self._machine(one, upto, luck, folder / name))
        centre, nioro = parts
        sworn = [name for step, name in self.saw if step <= upto]
        every = {name for _, name in self.saw}
        return World(
            centre, Post(nioro, Door(centre)), self.world.yelimane, self.world.stick, sworn, doubtful=every
        )

    def _machine(self, one: Machine, upto: int, chance: random.Random | None, folder: Path) -> Machine:
        shutil.copytree(one.data, folder, ignore=lambda _place, names: [n for n in names if "." in n])
        for name, data in self.record.image(one.data, upto, chance).items():
            (folder / name).write_bytes(data)
        return Machine(load(folder, {}), one.people)


def lived(world: World, way_to_write: str = "FULL") -> Day:
    """Let people and machines do what they do, and write down every byte on its way to the disks."""
    world.let_go()
    record = Record((world.centre.data, world.nioro.kiosk.data))
    day = Day(world, record, [(0, name) for name in world.sworn])
    for machine in world.machines:
        event.listen(machine.store.engine, "connect", _writing(way_to_write))

    def saved() -> None:
        day.saw += [(len(record.done), name) for name in world.sworn[len(day.saw) :]]

    with record.kept():
        for step in (news, _sent, news, _sent, upgraded, _sent, _slept, enrolled_anew, news, _sent, news):
            step(world)
            saved()
        world.let_go()
    return day


def _sent(world: World) -> None:
    world.nioro.exchange()


def _slept(world: World) -> None:
    world.let_go()
    started(world)


def _writing(way: str) -> Any:
    def connected(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA synchronous = {way}")

    return connected


@pytest.fixture
def fresh(origin: World, tmp_path: Path) -> Iterator[World]:
    """A world of its own that writes as the product does."""
    with ExitStack() as stack:
        yield worlds.copied(origin, tmp_path, stack, fast=False)


def test_a_power_cut_takes_nothing_that_somebody_saw_saved(fresh: World, tmp_path: Path) -> None:
    day, chance = lived(fresh), random.Random(5)
    for number in range(IMAGES):
        upto, victims = chance.randrange(len(day.record.done)), VICTIMS[number % 3]
        folder = tmp_path / f"matin-{number}"
        woken(day, upto, victims, chance, folder)
        shutil.rmtree(folder)


def woken(day: Day, upto: int, victims: str, chance: random.Random, folder: Path) -> None:
    """Open the disks of a morning with the product, and let it go on: everything must hold."""
    world = day.morning(upto, victims, chance, folder)
    try:
        assert 0 <= world.behind() <= world.batch(), "nothing acknowledged is lacking at the centre"
        world.go_on()
        world.holds()
    except Exception as error:
        error.add_note(f"cut of {victims} at step {upto} of {len(day.record.done)}")
        raise
    finally:
        for machine in (world.centre, world.nioro.kiosk):
            machine.close()


def test_the_cut_would_show_a_program_that_does_not_wait_for_the_disk(fresh: World, tmp_path: Path) -> None:
    """The proof that the test above sees: with `synchronous = NORMAL` it loses what was saved."""
    day, chance = lived(fresh, "NORMAL"), random.Random(5)
    assert any(_is_short(day, chance, tmp_path / f"matin-{number}") for number in range(20))


def _is_short(day: Day, chance: random.Random, folder: Path) -> bool:
    world = day.morning(chance.randrange(len(day.record.done)), "nioro", chance, folder)
    try:
        return bool(set(world.sworn) - set(named(world.nioro.kiosk)))
    finally:
        world.nioro.kiosk.close()
