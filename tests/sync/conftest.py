"""Kiosks that know their centre."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from kiosk.central import services
from kiosk.sync import keyfile
from kiosk.sync.caller import Caller
from kiosk.sync.enrol import enrol
from kiosk.sync.exchange import Exchange
from kiosk.sync.link import Tally
from tests.support.machines import Machine
from tests.sync.timing import centre_at, system, wake
from tests.sync.wire import Wsgi

__all__ = ["centre_at", "system", "wake"]


@dataclass
class Post:
    """An enrolled kiosk and its line."""

    kiosk: Machine
    line: Wsgi
    tallies: list[Tally] = field(default_factory=list)

    def exchange(self) -> Tally:
        """Exchange until nothing moves."""
        caller = Caller(keyfile.load(self.kiosk.data), self.line, "test")
        self.tallies.append(Exchange(self.kiosk.store, caller).run())
        return self.tallies[-1]


def code_for(centre: Machine, space: str) -> str:
    """Make a code at the centre."""
    with centre.writing():
        return str(services.make_code(space, centre.data))


def link_up(kiosk: Machine, centre: Machine, space: str = "NIO") -> Post:
    """Enrol a kiosk."""
    line = Wsgi(centre.app)
    enrol(kiosk.store, kiosk.data, "http://127.0.0.1", code_for(centre, space), "test", line)
    return Post(kiosk, line)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_centre(request: pytest.FixtureRequest) -> Machine:
    """The centre, on each database it may run on."""
    name = "centre" if request.param == "sqlite" else "centre_pg"
    found: Machine = request.getfixturevalue(name)
    return found


@pytest.fixture
def nioro(kiosk: Machine, centre: Machine) -> Post:
    """The kiosk of Nioro, enrolled."""
    return link_up(kiosk, centre)


@pytest.fixture
def yelimane(machine: Callable[..., Machine], centre: Machine) -> Post:
    """A second kiosk of the same centre."""
    return link_up(machine(space="YEL"), centre, "YEL")
