"""Every page that a link leads to, opened by everyone who may see it, on a kiosk with a year of data.

The client inspects each one: shape, labels, weight, dead links, nothing written by reading.
"""

import pytest

from tests.support.crawl import walk
from tests.support.machines import Machine

ROLES = ("stranger", "manager", "trainer", "author")


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", ["fr", "bm"])
def test_every_page_a_link_leads_to_opens(living: Machine, role: str, language: str) -> None:
    client = living.client() if role == "stranger" else living.as_(role)
    client.set_cookie("langue", language)
    client.complaints = wrong = []
    opened = list(walk(client))
    wrong += [f"{path}: {status}" for _, path, status in opened if status >= 400]
    assert not wrong, "\n".join(wrong)
    assert len({endpoint for endpoint, _, _ in opened}) > 5
