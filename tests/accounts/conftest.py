"""What the tests of accounts share: an uptime that can be moved, a kiosk nobody has set up yet."""

import re
from collections.abc import Callable

import pytest

from kiosk.places import services as places
from kiosk.storage import clock
from tests.support.cast import Person
from tests.support.machines import Machine
from tests.support.pages import Client


class Uptime:
    """The machine's uptime and which power-up it is, in the test's hands."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.seconds, self.boot = 5000.0, "boot-one"
        patch.setattr(clock, "monotonic", lambda: self.seconds)
        patch.setattr(clock, "boot_id", lambda: self.boot)

    def wait(self, seconds: float) -> None:
        self.seconds += seconds

    def power_cut(self, uptime: float = 30.0) -> None:
        """The machine comes back, `uptime` seconds after it was switched on."""
        self.boot, self.seconds = f"{self.boot}-and-another", uptime


@pytest.fixture
def uptime(monkeypatch: pytest.MonkeyPatch) -> Uptime:
    return Uptime(monkeypatch)


@pytest.fixture
def fresh(blank: Machine) -> Machine:
    """A kiosk as it comes out of its box: tables and communes, no space, no staff."""
    with blank.writing():
        places.load_communes()
    return blank


@pytest.fixture
def door() -> Callable[..., int]:
    """`door(client, kadidia, "1234")` types a secret at the door and returns the status."""

    def knock(client: Client, person: Person, secret: str, address: str = "192.168.1.20") -> int:
        page = f"/connexion/{person.uid}"
        place = {"REMOTE_ADDR": address}
        shown = client.get(page, environ_base=place).get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', shown)
        assert found, shown
        data = {"csrf_token": found[1], "secret": secret}
        return client.post(page, data=data, environ_base=place).status_code

    return knock
