"""What the register still says and offers of somebody whose name was erased."""

import re

from kiosk.members.models import Member
from kiosk.storage import session
from tests.central.test_erasing import ask, enter
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.telling import register


def counted(kiosk: Machine) -> int:
    """How many people the page says there are."""
    page = kiosk.as_("manager").get("/membres").text
    found = re.search(r"(\d+)\s+(?:personne|carte)s?\b", page)
    assert found, page
    return int(found[1])


def test_the_register_counts_whom_it_lists(nioro: Post, centre: Machine) -> None:
    enter(nioro.kiosk)
    register(nioro.kiosk, "Awa Coulibaly")
    before = counted(nioro.kiosk)
    with nioro.kiosk.open("manager"):
        uid = session().query(Member).filter_by(given_name="Nagnouma").one().uid
    ask(nioro.kiosk)
    for _ in range(2):
        nioro.exchange()
    assert counted(nioro.kiosk) == before - 1
    page = nioro.kiosk.as_("manager").get(f"/membres/{uid}").text
    assert "Personne effacée" in page
    for word in (f"{uid}/carte", f"{uid}/modifier", "Relier à une autre carte", "Retirer", "Noter l’accord"):
        assert word not in page, word
