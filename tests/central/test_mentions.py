"""Texts in which somebody's name stands without her id: shown to whoever erases, who says which are hers."""

import datetime
import uuid

import pytest

from kiosk.desk.models import Booking
from kiosk.members.models import Member
from kiosk.partners.meetings import services as meetings
from kiosk.partners.meetings.models import PartnerMeeting
from kiosk.partners.models import Kind
from kiosk.partners.services import OrganisationCard, add_organisation
from kiosk.storage import session
from kiosk.sync import naming
from kiosk.sync.models import Erasure
from kiosk.training.models import RequestState, SeatRequest
from kiosk.training.planning import HalfDay, Plan, plan_session
from tests.central.test_erasing import enter
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.sync.conftest import Post
from tests.sync.filling import everything
from tests.sync.telling import NIORO

DAY = datetime.date(2026, 11, 24)


@pytest.fixture
def told(nioro: Post) -> Post:
    """Nagnouma, of whom a meeting, a booking and a refused request tell; and a namesake's seat."""
    enter(nioro.kiosk)
    with nioro.kiosk.writing("manager"):
        town = add_organisation(OrganisationCard(Kind.NGO, "Mairie")).uid
        for subject, people in (("Salle", "nagnouma SANGARE, maire\nOumar Diop"), ("Cour", "Nagnouma Diop")):
            meetings.note(NIORO, meetings.Told(DAY, subject, people=people, partners=[town]))
        hours = {"day": DAY, "starts": "09:00", "minutes": 60}
        session().add(Booking(space_uid=NIORO, who="Mme Sangaré", phone="+223 76 54 32 10", **hours))
        lesson = plan_session(NIORO, Plan("Word"), [HalfDay(DAY, "09:00", 180)])
        asked = {"space_uid": NIORO, "session_uid": lesson.uid, "state": RequestState.REFUSED}
        session().add(SeatRequest(name="Nagnouma Sangaré", phone="+22370000000", **asked))
        other = session().query(Member).filter_by(given_name="Bintou").one().uid
        session().add(SeatRequest(name="Nagnouma Sangaré", phone="+22370000001", member_uid=other, **asked))
    nioro.exchange()
    return nioro


def her(machine: Machine) -> uuid.UUID:
    with machine.open():
        return session().query(Member).filter_by(given_name="Nagnouma").one().uid


def found(machine: Machine) -> list[naming.Mention]:
    with machine.open() as current:
        return naming.mentions(current.connection(), ("member", her(machine)))


def asking(machine: Machine, page: str) -> Client:
    manager = machine.as_("manager")
    manager.send("/confirmer", secret=machine.people["manager"].secret)
    assert manager.get(page).status_code == 200
    return manager


def test_texts_that_may_be_about_her_are_shown_and_those_of_other_members_are_not(told: Post) -> None:
    assert {one.tab for one in found(told.kiosk)} == {"partner_meeting", "booking", "seat_request"}
    page = f"/membres/{her(told.kiosk)}/effacer"
    shown = asking(told.kiosk, page).get(page).text
    assert "Réunion · Salle" in shown and "SANGARE, maire" in shown and "Cour" not in shown


def test_what_is_ticked_is_erased_everywhere_and_the_rest_stays(told: Post, centre: Machine) -> None:
    page = f"/membres/{her(told.kiosk)}/effacer"
    keys = [one.key for one in found(told.kiosk)]
    assert asking(told.kiosk, page).send(page, aussi=keys).status_code == 303
    for _ in range(2):
        told.exchange()
    for machine in (told.kiosk, centre):
        with machine.open():
            kept = {one.subject: one.people for one in session().query(PartnerMeeting)}
            assert kept == {"Salle": "", "Cour": "Nagnouma Diop"}
            seats = {one.phone: one.name for one in session().query(SeatRequest)}
            assert seats == {"": "", "+22370000001": "Nagnouma Sangaré"}
        assert not [
            word for word in ("SANGARE, maire", "Mme Sangaré", "76 54 32 10") if word in everything(machine)
        ]


def test_the_request_taken_back_takes_its_texts_back(told: Post, centre: Machine) -> None:
    page = f"/membres/{her(told.kiosk)}/effacer"
    manager = asking(told.kiosk, page)
    manager.send(page, aussi=[one.key for one in found(told.kiosk)])
    manager.send(f"/membres/{her(told.kiosk)}/ne-pas-effacer", form_at=f"/membres/{her(told.kiosk)}")
    for _ in range(2):
        told.exchange()
    with centre.open():
        assert "SANGARE" in session().query(PartnerMeeting).filter_by(subject="Salle").one().people


@pytest.mark.parametrize("after", [False, True])
def test_what_is_asked_for_somebody_else_stands_when_hers_is_taken_back(told: Post, after: bool) -> None:
    """Before hers or after it, and of a text that she ticked too: each request stands on its own."""
    meeting = next(one.uid for one in found(told.kiosk) if one.tab == "partner_meeting")
    page, keys = f"/membres/{her(told.kiosk)}/effacer", [one.key for one in found(told.kiosk)]
    manager = asking(told.kiosk, page)
    for hers in (after, not after):
        if hers:
            manager.send(page, aussi=keys)
        else:
            manager.send(f"/reunions/{meeting}/effacer")
    manager.send(f"/membres/{her(told.kiosk)}/ne-pas-effacer", form_at=f"/membres/{her(told.kiosk)}")
    with told.kiosk.open():
        standing = session().query(Erasure).filter_by(deleted_at=None).all()
        assert [(one.tab, one.row_uid) for one in standing] == [("partner_meeting", meeting)]


def test_who_came_to_a_meeting_is_erased_for_somebody_who_is_in_no_register(
    told: Post, centre: Machine
) -> None:
    with told.kiosk.open():
        uid = session().query(PartnerMeeting).filter_by(subject="Cour").one().uid
    page = f"/reunions/{uid}"
    manager = asking(told.kiosk, f"{page}/effacer")
    assert f"{page}/effacer" in manager.get(page).text
    assert manager.send(f"{page}/effacer").status_code == 303
    assert "Modifier" not in manager.get(page).text and manager.get(f"{page}/modifier").status_code == 409
    for _ in range(2):
        told.exchange()
    for machine in (told.kiosk, centre):
        with machine.open():
            kept = {one.subject: one.people for one in session().query(PartnerMeeting)}
            assert kept["Cour"] == "" and kept["Salle"]


def test_the_coordination_ticks_what_tells_of_her_without_reading_it(told: Post, centre: Machine) -> None:
    page = f"/membres/{her(centre)}/effacer"
    keys = [one.key for one in found(centre)]
    salimata = centre.as_("coordinator")
    salimata.send("/confirmer", secret=centre.people["coordinator"].secret)
    shown = salimata.get(page).text
    assert "Réunion · Salle" in shown and "SANGARE" not in shown and len(keys) == 3
    assert salimata.send(page, aussi=keys).status_code == 303
    told.exchange()
    for machine in (told.kiosk, centre):
        with machine.open():
            assert session().query(PartnerMeeting).filter_by(subject="Salle").one().people == ""
