"""At the centre every mark is seen once, with its space and its card, without a name."""

import datetime
import uuid

import pytest

from kiosk.members import services as members
from kiosk.places import services as places
from kiosk.training import services
from kiosk.training.models import Mark
from tests.support.machines import Machine

TUESDAY = datetime.date(2026, 11, 24)


@pytest.fixture
def marked(centre: Machine) -> uuid.UUID:
    """A session of Nioro at the centre: Awa was there, her sheet is entered."""
    with centre.writing():
        space = places.open_space("NIO", places.SpaceCard("Nioro")).uid
        awa = members.register(space, given_name="Awa", family_name="Bathily", sex="F").uid
        half = services.HalfDay(TUESDAY, "09:00", 180)
        training = services.plan_session(space, services.Plan("Excel"), [half])
        services.enrol(training, [awa])
        services.mark(services.sittings_of(training)[0], {awa: services.Answer(Mark.PRESENT)})
        return training.uid


def test_the_coordinator_sees_each_mark_with_its_space_and_its_card(
    centre: Machine, marked: uuid.UUID
) -> None:
    coordinator = centre.as_("coordinator")
    assert "Nioro" in coordinator.get("/formations").text
    page = coordinator.get(f"/formations/{marked}").text
    assert page.count("Présente") == 1
    assert "NIO-" in page
    assert "Bathily" not in page


def test_an_editor_and_a_stranger_see_no_session_at_the_centre(centre: Machine, marked: uuid.UUID) -> None:
    for path in ("/formations", f"/formations/{marked}"):
        assert centre.as_("editor").get(path).status_code == 403
        assert centre.client().get(path).status_code == 303
