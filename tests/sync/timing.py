"""Machines in time: what the system's clock says, when the power comes, what the centre's clock says."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import update

from kiosk.storage import clock
from kiosk.storage.log import sync_boot, sync_self
from kiosk.sync import start
from tests.support.machines import Machine
from tests.sync.telling import register

HOUR, DAY, YEAR = 3_600_000, 86_400_000, 365 * 86_400_000
Setting = Callable[[int], None]
Waking = Callable[[Machine, str], None]


def ticks() -> int:
    """Return milliseconds on a clock that nobody sets."""
    return time.monotonic_ns() // 1_000_000


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set what the system's clock says, in ms."""

    def setting(moment: int) -> None:
        begun = ticks()
        monkeypatch.setattr(clock, "system_ms", lambda: moment + ticks() - begun)

    return setting


@pytest.fixture
def wake(monkeypatch: pytest.MonkeyPatch) -> Callable[[Machine, str], None]:
    """Give a machine another power-up."""

    def waking(machine: Machine, name: str) -> None:
        begun = ticks()
        monkeypatch.setattr(clock, "boot_id", lambda: name)
        monkeypatch.setattr(clock, "uptime_ms", lambda: ticks() - begun + 20_000)
        clock.follow(machine.data)
        start.check(machine.store, machine.data)

    return waking


@pytest.fixture
def centre_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Give the centre a clock of its own: it lives in the same process here."""

    def setting(moment: int) -> None:
        for name in ("clocks", "exchange", "receive", "settle", "times"):
            monkeypatch.setattr(f"kiosk.central.{name}.clock", Right(moment))

    return setting


class Right:
    """A centre's clock, which goes on from a moment."""

    def __init__(self, moment: int) -> None:
        self.base = moment - ticks()

    def __getattr__(self, name: str) -> object:
        return (lambda: self.base + ticks()) if name == "now_ms" else getattr(clock, name)


def began(machine: Machine) -> int:
    """Start a machine as it is, and return what time it is."""
    clock.follow(machine.data)
    start.check(machine.store, machine.data)
    return clock.now_ms()


def forget_time(machine: Machine, last: int) -> None:
    """Make a machine know of no moment later than `last`."""
    with machine.writing() as current:
        current.execute(update(sync_self).values(hlc=last << 16))
        current.execute(sync_boot.delete())


def unsure(kiosk: Machine, system: Setting, wake: Waking) -> None:
    began(kiosk)
    register(kiosk, "Awa Coulibaly")
    system(0)
    wake(kiosk, "1970")
    assert clock.quality() == clock.UNSURE
