"""Every page that a link leads to, opened by everyone who may see it, on a kiosk with a year of data.

The client inspects each one: shape, labels, weight, dead links, nothing written by reading.
"""

from collections.abc import Iterator

import pytest

from deploy.example_data import fill
from kiosk.config import load
from kiosk.places import services as places
from kiosk.storage import transaction
from tests.support.cast import find
from tests.support.crawl import walk
from tests.support.machines import Machine, make_schema

ROLES = ("stranger", "manager", "trainer", "author")


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The kiosk of Yélimané after a year."""
    data = tmp_path_factory.mktemp("living")
    machine = Machine(load(data, {}), {})
    make_schema(machine.store)
    with machine.writing():
        places.load_communes()
    fill(data, "YEL")
    with machine.open(), transaction():
        machine.people = {person.role: person for person in find()}
    yield machine
    machine.close()


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", ["fr", "bm"])
def test_every_page_a_link_leads_to_opens(living: Machine, role: str, language: str) -> None:
    client = living.client() if role == "stranger" else living.as_(role)
    client.set_cookie("langue", language)
    opened = list(walk(client))
    broken = [(path, status) for _, path, status in opened if status >= 400]
    assert not broken
    assert len({endpoint for endpoint, _, _ in opened}) > 5
