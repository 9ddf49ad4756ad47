"""The desk of Nioro on a Saturday in November 2026, at a quarter to four."""

import datetime
import uuid
from collections.abc import Callable

import pytest

from kiosk.places import queries as places
from kiosk.storage import clock
from tests.support.machines import Machine

SATURDAY = datetime.date(2026, 11, 21)
FRIDAY = SATURDAY - datetime.timedelta(days=1)
NBSP, THIN = "\u00a0", "\u202f"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`at("2026-11-21 15:45")` sets the machine's clock (Mali keeps universal time)."""

    def set_clock(moment: str) -> None:
        there = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)
        monkeypatch.setattr(clock, "now_ms", lambda: int(there.timestamp() * 1000))

    return set_clock


@pytest.fixture(autouse=True)
def _saturday(at: Callable[[str], None]) -> None:
    at("2026-11-21 15:45")


@pytest.fixture
def nioro(kiosk: Machine) -> uuid.UUID:
    """The space this machine stands in."""
    with kiosk.open():
        found = places.here_uid()
    assert found
    return found
