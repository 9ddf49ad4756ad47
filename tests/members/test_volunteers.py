"""Volunteers: found by skill and language, their days apart, and offers of help from phones."""

import datetime
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.accounts import queries as accounts
from kiosk.members.models import HelpOffer, Member, Volunteer
from kiosk.members.volunteers import offers, queries, services
from kiosk.members.volunteers.queries import Wanted
from kiosk.members.volunteers.services import Event, Profile
from kiosk.storage import Refusal, session, transaction
from kiosk.web import pace
from tests.support.machines import Machine
from tests.support.pages import Client

DAY = datetime.date(2026, 11, 20)


@pytest.fixture
def manager(kiosk: Machine) -> Client:
    return kiosk.as_("manager")


@pytest.fixture(autouse=True)
def _unhurried(in_kiosk: Session) -> Iterator[None]:
    pace.forget()
    yield
    pace.forget()


@pytest.fixture
def volunteer(space: uuid.UUID, awa: Member) -> Volunteer:
    with transaction():
        return services.enlist_member(space, awa.uid, Profile(("linguistic",), ("bm",), ("evening",)))


def names(space: uuid.UUID, *wanted: str) -> list[str]:
    return [one.name for one in queries.search(space, Wanted(*wanted))]


def offered() -> list[tuple[str, str, str]]:
    session().rollback()
    return [(one.name, one.phone, str(one.state)) for one in session().scalars(select(HelpOffer))]


def the_offer() -> uuid.UUID:
    session().rollback()
    return session().scalars(select(HelpOffer.uid)).one()


def test_only_those_who_have_the_skill_and_the_language_are_found(
    space: uuid.UUID, volunteer: Volunteer, register: Callable[..., Member]
) -> None:
    others = [("Hawa", ("linguistic",), ("fr",)), ("Sira", ("technical",), ("bm",))]
    for given, families, spoken in others:
        member = register(given_name=given, family_name="Diarra", sex="F")
        with transaction():
            services.enlist_member(space, member.uid, Profile(families, spoken))
    assert names(space, "", "linguistic", "bm") == ["Awa Coulibaly"]
    assert names(space, "", "linguistic") == ["Awa Coulibaly", "Hawa Diarra"]
    assert names(space, "", "", "", "evening") == ["Awa Coulibaly"]
    assert names(space, "diar") == ["Hawa Diarra", "Sira Diarra"]


def test_the_search_page_shows_only_those_who_answer_all(manager: Client, volunteer: Volunteer) -> None:
    assert "Awa Coulibaly" in manager.get("/benevoles?famille=linguistic&langue=bm").text
    assert "Awa Coulibaly" not in manager.get("/benevoles?famille=technical&langue=bm").text


def test_a_person_of_the_staff_is_a_volunteer_too(space: uuid.UUID) -> None:
    who = accounts.team(space)[0]
    with transaction():
        services.enlist_staff(space, who.uid, Profile(("organising",)))
    assert names(space) == [who.name]
    assert who.uid not in {one.uid for one in queries.staff_to_ask(space)}


def test_enlisting_twice_makes_one_profile(space: uuid.UUID, volunteer: Volunteer, awa: Member) -> None:
    with transaction():
        again = services.enlist_member(space, awa.uid, Profile(("technical",)))
    assert again.uid == volunteer.uid
    assert len(queries.search(space, Wanted())) == 1


def test_three_days_and_a_half_on_the_site_are_given_in_its_own_ledger(
    space: uuid.UUID, volunteer: Volunteer, manager: Client
) -> None:
    page = f"/benevoles/{volunteer.uid}/temps"
    answer = manager.send(page, day="2026-11-20", task="site web", days="3,5", remote="y")
    assert answer.status_code == 303
    session().rollback()
    (one,) = queries.given(space, DAY, DAY)
    assert (one.weight, one.member_uid) == (350, volunteer.member_uid)
    shown = manager.get(f"/benevoles/{volunteer.uid}").text
    assert "site web" in shown and "3,5" in shown and "à distance" in shown


def test_days_that_are_no_half_days_are_refused(volunteer: Volunteer, manager: Client) -> None:
    page = f"/benevoles/{volunteer.uid}/temps"
    for days in ("0", "-1", "0,3", "32", "NaN", "Infinity", "x", "", "1e9"):
        assert manager.send(page, day="2026-11-20", task="site", days=days).status_code == 422, days
    assert not queries.times(volunteer.uid)


def test_time_taken_back_counts_no_more_and_may_return(space: uuid.UUID, volunteer: Volunteer) -> None:
    with transaction():
        made = services.give(volunteer.uid, DAY, "accueil", Decimal("0.5"))
    with transaction():
        services.take_back(made.uid)
    assert queries.given(space, None, None) == []
    with transaction():
        services.take_back(made.uid, back=True)
    assert [one.weight for one in queries.given(space, None, None)] == [50]


def test_an_event_elsewhere_is_in_the_profile_and_in_no_days(
    space: uuid.UUID, volunteer: Volunteer, manager: Client
) -> None:
    seminar = Event("Séminaire", DAY, DAY + datetime.timedelta(days=3), "Muizenberg, Afrique du Sud")
    with transaction():
        services.attend(volunteer.uid, seminar)
    assert "Muizenberg" in manager.get(f"/benevoles/{volunteer.uid}").text
    assert queries.given(space, None, None) == []
    with pytest.raises(Refusal), transaction():
        services.attend(volunteer.uid, Event("Foire", DAY, DAY - datetime.timedelta(days=1)))


def test_a_volunteer_at_rest_leaves_the_list_and_keeps_what_she_gave(
    space: uuid.UUID, volunteer: Volunteer, manager: Client
) -> None:
    with transaction():
        services.give(volunteer.uid, DAY, "accueil", Decimal(1))
    manager.send(f"/benevoles/{volunteer.uid}/repos", form_at=f"/benevoles/{volunteer.uid}")
    manager.get(f"/benevoles/{volunteer.uid}")  # where the notice is said
    assert "Awa Coulibaly" not in manager.get("/benevoles").text
    assert "Awa Coulibaly" in manager.get("/benevoles?repos=1").text
    session().rollback()
    assert names(space) == []
    assert [one.weight for one in queries.given(space, None, None)] == [100]


def test_an_offer_from_a_phone_reaches_the_manager(client: Client, manager: Client, space: uuid.UUID) -> None:
    answer = client.send("/aider", name="Oumou Sidibé", phone="76 12 34 99", families="technical", words="PC")
    assert answer.status_code == 303
    assert offered() == [("Oumou Sidibé", "+22376123499", "waiting")]
    assert "veut aider" in manager.get("/aujourdhui").text
    assert "Oumou Sidibé" in manager.get("/benevoles").text
    assert "Oumou" not in client.get("/aider").text


def test_the_same_offer_twice_is_noted_once(client: Client) -> None:
    for _ in range(2):
        client.send("/aider", name="Oumou Sidibé", phone="76123499", families="technical")
    assert len(offered()) == 1


def test_an_offer_nobody_could_answer_is_refused(client: Client) -> None:
    for name, phone in (("", "76123499"), ("x", "76123499"), ("Oumou", "12")):
        assert client.send("/aider", name=name, phone=phone).status_code == 422
    assert offered() == []


def test_an_offer_accepted_makes_the_member_a_volunteer(
    client: Client, manager: Client, awa: Member, space: uuid.UUID
) -> None:
    client.send("/aider", name="Awa Coulibaly", phone="76 12 34 56", families="linguistic")
    uid = the_offer()
    page = manager.get(f"/benevoles/offres/{uid}").text
    assert awa.card in page
    manager.send(f"/benevoles/offres/{uid}/accepter", form_at=f"/benevoles/offres/{uid}", member=awa.uid.hex)
    assert offered()[0][2] == "accepted"
    assert names(space, "", "linguistic") == ["Awa Coulibaly"]


def test_an_offer_of_a_stranger_makes_her_card_and_her_profile(
    client: Client, manager: Client, space: uuid.UUID
) -> None:
    client.send("/aider", name="Oumou Sidibé", phone="76123499", families="technical")
    uid = the_offer()
    card = {"given_name": "Oumou", "family_name": "Sidibé", "sex": "F", "phone": "76123499"}
    assert manager.send(f"/benevoles/offres/{uid}/carte", **card).status_code == 303
    session().rollback()
    assert names(space) == ["Oumou Sidibé"]


def test_an_offer_refused_may_wait_again(space: uuid.UUID) -> None:
    with transaction():
        one = offers.send(space, "Oumou Sidibé", "76123499", Profile(("technical",)))
        offers.refuse(one)
    assert not queries.waiting_offers(space)
    with transaction():
        offers.wait_again(one)
    assert queries.waiting_offers(space) == [one]


def test_a_stranger_sees_no_volunteer(client: Client, volunteer: Volunteer) -> None:
    for path in ("/benevoles", f"/benevoles/{volunteer.uid}"):
        assert client.get(path).status_code == 303


def test_the_members_page_says_what_she_gives(manager: Client, volunteer: Volunteer, awa: Member) -> None:
    page = manager.get(f"/membres/{awa.uid}").text
    assert "Bénévolat" in page and f"/benevoles/{volunteer.uid}" in page
