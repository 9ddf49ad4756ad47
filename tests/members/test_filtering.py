"""« Jeunes élues » in one touch: who is shown, how many people they are, what the file holds."""

import csv
import datetime
import io
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import quote

import pytest

from kiosk.members import filtering, queries, services
from kiosk.members.fields import words
from kiosk.members.filtering import YOUNG_ELECTED, Filter
from kiosk.members.models import Member
from kiosk.places import queries as places
from kiosk.storage import clock, session
from tests.support.cast import PIN
from tests.support.machines import Machine

DAY = datetime.date(2026, 3, 4)
PEOPLE: dict[str, dict[str, Any]] = {
    "Awa": {
        "sex": "F",
        "birth_year": 2000,
        "elected_as": "commune",
        "digital_roles": ["creator", "influencer"],
    },
    "Fanta": {"sex": "F", "birth_year": 1970, "elected_as": "mayor", "profession": "health"},
    "Hawa": {"sex": "F", "birth_year": 2001, "civil_society": True, "digital_roles": ["influencer"]},
    "Issa": {"sex": "M", "birth_year": 1999, "elected_as": "commune"},
    "Kany": {"sex": "F", "birth_year": None, "elected_as": "commune"},
}


@pytest.fixture
def people(register: Callable[..., Member]) -> dict[str, Member]:
    """Five people of Nioro."""
    return {name: register(given_name=name, family_name="Sy", **said) for name, said in PEOPLE.items()}


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (YOUNG_ELECTED, "Awa"),
        (Filter(elected=True), "Awa Fanta Issa Kany"),
        (Filter(civil=True), "Hawa"),
        (Filter(profession="health"), "Fanta"),
        (Filter(role="creator"), "Awa"),
        (Filter(role="influencer"), "Awa Hawa"),
        (Filter(role="influ"), ""),
        (Filter(sex="M"), "Issa"),
        (Filter(), "Awa Fanta Hawa Issa Kany"),
    ],
)
def test_only_those_are_found(people: dict[str, Member], only: Filter, found: str) -> None:
    rows = session().execute(only.narrow(queries.in_lines(), DAY)).all()
    assert [row.given_name for row in rows] == found.split()
    assert filtering.count(only, DAY) == len(rows)


def test_a_creator_who_is_an_influencer_counts_in_both_and_once_in_all(people: dict[str, Member]) -> None:
    roles = [filtering.count(Filter(role=role), DAY) for role in ("creator", "influencer")]
    assert roles == [1, 2]
    assert filtering.count(Filter(), DAY) == len(PEOPLE)


@pytest.mark.parametrize(("year", "young"), [(2026 - 35, 1), (2026 - 36, 0), (2026 - 15, 1), (2026 - 14, 0)])
def test_youth_has_the_limits_of_reports(register: Callable[..., Member], year: int, young: int) -> None:
    register(given_name="Awa", birth_year=year)
    assert filtering.count(Filter(youth=True), DAY) == young


def test_an_address_is_read_back_and_nonsense_lets_everybody_through() -> None:
    book = words.Book()
    assert filtering.asked(YOUNG_ELECTED.args(), book) == YOUNG_ELECTED
    assert filtering.asked({"sexe": "%", "domaine": "'", "role": "x", "elus": "oui"}, book) == Filter()


def test_the_manager_reads_and_exports_young_elected_women_in_one_touch(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert isinstance(space, uuid.UUID)
        for name, said in PEOPLE.items():
            year = said["birth_year"] and clock.today().year - (2026 - said["birth_year"])
            services.register(space, given_name=name, family_name="Sy", **{**said, "birth_year": year})
    kadidia = kiosk.as_("manager")
    page = kadidia.get("/membres").get_data(as_text=True)
    assert "sexe=F&amp;jeunes=1&amp;elus=1" in page
    found = kadidia.get("/membres?sexe=F&jeunes=1&elus=1").get_data(as_text=True)
    assert "Awa Sy" in found and "Fanta Sy" not in found and "1 personne" in found
    export = "/membres/export?sexe=F&jeunes=1&elus=1"
    kadidia.send(f"/confirmer?suite={quote(export)}", secret=PIN)
    assert "Jeunes élues" in kadidia.get(export).get_data(as_text=True)
    body = kadidia.send(export, content="complet", kind="csv").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body), delimiter=";"))
    assert len(rows) == 2 and "Awa" in rows[1]


@pytest.mark.parametrize("page", ["/membres", "/membres?sexe=F&jeunes=1&elus=1", "/membres?domaine=health"])
def test_a_page_of_the_list_costs_three_statements_between_two_writes(
    kiosk: Machine, page: str, statements: Callable[[int], AbstractContextManager[list[str]]]
) -> None:
    kadidia = kiosk.as_("manager")
    kadidia.get(page)
    with statements(3):
        assert kadidia.get(page).status_code == 200
