"""Doubles between two spaces, at the centre: by number, until both names are opened, which is noted."""

import datetime
import uuid

import pytest
from sqlalchemy import select

from kiosk.members import services as members
from kiosk.members.links import queries, scan
from kiosk.members.links.models import PersonLink
from kiosk.members.models import NameAccess
from kiosk.places import services as places
from kiosk.storage import session
from tests.support.machines import Machine
from tests.support.pages import Client

Pair = tuple[uuid.UUID, uuid.UUID]
GIRL = {
    "given_name": "Goundo",
    "family_name": "Niangado",
    "sex": "F",
    "birth_year": 2008,
    "village": "Diakha",
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_centre(request: pytest.FixtureRequest) -> Machine:
    """The centre, on each database it may run on."""
    found: Machine = request.getfixturevalue("centre" if request.param == "sqlite" else "centre_pg")
    return found


@pytest.fixture
def girl(any_centre: Machine) -> Pair:
    """The same girl, registered in Kayes and in Yélimané."""
    with any_centre.writing():
        kayes = places.open_space("KAY", places.SpaceCard("Kayes"))
        yelimane = places.open_space("YEL", places.SpaceCard("Yélimané"))
        day = {"registered_on": datetime.date(2026, 3, 4)}
        one = members.register(kayes.uid, **{**GIRL, **day})
        other = members.register(yelimane.uid, **{**GIRL, **day, "given_name": "Gundo", "birth_year": 2009})
        members.register(kayes.uid, **{**GIRL, **day, "given_name": "Gundo"})
        scan.everything()
        return one.uid, other.uid


@pytest.fixture
def salimata(any_centre: Machine) -> Client:
    return any_centre.as_("coordinator")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def between(pair: Pair, act: str = "") -> str:
    return f"/membres/{pair[0]}/avec/{pair[1]}" + (f"/{act}" if act else "")


def test_the_list_shows_pairs_of_two_spaces_by_number_alone(salimata: Client, girl: Pair) -> None:
    page = text(salimata, "/membres/doublons")
    assert "Doublons entre espaces" in page and "Kayes" in page and "Yélimané" in page
    assert "Même nom" in page and "KAY-" in page
    for secret in ("Goundo", "Gundo", "Niangado", "2008"):
        assert secret not in page
    assert page.count("/avec/") == 2


def test_names_are_opened_on_purpose_and_both_openings_are_noted(
    any_centre: Machine, salimata: Client, girl: Pair
) -> None:
    closed = text(salimata, between(girl))
    assert "Ces deux noms sont fermés" in closed and "Goundo" not in closed and "Niangado" not in closed
    with any_centre.open():
        assert not session().scalars(select(NameAccess)).all()
    salimata.send(between(girl, "ouvrir"), form_at=between(girl))
    page = text(salimata, between(girl))
    assert "Goundo Niangado" in page and "Gundo Niangado" in page and "Modifier" not in page
    salimata.send(between(girl, "ouvrir"), form_at=between(girl))
    with any_centre.open():
        traces = session().scalars(select(NameAccess)).all()
        assert sorted(trace.member_uid for trace in traces) == sorted(girl)
        assert {trace.staff_uid for trace in traces} == {any_centre.people["coordinator"].uid}


def test_nobody_answers_before_the_names_are_opened(
    any_centre: Machine, salimata: Client, girl: Pair
) -> None:
    salimata.inspecting = False
    answer = salimata.send(between(girl, "meme"), form_at=between(girl))
    assert answer.status_code == 409
    with any_centre.open():
        assert not session().scalars(select(PersonLink)).all()


def test_yes_no_and_taken_back_at_the_centre(any_centre: Machine, salimata: Client, girl: Pair) -> None:
    salimata.send(between(girl, "ouvrir"), form_at=between(girl))
    for act, people, listed in (("meme", 1, False), ("ouverte", 2, True), ("autres", 2, False)):
        salimata.send(between(girl, act), form_at=between(girl))
        with any_centre.open():
            who = queries.persons()
            assert len({who.of(uid) for uid in girl}) == people
            rows = session().execute(queries.waiting(True, who))
            assert (tuple(sorted(girl)) in {(one.a, one.b) for one, _, _ in rows}) == listed
    assert "Deux personnes" in text(salimata, "/membres/doublons?vue=reponses")
    with any_centre.open():
        words = session().scalars(select(PersonLink).order_by(PersonLink.turn)).all()
        assert [word.space_uid for word in words] == [None] * 3
        assert [PersonLink.scope(word.uid, {"space_uid": word.space_uid}) for word in words] == ["centre"] * 3


def test_cards_of_one_space_are_its_own_team_s_affair(
    any_centre: Machine, salimata: Client, girl: Pair
) -> None:
    with any_centre.open():
        (pair,) = [
            (one.a, one.b) for one, _, _ in session().execute(queries.waiting(False, queries.persons()))
        ]
    salimata.inspecting = False
    assert salimata.get(between(pair)).status_code == 409


def test_the_first_page_of_the_centre_counts_likely_doubles(salimata: Client, girl: Pair) -> None:
    page = text(salimata, "/coordination")
    assert "2 doublons probables" in page and 'href="/membres/doublons"' in page


def test_an_editor_at_the_centre_sees_no_doubles(any_centre: Machine, girl: Pair) -> None:
    oumar = any_centre.as_("editor")
    for path in ("/membres/doublons", between(girl)):
        assert oumar.get(path).status_code == 403


def test_a_doubt_names_cards_not_people(salimata: Client, girl: Pair) -> None:
    salimata.send(between(girl, "ouvrir"), form_at=between(girl))
    salimata.send(between(girl, "meme"), form_at=between(girl))
    for path in ("/a-verifier", "/membres/doublons"):
        page = text(salimata, path)
        assert "ne disent pas la même année" in page and "Goundo" not in page and "Niangado" not in page
