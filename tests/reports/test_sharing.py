"""Organisations in a report: linked to sessions held in it, each once, in the page and the file."""

import uuid

from kiosk.partners import services as directory
from kiosk.partners.models import Kind
from kiosk.reports import export
from kiosk.training import queries as training
from kiosk.training.beside import writing
from kiosk.training.beside.models import Share
from tests.reports.conftest import MONDAY, TUESDAY, figures
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine


def organisation(name: str) -> uuid.UUID:
    return directory.add_organisation(directory.OrganisationCard(kind=Kind.NGO, name=name), None).uid


def test_a_partner_of_three_sessions_counts_once_and_one_of_a_session_not_held_does_not(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        icv, fonds, later = organisation("ICVolontaires"), organisation("=Fonds"), organisation("Plus tard")
        for day in (MONDAY, TUESDAY, TUESDAY):
            held = lesson(nioro, [Half(day, {"present": [member(nioro)]})])
            writing.link(held, icv, Share.PARTNER)
            writing.link(held, fonds, Share.DONOR)
        writing.link(lesson(nioro, [Half(MONDAY, entered=False)]), later, Share.PARTNER)
    found = figures(kiosk)
    assert (found.sharing.partners, found.sharing.donors) == (["ICVolontaires"], ["=Fonds"])
    with kiosk.app.test_request_context():
        table = export.as_csv(found).decode("utf-8-sig")
    assert "Partenaires;1\r\nICVolontaires" in table and "Bailleurs;1\r\n'=Fonds" in table
    page = kiosk.as_("manager").get("/rapports?du=2026-01-01&au=2026-12-31").text
    assert "Organisations liées aux formations" in page and "1 partenaire" in page


def test_a_partner_of_the_project_counts_once_with_its_sessions_and_not_without_one(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        names = ("Les deux", "Du projet", "Sans séance", "Ailleurs")
        both, of_project, idle, far = [organisation(name) for name in names]
        river = directory.ProjectCard("FLEUVE", "Le fleuve", partners=(both, of_project))
        project = directory.add_project(river)
        directory.add_project(directory.ProjectCard("REPOS", "Au repos", partners=(idle,)))
        held = lesson(nioro, [Half(MONDAY, {"present": [member(nioro)]})])
        held.project_uid = project.uid
        writing.link(held, both, Share.PARTNER)
        other = lesson(nioro, [Half(TUESDAY, {"present": [member(nioro)]})])
        writing.link(other, idle, Share.DONOR)
        other.project_uid = directory.add_project(directory.ProjectCard("LOIN", "Loin", partners=(far,))).uid
    found = figures(kiosk)
    assert found.sharing.partners == ["Ailleurs", "Du projet", "Les deux"]
    assert found.sharing.donors == ["Sans séance"]
    with kiosk.open():
        scoped = training.organisations(nioro, (None, None), project.uid)
    assert {uid for uid, _ in scoped} == {both, of_project}
