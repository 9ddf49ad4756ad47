"""« Aujourd’hui »: who came, sittings, sheets to enter, what waits, the machine."""

import datetime
import re
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from kiosk.desk import services
from kiosk.desk.services import Arrival
from kiosk.training import services as training
from tests.desk.conftest import FRIDAY, NBSP, SATURDAY
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine
from tests.support.pages import Client

Statements = Callable[[int], AbstractContextManager[list[str]]]


@pytest.fixture
def kadidia(kiosk: Machine) -> Client:
    """The manager's phone."""
    return kiosk.as_("manager")


def today(client: Client) -> str:
    answer = client.get("/aujourdhui")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def part(page: str, heading: str) -> str:
    """The card under a heading."""
    found = re.search(rf"<section[^>]*>(?:(?!<section).)*?<h2>{heading}</h2>.*?</section>", page, re.S)
    assert found, page
    return found[0]


def test_an_empty_day_says_what_to_do(kadidia: Client) -> None:
    page = today(kadidia)
    assert f"Touchez «{NBSP}Noter une visite{NBSP}» à chaque entrée." in page
    assert "Aucune séance aujourd’hui." in page
    assert "Toutes les feuilles sont saisies." in page


def test_the_counter_s_figures_are_today_s_and_yesterday_s(
    kadidia: Client, kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        services.note_visit(nioro, Arrival(SATURDAY, "F", "learn", 9), 3)
        services.note_visit(nioro, Arrival(SATURDAY, "M", "guide", 10), 1)
        services.note_visit(nioro, Arrival(FRIDAY, "M", "share"), 7)
    came = part(today(kadidia), "Personnes venues")
    assert re.search(r'class="num">4<', came)
    assert f"hier{NBSP}: 7" in came
    assert "3 femmes" in came
    assert "1 homme<" in came
    assert f"Visites par heure. Le plus{NBSP}: 3 à 9 heures." in came


def test_a_sitting_of_the_day_is_coming_or_to_mark_or_entered(
    kadidia: Client, kiosk: Machine, nioro: uuid.UUID
) -> None:
    """It is a quarter to four."""
    with kiosk.writing("manager"):
        awa, binta = member(nioro), member(nioro, "Binta Sow")
        entered = Half(SATURDAY, {"present": [awa], "absent": [binta]}, "08:00")
        lesson(nioro, [entered], title="Saisie")
        lesson(nioro, [Half(SATURDAY, {}, "15:00", entered=False)], title="En cours")
        lesson(nioro, [Half(SATURDAY, {}, "17:00", entered=False)], title="Ce soir")
    rows = part(today(kadidia), "Séances du jour").split('<li class="row')[1:]
    assert [re.search(r"<b>([^<]+)</b>", row)[1] for row in rows] == ["Saisie", "En cours", "Ce soir"]  # type: ignore[index]
    assert "Feuille saisie" in rows[0]
    assert "1 présence sur 2" in rows[0]
    assert "Présences" in rows[1]
    assert "À venir" in rows[2]


def test_sheets_to_enter_are_the_oldest_first_and_their_number_is_whole(
    kadidia: Client, kiosk: Machine, nioro: uuid.UUID
) -> None:
    days = [SATURDAY - datetime.timedelta(days=back) for back in (1, 2, 3, 4, 5)]
    with kiosk.writing("manager"):
        for day in days:
            lesson(nioro, [Half(day, entered=False)], title=f"Du {day.day}")
        lesson(nioro, [Half(SATURDAY, {}, "17:00", entered=False)], title="Ce soir")
    card = part(today(kadidia), "Feuilles à saisir")
    assert re.findall(r"<b>(Du \d+)</b>", card) == ["Du 16", "Du 17", "Du 18", "Du 19"]
    assert ">5<" in card
    assert "lundi 16 novembre, il y a 5 jours" in card
    assert "et 1 autre<" in card


def test_the_sheet_of_yesterday_is_of_yesterday(kadidia: Client, kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        lesson(nioro, [Half(FRIDAY, entered=False)])
    card = part(today(kadidia), "Feuilles à saisir")
    assert "vendredi 20 novembre, hier" in card
    assert "autre" not in card


def test_a_sheet_leads_to_its_own_page_and_leaves_the_list_once_entered(
    kadidia: Client, kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        made = lesson(nioro, [Half(FRIDAY, entered=False)])
        sitting = training.sittings_of(made)[0]
    card = part(today(kadidia), "Feuilles à saisir")
    (path,) = re.findall(r'href="([^"]*presences)"', card)
    assert path == f"/seances/{sitting.uid}/presences"
    assert today(kadidia).count(path) == 2, "« Saisir une feuille » opens the only one too"
    assert kadidia.get(path).status_code == 200
    with kiosk.writing("manager"):
        training.close_sheet(training.find_sitting(sitting.uid), {}, FRIDAY)
    assert "Toutes les feuilles sont saisies." in today(kadidia)


def test_a_cancelled_sitting_is_no_sheet_to_enter(kadidia: Client, kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        training.cancel(lesson(nioro, [Half(FRIDAY, entered=False)]), "Coupure de courant")
    assert "Toutes les feuilles sont saisies." in today(kadidia)


def test_a_seat_asked_for_from_a_phone_waits_on_the_page(
    kadidia: Client, kiosk: Machine, nioro: uuid.UUID
) -> None:
    assert "depuis un téléphone" not in today(kadidia)
    with kiosk.writing("manager"):
        made = lesson(nioro, [Half(SATURDAY.replace(day=24), entered=False)])
        training.ask_seat(made, "Sira Kanté", "76 12 34 56")
    page = today(kadidia)
    assert "1 place est demandée depuis un téléphone." in page
    assert "Sira" not in page


def test_what_waits_to_be_sent_is_said_to_who_sends(kadidia: Client, kiosk: Machine) -> None:
    assert "À envoyer" in today(kadidia)
    assert "À envoyer" not in today(kiosk.as_("trainer"))


def test_who_does_not_answer_requests_is_not_asked_to(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        made = lesson(nioro, [Half(SATURDAY.replace(day=24), entered=False)])
        training.ask_seat(made, "Sira Kanté", "76 12 34 56")
    assert "depuis un téléphone" not in today(kiosk.as_("trainer"))


def test_each_person_finds_the_actions_she_may_do(kiosk: Machine) -> None:
    def actions(role: str) -> list[str]:
        found = re.search(r'<nav class="quick".*?</nav>', today(kiosk.as_(role)), re.S)
        assert found
        return re.findall(r"</svg>([^<]+)</a>", found[0])

    assert actions("manager") == [
        "Noter une visite", "Inscrire une personne", "Saisir une feuille", "Écrire un article",
    ]  # fmt: skip
    assert "Saisir une feuille" in actions("trainer")
    assert "Inscrire une personne" not in actions("trainer")


def test_every_quick_action_opens(kiosk: Machine) -> None:
    for role in ("manager", "trainer"):
        client = kiosk.as_(role)
        quick = re.search(r'<nav class="quick".*?</nav>', today(client), re.S)
        assert quick
        for path in re.findall(r'href="(/[^"]+)"', quick[0]):
            assert client.get(path).status_code == 200, path


def test_the_first_page_after_signing_in_is_the_day(kadidia: Client) -> None:
    assert re.search(r'<a class="it on" href="/aujourdhui"', today(kadidia))


def test_the_page_asks_no_more_when_the_day_is_full(
    kadidia: Client, kiosk: Machine, nioro: uuid.UUID, statements: Statements
) -> None:
    today(kadidia)
    with statements(40) as empty:
        today(kadidia)
    with kiosk.writing("manager"):
        services.note_visit(nioro, Arrival(SATURDAY, "F", "learn", 9), 100)
        for hour in range(8, 18):
            lesson(nioro, [Half(SATURDAY, {}, f"{hour:02d}:00", entered=False), Half(FRIDAY, entered=False)])
    today(kadidia)
    with statements(40) as full:
        today(kadidia)
    assert len(full) == len(empty)
    assert len([one for one in full if "sync_" not in one]) <= 7
