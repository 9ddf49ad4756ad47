"""A meeting with partners: in the history of each, in the report, and nowhere a stranger looks."""

import datetime
import uuid

import pytest
from sqlalchemy.orm import Session

from kiosk.partners import services as partners
from kiosk.partners.meetings import reading
from kiosk.partners.models import Kind
from kiosk.partners.services import OrganisationCard
from kiosk.reports import queries as reports
from kiosk.reports.periods import Period
from kiosk.storage import session, transaction
from tests.support.machines import Machine
from tests.support.pages import Client

YEAR = Period(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


@pytest.fixture
def two(in_kiosk: Session) -> list[uuid.UUID]:
    names = ("Association des municipalités", "Collectif de Kayes")
    with transaction():
        return [partners.add_organisation(OrganisationCard(Kind.COLLECTIVE, one)).uid for one in names]


@pytest.fixture
def manager(kiosk: Machine) -> Client:
    return kiosk.as_("manager")


def noted(manager: Client, two: list[uuid.UUID], **more: object) -> uuid.UUID:
    told = {
        "day": "2026-11-20",
        "subject": "Salle de la mairie",
        "people": "Madame Cissé",
        "outcome": "Prêtée",
    }
    ticked = [one.hex for one in two]
    answer = manager.send("/reunions/nouvelle", **{**told, "partners": ticked, **more})
    assert answer.status_code == 303
    session().rollback()
    return uuid.UUID(answer.location.rsplit("/", 1)[1])


def test_a_meeting_is_in_the_history_of_both_partners_and_once_in_the_report(
    manager: Client, two: list[uuid.UUID], client: Client
) -> None:
    noted(manager, two)
    for uid in two:
        assert "Salle de la mairie" in manager.get(f"/collectifs/{uid}").text
        assert "Salle de la mairie" not in client.get(f"/collectifs/{uid}").text
    assert "Collectif de Kayes" in manager.get("/reunions").text
    assert reports.report(reports.Asked(YEAR)).apart.partners == 1
    assert "Réunions avec des partenaires" in manager.get("/rapports?du=2026-01-01&au=2026-12-31").text


def test_a_partner_named_by_mistake_leaves_the_history(manager: Client, two: list[uuid.UUID]) -> None:
    uid = noted(manager, two)
    typed = {"day": "2026-11-20", "subject": "Salle", "partners": [two[0].hex]}
    assert manager.send(f"/reunions/{uid}/modifier", **typed).status_code == 303
    session().rollback()
    assert [one.subject for one in reading.history(two[0])] == ["Salle"]
    assert reading.history(two[1]) == []


def test_a_meeting_taken_back_counts_no_more(manager: Client, two: list[uuid.UUID]) -> None:
    uid = noted(manager, two)
    manager.send(f"/reunions/{uid}/retirer", form_at=f"/reunions/{uid}")
    session().rollback()
    assert reading.count(None, YEAR.first, YEAR.last) == 0
    assert reading.history(two[0]) == []


def test_a_meeting_without_subject_or_partner_is_refused(manager: Client, two: list[uuid.UUID]) -> None:
    for typed in ({"subject": "", "partners": [two[0].hex]}, {"subject": "Salle"}):
        assert manager.send("/reunions/nouvelle", day="2026-11-20", **typed).status_code == 422


def test_a_stranger_reads_no_meeting(client: Client, manager: Client, two: list[uuid.UUID]) -> None:
    assert client.get(f"/reunions/{noted(manager, two)}").status_code == 303
