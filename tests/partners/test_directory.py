"""The directory: federation, collectives, NGOs, and who writes for them."""

import uuid

import pytest

from kiosk.accounts import queries as accounts
from kiosk.partners import queries, services
from kiosk.partners.models import Kind, Organisation
from kiosk.partners.queries import Where
from kiosk.partners.services import OrganisationCard
from kiosk.storage import Refusal
from tests.support.machines import Machine
from tests.support.pages import Client

BLANK = {"parent": "", "place": "", "commune": "", "phone": ""}


def add(client: Client, **typed: str) -> str:
    """Add an organisation by its form; return the hex of its uid."""
    answer = client.send("/collectifs/nouveau", **{**BLANK, **typed})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location.rsplit("/", 1)[1].replace("-", "")


def named(name: str) -> Organisation:
    return next(one for one in queries.organisations() if one.name == name)


def test_a_collective_and_two_ngos_stand_in_a_tree_that_counts_them(kiosk: Machine) -> None:
    manager = kiosk.as_("manager")
    kayes = add(manager, kind="collective", name="Collectif de Kayes", place="Kayes")
    for name in ("Jeunes de Kayes", "Femmes du fleuve"):
        add(manager, kind="ngo", name=name, parent=kayes)
    with kiosk.open():
        directory = queries.directory()
    assert (directory.collectives, directory.ngos) == (1, 2)
    (branch,) = directory.branches
    assert [below.organisation.name for below in branch.below] == ["Femmes du fleuve", "Jeunes de Kayes"]
    page = kiosk.client().get("/collectifs").get_data(as_text=True)
    assert page.index("Collectif de Kayes") < page.index("Femmes du fleuve") < page.index("Jeunes de Kayes")
    assert "2 ONG" in page


@pytest.fixture
def seven(kiosk: Machine) -> Machine:
    """Seven collectives, two in Bamako, and Fanta who writes for an NGO of Mopti's."""
    places = {"A": "Bamako", "B": "Bamako, commune IV", "C": "Kayes", "D": "Mopti", "E": "Ségou"}
    with kiosk.writing("manager") as _:
        for name, place in {**places, "F": "Sikasso", "G": "Gao"}.items():
            services.add_organisation(
                OrganisationCard(Kind.COLLECTIVE, f"Collectif {name}", place=place), _of(kiosk)
            )
        services.add_organisation(OrganisationCard(Kind.COLLECTIVE, "Sans lieu"), _of(kiosk))
        services.remove_organisation(named("Sans lieu").uid, _of(kiosk))
    return kiosk


def _of(machine: Machine) -> object:
    found = accounts.colleague(machine.people["manager"].uid)
    assert found is not None
    return found.space_uid


def test_five_of_seven_collectives_are_outside_bamako(seven: Machine) -> None:
    with seven.open():
        assert len(queries.collectives()) == 7
        assert len(queries.collectives(Where.BAMAKO)) == 2
        assert [one.name[-1] for one in queries.collectives(Where.OUTSIDE)] == ["C", "D", "E", "F", "G"]
    page = seven.as_("manager").get("/collectifs/auteurs?ou=hors-bamako").get_data(as_text=True)
    assert "5 collectifs" in page
    assert "Collectif A" not in page


def test_an_author_is_attached_to_one_collective(seven: Machine) -> None:
    manager, fanta = seven.as_("manager"), seven.people["author"]
    with seven.open():
        mopti = named("Collectif D").uid
    page = f"/collectifs/{mopti}"
    assert manager.send(f"{page}/auteurs", form_at=page, author=fanta.uid.hex).status_code == 303
    listed = manager.get("/collectifs/auteurs").get_data(as_text=True)
    assert f"Mopti · {fanta.name}" in listed
    assert fanta.name not in seven.client().get(page).get_data(as_text=True), "no name on a public page"
    manager.send(f"{page}/auteurs/{fanta.uid}/detacher", form_at=page)
    manager.get(page)  # reads the notice away
    assert fanta.name not in manager.get("/collectifs/auteurs").get_data(as_text=True)
    nobody = f"/collectifs/{uuid.uuid4()}/auteurs"
    assert manager.send(nobody, form_at=page, author=fanta.uid.hex).status_code == 404


def test_authors_of_an_ngo_count_for_its_collective(seven: Machine) -> None:
    from kiosk.accounts import services as staff

    with seven.writing("manager"):
        mopti = named("Collectif D")
        ngo = services.add_organisation(OrganisationCard(Kind.NGO, "Delta", mopti.uid), _of(seven))
        staff.attach(seven.people["author"].uid, ngo.uid)
        found = {one.name: who for one, who in queries.authors_by_collective()}
    assert [who.name for who in found["Collectif D"]] == [seven.people["author"].name]
    assert found["Collectif C"] == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "collective", "name": ""}, "Le nom manque"),
        ({"kind": "collective", "name": "collectif C"}, "déjà ce nom"),
        ({"kind": "", "name": "X"}, "Choisissez une sorte"),
        ({"kind": "collective", "name": "X", "commune": "ML999999"}, "Commune"),
    ],
)
def test_a_wrong_card_is_refused(seven: Machine, typed: dict[str, str], said: str) -> None:
    answer = seven.as_("manager").send("/collectifs/nouveau", **{**BLANK, **typed})
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("kind", "said"),
    [(Kind.FEDERATION, "rien au-dessus"), (Kind.COLLECTIVE, "dépend d’une fédération")],
)
def test_the_three_levels_hold(seven: Machine, kind: Kind, said: str) -> None:
    with seven.writing("manager"), pytest.raises(Refusal, match=said):
        services.add_organisation(OrganisationCard(kind, "X", named("Collectif C").uid), _of(seven))


def test_what_the_centre_keeps_a_space_does_not_change(kiosk: Machine) -> None:
    with kiosk.writing():
        theirs = services.add_organisation(OrganisationCard(Kind.FEDERATION, "FECONG"))
        uid = theirs.uid
    manager = kiosk.as_("manager")
    assert "Modifier" not in manager.get(f"/collectifs/{uid}").get_data(as_text=True)
    assert manager.get(f"/collectifs/{uid}/fiche").status_code == 409
    with kiosk.writing("manager"), pytest.raises(Refusal, match="tenue ailleurs"):
        services.remove_organisation(uid, _of(kiosk))


def test_removing_is_taken_back_by_cancelling(seven: Machine) -> None:
    manager = seven.as_("manager")
    with seven.open():
        uid = named("Collectif G").uid
    page = f"/collectifs/{uid}"
    manager.send(f"{page}/retirer", form_at=f"{page}/fiche")
    assert manager.get(page).status_code == 404
    manager.send(f"{page}/remettre", form_at="/projets/nouveau")
    assert manager.get(page).status_code == 200


def test_one_with_members_is_not_removed(seven: Machine) -> None:
    with seven.writing("manager"):
        above = named("Collectif C")
        services.add_organisation(OrganisationCard(Kind.NGO, "Delta", above.uid), _of(seven))
        with pytest.raises(Refusal, match="en dépendent"):
            services.remove_organisation(above.uid, _of(seven))


def test_a_circle_of_parents_never_hangs_a_page(seven: Machine) -> None:
    with seven.writing("manager"):
        a, b = named("Collectif A"), named("Collectif B")
        a.parent_uid, b.parent_uid = b.uid, a.uid
        named("Collectif C").parent_uid = named("Collectif C").uid
    assert seven.client().get("/collectifs").status_code == 200


def test_the_directory_asks_at_most_three_statements(seven: Machine, statements: object) -> None:
    client = seven.client()
    client.get("/collectifs")
    with statements(3):  # type: ignore[operator]
        client.get("/collectifs")
