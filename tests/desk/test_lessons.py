"""First steps: five lessons, two finished make 40 %, each person her own."""

import re

from kiosk.desk.learning.lessons import LESSONS
from tests.support.machines import Machine
from tests.support.pages import Client

PAGE = "/premiers-pas"


def text(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path).get_data(as_text=True)))


def finish(client: Client, *keys: str) -> None:
    for key in keys:
        assert client.send(f"{PAGE}/{key}/fini", form_at=f"{PAGE}/{key}").status_code == 303


def test_a_new_manager_sees_five_lessons_and_two_finished_are_forty_percent(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    shown = text(kadidia, PAGE)
    assert len(LESSONS) == 5 and all(str(one.title) in shown for one in LESSONS) and "0 %" in shown
    finish(kadidia, "accueil", "registre")
    shown = text(kadidia, PAGE)
    assert "Leçons finies : 2 sur 5" in shown and "40 %" in shown
    assert "Leçons finies : 2 sur 5" in text(kadidia, "/aujourdhui")


def test_each_lesson_leads_to_the_page_where_it_is_tried(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    for one in LESSONS:
        assert str(one.try_it) in text(kadidia, f"{PAGE}/{one.key}")
    assert kadidia.get(f"{PAGE}/rien").status_code == 404


def test_a_lesson_is_taken_back_and_the_card_leaves_once_all_are_done(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    finish(kadidia, *(one.key for one in LESSONS))
    assert "Premiers pas" not in text(kadidia, "/aujourdhui").partition("Personnes venues")[2]
    kadidia.send(f"{PAGE}/envois/revoir", form_at=f"{PAGE}/envois")
    assert "80 %" in text(kadidia, PAGE)


def test_the_lessons_of_one_are_not_those_of_another(kiosk: Machine) -> None:
    finish(kiosk.as_("manager"), "accueil")
    assert "Leçons finies : 0 sur 5" in text(kiosk.as_("trainer"), PAGE)
