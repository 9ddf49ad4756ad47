"""The first page of the space: what it offers, to anybody, without a name."""

import re
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from kiosk.library import shipped
from kiosk.training import services as training
from tests.desk.conftest import SATURDAY
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine
from tests.support.pages import Client

Statements = Callable[[int], AbstractContextManager[list[str]]]
FAMILIES = ("Apprendre", "Partager", "Communiquer", "S’orienter")


def tiles(page: str) -> dict[str, str]:
    """Words of each tile and where it leads."""
    found = re.findall(r'<li class="tile[^"]*"><a href="([^"]+)">(?:.*?)<b>([^<]+)</b>', page)
    return {words: path for path, words in found}


def test_the_four_services_and_the_programme_are_large_tiles_that_lead_to_their_lists(client: Client) -> None:
    shown = tiles(client.get("/").get_data(as_text=True))
    assert tuple(shown) == (*FAMILIES, "Programme")
    for path in shown.values():
        assert client.get(path).status_code == 200


def test_there_are_six_big_choices_at_most(client: Client) -> None:
    assert len(tiles(client.get("/").get_data(as_text=True))) <= 6


def test_a_new_space_has_its_tiles_and_no_empty_headings(client: Client) -> None:
    page = client.get("/").get_data(as_text=True)
    for heading in ("Prochaine formation", "Nouvelles</h2>", "Nouveau</h2>"):
        assert heading not in page


def test_the_next_lesson_with_a_seat_is_announced_with_its_day_and_its_seats(
    kiosk: Machine, client: Client, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        awa = member(nioro)
        lesson(
            nioro,
            [Half(SATURDAY.replace(day=23), {"present": [awa]}, entered=False)],
            title="Complet",
            seats=1,
        )
        lesson(
            nioro, [Half(SATURDAY.replace(day=24), starts="15:00", entered=False)], title="Tableur", seats=4
        )
    page = client.get("/").get_data(as_text=True)
    assert "Prochaine formation" in page
    assert "Tableur" in page
    assert "Complet<" not in page
    assert "<span>24</span>" in page
    assert "4 places libres" in page
    (path,) = re.findall(r'<a class="main-col" href="(/programme/[^"]+)"', page)
    assert client.get(path).status_code == 200


def test_the_page_names_nobody(kiosk: Machine, client: Client, nioro: uuid.UUID) -> None:
    """Neither members nor staff: a stranger reads it from the street."""
    with kiosk.writing("manager"):
        awa = member(nioro, "Awa Coulibaly")
        lesson(
            nioro,
            [Half(SATURDAY.replace(day=24), {"present": [awa]}, entered=False)],
            trainer_name="Moussa Diarra",
        )
    page = client.get("/").get_data(as_text=True)
    assert "Internet sur le téléphone" in page
    for name in ("Awa", "Coulibaly", *(part for one in kiosk.people.values() for part in one.name.split())):
        assert name not in page


def test_a_local_notice_is_on_the_first_page_at_once(
    kiosk: Machine, client: Client, nioro: uuid.UUID
) -> None:
    assert "Fermé lundi" not in client.get("/").get_data(as_text=True)
    manager = kiosk.as_("manager")
    answer = manager.send(
        "/articles/nouveau/annonce", title="Fermé lundi", body="Fête.", language="fr", act="publish"
    )
    assert answer.status_code == 303, answer.get_data(as_text=True)
    page = client.get("/").get_data(as_text=True)
    assert "Fermé lundi" in page
    (path,) = re.findall(r'href="(/actualites/[^"]+)"', page)
    assert client.get(path).status_code == 200


def test_new_materials_are_those_of_the_library_in_the_reader_s_language_first(
    kiosk: Machine, client: Client
) -> None:
    with kiosk.writing():
        shipped.load(kiosk.settings)
    page = client.get("/").get_data(as_text=True)
    assert "Nouveau</h2>" in page
    assert len(re.findall(r'href="(/mediatheque/[^"?]+)"', page)) == 3
    client.set_cookie("langue", "bm")
    bambara = client.get("/").get_data(as_text=True)
    assert '<html lang="bm"' in bambara
    assert bambara != page


def test_the_page_is_kept_until_the_data_moves(
    kiosk: Machine, client: Client, nioro: uuid.UUID, statements: Statements
) -> None:
    first = client.get("/")
    with statements(1):
        again = client.get("/")
    assert again.data == first.data
    with kiosk.writing("manager"):
        lesson(nioro, [Half(SATURDAY.replace(day=24), entered=False)])
    assert client.get("/").data != first.data


def test_the_page_costs_three_statements_and_the_one_that_says_whether_data_moved(
    kiosk: Machine, client: Client, nioro: uuid.UUID, statements: Statements
) -> None:
    with kiosk.writing("manager"):
        for day in range(22, 30):
            lesson(nioro, [Half(SATURDAY.replace(day=day), entered=False)])
    client.get("/")
    with kiosk.writing("manager"):
        lesson(nioro, [Half(SATURDAY.replace(day=24), entered=False)])
    with statements(4):
        client.get("/")


def test_a_phone_that_has_the_page_is_told_so_in_a_few_bytes(client: Client) -> None:
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_lesson_that_began_is_not_the_next_one(
    kiosk: Machine, client: Client, nioro: uuid.UUID, at: Callable[[str], None]
) -> None:
    """The page kept at ten is not the one of four o'clock."""
    with kiosk.writing("manager"):
        days = [Half(SATURDAY, starts="11:00", entered=False), Half(SATURDAY.replace(day=26), entered=False)]
        lesson(nioro, days)
    at("2026-11-21 10:30")
    assert "<span>21</span>" in client.get("/").get_data(as_text=True)
    at("2026-11-21 16:00")
    assert "<span>26</span>" in client.get("/").get_data(as_text=True)


def test_a_kept_page_of_yesterday_is_not_today_s(
    kiosk: Machine, client: Client, nioro: uuid.UUID, at: Callable[[str], None]
) -> None:
    with kiosk.writing("manager"):
        lesson(nioro, [Half(SATURDAY, starts="17:00", entered=False)])
    assert "Prochaine formation" in client.get("/").get_data(as_text=True)
    at("2026-11-22 08:00")
    assert "Prochaine formation" not in client.get("/").get_data(as_text=True)


def test_a_lesson_that_is_cancelled_is_not_announced(
    kiosk: Machine, client: Client, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        training.cancel(lesson(nioro, [Half(SATURDAY.replace(day=24), entered=False)]), "Coupure")
    assert "Prochaine formation" not in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize("language", ["fr", "bm"])
def test_the_page_weighs_little_on_a_cold_phone(client: Client, language: str) -> None:
    """Page and style together: the budget of a first page is 30 kB in five requests."""
    client.inspecting = False  # what is packed is not read
    client.set_cookie("langue", language)
    page = client.get("/", headers={"Accept-Encoding": "gzip"})
    weight = len(page.data)
    plain = client.get("/").get_data(as_text=True)
    asked = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"', plain)
    for path in asked:
        weight += len(client.get(path, headers={"Accept-Encoding": "gzip"}).data)
    assert len(asked) + 1 <= 5
    assert weight <= 30_000
