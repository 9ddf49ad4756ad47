"""Projects: a code, a name, who pays; tagged by other rooms."""

import datetime

import pytest

from kiosk.partners import queries, services
from kiosk.partners.models import Kind
from kiosk.partners.services import OrganisationCard, ProjectCard
from kiosk.storage import Refusal
from tests.support.machines import Machine

TYPED = {
    "name": "Visibilité de la fédération",
    "code": "fecong-1",
    "donors": "Union européenne\n\nAutre bailleur ",
    "starts_on": "2026-01-01",
    "ends_on": "2027-12-31",
    "active": "y",
}


def test_a_project_is_noted_with_its_donors_in_order(kiosk: Machine) -> None:
    assert kiosk.as_("manager").send("/projets/nouveau", **TYPED).status_code == 303
    with kiosk.open():
        (one,) = queries.projects()
    assert (one.code, one.donors) == ("FECONG-1", ["Union européenne", "Autre bailleur"])
    assert (one.starts_on, one.ends_on) == (datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))
    page = kiosk.as_("manager").get("/projets").get_data(as_text=True)
    assert "Union européenne, Autre bailleur" in page


def test_a_project_is_corrected_and_closed(kiosk: Machine) -> None:
    manager = kiosk.as_("manager")
    manager.send("/projets/nouveau", **TYPED)
    with kiosk.open():
        uid = queries.projects()[0].uid
    shown = manager.get(f"/projets/{uid}").get_data(as_text=True)
    assert "Union européenne\nAutre bailleur" in shown
    typed = {key: value for key, value in TYPED.items() if key != "active"}
    assert manager.send(f"/projets/{uid}", **typed).status_code == 303
    with kiosk.open():
        assert queries.projects(active=True) == []
        assert len(queries.projects()) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_on": "2025-01-01"}, "fin est avant"),
        ({"code": ""}, "Le code manque"),
        ({"name": ""}, "Le nom manque"),
        ({"starts_on": "2026-02-30"}, "Début"),
        ({"first_ages": "25, 20"}, "âges vont en montant"),
        ({"first_ages": "0, 20"}, "âges vont en montant"),
        ({"first_ages": "20, 200"}, "âges vont en montant"),
    ],
)
def test_a_wrong_answer_is_refused_and_kept(kiosk: Machine, wrong: dict[str, str], said: str) -> None:
    answer = kiosk.as_("manager").send("/projets/nouveau", **{**TYPED, **wrong})
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert "Autre bailleur" in answer.get_data(as_text=True)


def test_two_projects_never_share_a_code(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        services.add_project(ProjectCard("P1", "Un"))
        with pytest.raises(Refusal, match="déjà ce code"):
            services.add_project(ProjectCard(" p1 ", "Deux"))


def test_a_project_of_the_centre_is_read_only_in_a_space(kiosk: Machine) -> None:
    with kiosk.writing():
        uid = services.add_project(ProjectCard("P1", "Du centre")).uid
    manager = kiosk.as_("manager")
    page = manager.get(f"/projets/{uid}").get_data(as_text=True)
    assert "tenu ailleurs" in page
    token = manager.token("/projets/nouveau")
    manager.post(f"/projets/{uid}", data={**TYPED, "csrf_token": token})
    with kiosk.open():
        assert queries.projects()[0].name == "Du centre"


def test_who_is_unknown_is_not_found(kiosk: Machine) -> None:
    assert kiosk.as_("manager").get("/projets/00000000-0000-7000-8000-000000000000").status_code == 404


def test_a_project_may_have_its_own_age_bands(kiosk: Machine) -> None:
    manager = kiosk.as_("manager")
    manager.send("/projets/nouveau", **TYPED, first_ages="15, 20 et 25 ans")
    with kiosk.open():
        (one,) = queries.projects()
    assert one.first_ages == [15, 20, 25]
    assert 'value="15, 20, 25"' in manager.get(f"/projets/{one.uid}").get_data(as_text=True)


def test_an_organisation_linked_to_a_project_shows_it_to_the_staff_alone(kiosk: Machine) -> None:
    manager = kiosk.as_("manager")
    with kiosk.writing():
        ngo = services.add_organisation(OrganisationCard(Kind.NGO, "Eau et villages")).uid
    typed = {**TYPED, "partners": [ngo.hex]}
    assert manager.send(f"/projets/nouveau?avec={ngo.hex}", **typed).status_code == 303
    with kiosk.open():
        (one,) = queries.projects()
        assert queries.partners_of(one) == [(ngo, "Eau et villages")]
    assert "Visibilité de la fédération" in manager.get(f"/collectifs/{ngo}").text
    assert "Visibilité de la fédération" not in kiosk.client().get(f"/collectifs/{ngo}").text
    assert manager.send(f"/projets/{one.uid}", **TYPED).status_code == 303
    manager.get("/projets")
    assert "Visibilité de la fédération" not in manager.get(f"/collectifs/{ngo}").text
