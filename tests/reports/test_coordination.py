"""The coordinator's first page: every space, its news, what waits."""

import datetime
import re
import uuid
from dataclasses import replace

import pytest

from kiosk.central import queries as central
from kiosk.central.queries import Kiosk
from kiosk.storage import clock
from tests.reports.conftest import MONDAY
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine
from tests.support.pages import Client

HOUR = 3_600_000
DAY = 24 * HOUR


def node(space: uuid.UUID, number: int, last_seen: int | None, **more: object) -> Kiosk:
    """A machine as the centre sees it."""
    one = Kiosk(number, space, "NIO", "Nioro", 0, None, last_seen, 100, 0, 0, 100, 0, "", False, 0, None)
    return replace(one, **more)  # type: ignore[arg-type]


@pytest.fixture
def nodes(monkeypatch: pytest.MonkeyPatch) -> list[Kiosk]:
    """The machines the centre knows; a test adds to the list."""
    known: list[Kiosk] = []
    monkeypatch.setattr(central, "kiosks", lambda: known)
    return known


def page(client: Client) -> str:
    answer = client.get("/coordination")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def pills(text: str) -> dict[str, str]:
    """The state of each space."""
    cards = re.findall(
        r"<h2>(Kayes|Nioro|Yélimané)</h2><span class=\"pill[^>]*>(?:<svg.*?</svg>)?([^<]+)<", text
    )
    return dict(cards)


def test_each_space_says_when_it_last_spoke(
    salimata: Client, three: dict[str, uuid.UUID], nodes: list[Kiosk]
) -> None:
    now = clock.now_ms()
    nodes += [
        node(three["NIO"], 1, now - 2 * HOUR),
        node(three["KAY"], 2, now - 9 * DAY),
        node(three["YEL"], 3, None),
    ]
    text = page(salimata)
    assert pills(text) == {"Nioro": "Reçu à 10:00", "Kayes": "Silencieux", "Yélimané": "Jamais relié"}


def test_a_silent_space_stands_on_top_with_whom_to_call(
    salimata: Client, three: dict[str, uuid.UUID], nodes: list[Kiosk]
) -> None:
    nodes += [node(three["KAY"], 2, clock.now_ms() - 9 * DAY)]
    text = page(salimata)
    assert "Kayes est silencieux depuis 9 jours." in text
    assert "jeudi 12 novembre 2026 à 12:00" in text
    assert 'href="tel:+22376000000"' in text
    assert "Appeler Oumou Camara" in text


def test_news_of_yesterday_are_said_by_the_day(
    salimata: Client, three: dict[str, uuid.UUID], nodes: list[Kiosk]
) -> None:
    nodes += [node(three["NIO"], 1, clock.now_ms() - 20 * HOUR)]
    assert pills(page(salimata))["Nioro"] == "Reçu hier"


def test_a_week_without_news_is_not_silence_yet(
    salimata: Client, three: dict[str, uuid.UUID], nodes: list[Kiosk]
) -> None:
    nodes += [node(three["KAY"], 2, clock.now_ms() - 7 * DAY)]
    assert "silencieux" not in page(salimata)


def test_a_space_never_linked_is_no_alarm(
    salimata: Client, three: dict[str, uuid.UUID], nodes: list[Kiosk]
) -> None:
    text = page(salimata)
    assert set(pills(text).values()) == {"Jamais relié"}
    assert "silencieux" not in text


def test_a_space_with_two_machines_shows_the_freshest(
    salimata: Client, three: dict[str, uuid.UUID], nodes: list[Kiosk]
) -> None:
    now = clock.now_ms()
    nodes += [node(three["NIO"], 1, now - 30 * DAY, held=2), node(three["NIO"], 2, now - HOUR, held=1)]
    text = page(salimata)
    assert pills(text)["Nioro"] == "Reçu à 11:00"
    assert "3 changements retenus" in text


def test_what_waits_for_the_coordinator_leads_to_where_it_is_done(
    salimata: Client, three: dict[str, uuid.UUID], nodes: list[Kiosk]
) -> None:
    assert "Rien n’attend." in page(salimata)
    nodes += [node(three["NIO"], 1, clock.now_ms(), held=1, twins=True)]
    text = page(salimata)
    for words in ("1 changement retenu", "1 kiosque à vérifier"):
        assert words in text
    assert salimata.get("/kiosques").status_code == 200


def test_figures_of_this_year_stand_for_each_space_and_in_total(
    centre: Machine, salimata: Client, three: dict[str, uuid.UUID], nodes: list[Kiosk]
) -> None:
    with centre.writing():
        lesson(
            three["NIO"],
            [Half(MONDAY, {"present": [member(three["NIO"]), member(three["NIO"], "D T", "M")]})],
        )
        lesson(
            three["KAY"], [Half(MONDAY - datetime.timedelta(days=365), {"present": [member(three["KAY"])]})]
        )
    text = page(salimata)
    assert "Du 1er janvier au 21 novembre 2026" in text
    assert "1 femme sur 2" in text
    assert "0 + 2 + 0 = 2." in text


def test_a_centre_without_spaces_says_what_to_do(salimata: Client, nodes: list[Kiosk]) -> None:
    text = page(salimata)
    assert "Aucun espace n’est encore relié." in text
    (path,) = re.findall(r'href="(/kiosques/nouveau)"', text)
    assert salimata.get(path).status_code == 200


def test_only_the_coordination_opens_it(centre: Machine, kiosk: Machine) -> None:
    assert centre.as_("editor").get("/coordination").status_code == 403
    assert centre.client().get("/coordination").status_code == 303
    kadidia = kiosk.as_("manager")
    assert kadidia.get("/coordination").status_code == 404


def test_the_root_of_the_centre_is_its_public_news(centre: Machine) -> None:
    answer = centre.client().get("/")
    assert answer.status_code == 200
    assert "Nouvelles" in answer.get_data(as_text=True)
