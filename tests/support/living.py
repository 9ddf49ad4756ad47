"""A kiosk after a year: Yélimané with its members, lessons, visits and articles, made once a session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.example_data import fill
from kiosk.config import load
from kiosk.places import services as places
from tests.support.cast import find
from tests.support.machines import Machine, copy_of, make_schema


def lived(data: Path) -> Machine:
    """Make Yélimané's year in an empty folder, made too if need be."""
    data.mkdir(parents=True, exist_ok=True)
    machine = Machine(load(data, {}), {})
    make_schema(machine.store)
    with machine.writing():
        places.load_communes()
    with machine.open():
        fill("YEL")
        machine.people = {person.role: person for person in find()}
    return machine


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """The kiosk of Yélimané after a year, at rest: tests copy it."""
    machine = lived(tmp_path_factory.mktemp("year"))
    machine.close()
    return machine


@pytest.fixture(scope="session")
def living(year: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The kiosk of Yélimané after a year; tests read it and leave it as it is."""
    machine = copy_of(year, tmp_path_factory.mktemp("living") / "kiosk")
    yield machine
    machine.close()


@pytest.fixture(scope="module")
def spoilt(year: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A kiosk after a year, of this module alone, which may spoil it."""
    machine = copy_of(year, tmp_path_factory.mktemp("spoilt") / "kiosk")
    yield machine
    machine.close()
