"""Who may ask for an erasure: a space for its own people, and nothing it asks stops the others."""

import uuid
from collections.abc import Callable

import pytest

from kiosk.accounts.models import Staff
from kiosk.central import erasing
from kiosk.members.models import Member
from kiosk.places import services as places
from kiosk.storage import session
from kiosk.sync import erasures
from kiosk.sync.models import Erasure
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import NIORO, named, register


def forge(machine: Machine, tab: str, row: uuid.UUID) -> None:
    """Write the request that no page of a kiosk would write."""
    with machine.writing("manager"):
        uid = erasures.uid_of(tab, row)
        session().add(Erasure(uid=uid, tab=tab, row_uid=row, space_uid=NIORO, asked_at=1))


@pytest.fixture
def kayes(machine: Callable[..., Machine], centre: Machine) -> Post:
    """Kayes, where Nagnouma is a member."""
    found = link_up(machine(space="KAY"), centre, "KAY")
    register(found.kiosk, "Nagnouma Sangaré", "KAY")
    found.exchange()
    return found


def test_a_space_cannot_erase_another_spaces_member(nioro: Post, kayes: Post, centre: Machine) -> None:
    with kayes.kiosk.open():
        her = session().query(Member).one().uid
    forge(nioro.kiosk, "member", her)
    nioro.exchange()
    kayes.exchange()
    assert named(centre) == named(kayes.kiosk) == ["Nagnouma Sangaré"]
    with centre.writing("coordinator"):
        erasures.ask("member", her)
        erasing.run(centre.data)
        order = session().query(Erasure).one()
        assert order.space_uid == places.space_uid("KAY")
    kayes.exchange()
    assert named(centre) == named(kayes.kiosk) == [" "]


def test_a_space_cannot_erase_the_centres_staff(nioro: Post, centre: Machine) -> None:
    person = centre.people["coordinator"]
    forge(nioro.kiosk, "staff", person.uid)
    nioro.exchange()
    with centre.open() as current:
        found = current.get(Staff, person.uid)
        assert found is not None and found.name == person.name


def test_a_request_about_an_unknown_table_stops_no_exchange(
    nioro: Post, kayes: Post, centre: Machine
) -> None:
    forge(nioro.kiosk, "later", uuid.uuid4())
    register(nioro.kiosk, "Awa Coulibaly")
    nioro.exchange()
    register(kayes.kiosk, "Bintou Diallo", "KAY")
    kayes.exchange()
    assert named(centre) == ["Awa Coulibaly", "Bintou Diallo", "Nagnouma Sangaré"]
