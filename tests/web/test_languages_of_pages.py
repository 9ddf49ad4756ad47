"""Which language a page speaks: readers' pages may mix, the team's never do."""

import re

from tests.support.machines import Machine


def spoken(body: str) -> str:
    """The language a page declares."""
    found = re.search(r'<html lang="([^"]+)"', body)
    assert found
    return found[1]


def test_a_page_of_the_team_is_wholly_french_while_bambara_is_not_whole(kiosk: Machine) -> None:
    """A menu half translated is worse than French."""
    manager = kiosk.as_("manager")
    manager.post("/langue", data={"langue": "bm"})
    assert spoken(manager.get("/membres").text) == "fr"
    assert spoken(manager.get("/mediatheque").text) == "bm"


def test_a_stranger_reads_bambara_as_far_as_it_goes(kiosk: Machine) -> None:
    """The remainder is French, and says so."""
    body = kiosk.client().get("/", headers={"Accept-Language": "bm"}).text
    assert spoken(body) == "bm"
    assert '<span lang="fr">' in body
