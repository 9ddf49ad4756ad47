"""The report in the browser and as a table file: the same figures, for whoever may see them."""

import re
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest

from kiosk.desk import services as desk
from kiosk.desk.services import Arrival
from kiosk.members import services as members
from kiosk.partners import services as partners
from kiosk.partners.models import Kind
from kiosk.reports import export, queries
from kiosk.reports.figures import indicators
from kiosk.reports.queries import Asked, Place, Report, SpaceFigures
from tests.reports.conftest import MONDAY, TUESDAY, YEAR, in_file, number, on_screen
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine
from tests.support.pages import Client

Statements = Callable[[int], AbstractContextManager[list[str]]]
ALL_YEAR = "du=2026-01-01&au=2026-12-31"


def text(client: Client, path: str) -> str:
    return client.get(path).get_data(as_text=True)


@pytest.fixture
def taught(kiosk: Machine, nioro: uuid.UUID) -> uuid.UUID:
    """Nioro taught five people on two days, and forty visits were noted; returns a project's uid."""
    with kiosk.writing("manager"):
        project = partners.add_project(partners.ProjectCard("A", "Femmes en ligne"), nioro).uid
        people = [member(nioro, f"Personne {at}", "FFM"[at % 3], 1985 + 5 * at) for at in range(5)]
        lesson(nioro, [Half(MONDAY, {"present": people, "late": []}), Half(TUESDAY, {"present": people[:3]})])
        lesson(
            nioro, [Half(TUESDAY, {"present": people[3:]}, "15:00", {("F", "20-24"): 3})], project_uid=project
        )
        desk.note_visit(nioro, Arrival(TUESDAY, "F", "learn", 9), 40)
    return project


@pytest.fixture
def everywhere(centre: Machine, three: dict[str, uuid.UUID]) -> dict[str, uuid.UUID]:
    """Nioro and Kayes taught, Yélimané did not."""
    with centre.writing():
        for code, count in (("NIO", 3), ("KAY", 1200)):
            people = [
                member(three[code], f"Personne {at}", "FM"[at % 2], 2000) for at in range(min(count, 4))
            ]
            lesson(three[code], [Half(MONDAY, {"present": people})])
            desk.note_visit(three[code], Arrival(TUESDAY, "M", "guide"), min(count, 200))
    return three


def same(screen: list[tuple[str, list[Decimal]]], rows: list[list[str]]) -> None:
    """Check that a table file holds the screen's lines, in order, figure for figure."""
    written = [(row[1], [number(one) for one in row[2:-1]]) for row in rows]
    assert written == screen
    assert len(screen) > 40


@pytest.mark.parametrize("asked", ["", ALL_YEAR, "du=2026-03-03&au=2026-03-03"])
def test_the_file_holds_the_figures_of_the_screen_at_a_kiosk(
    kadidia: Client, taught: uuid.UUID, asked: str
) -> None:
    rows = in_file(kadidia, f"/rapports/tableau.csv?{asked}")
    assert rows[1] == ["Groupe", "Indicateur", "Nioro", "Environ"]
    same(on_screen(kadidia, f"/rapports?{asked}"), rows[2:])


def test_the_file_of_a_project_says_which_and_holds_its_figures(kadidia: Client, taught: uuid.UUID) -> None:
    rows = in_file(kadidia, f"/rapports/tableau.csv?projet={taught.hex}")
    assert rows[1] == ["Projet", "Femmes en ligne"]
    same(on_screen(kadidia, f"/rapports?projet={taught.hex}"), rows[3:])


def test_the_file_holds_the_figures_of_the_screen_at_the_centre(
    salimata: Client, everywhere: dict[str, uuid.UUID]
) -> None:
    rows = in_file(salimata, "/rapports/tableau.csv")
    assert rows[1][2:] == ["Kayes", "Nioro", "Yélimané", "Total", "Environ"]
    same(on_screen(salimata, "/rapports"), rows[2:])


def test_every_column_of_counts_sums_to_the_total(salimata: Client, everywhere: dict[str, uuid.UUID]) -> None:
    """Nobody is in two spaces here: each total is the sum of its line."""
    for name, values in on_screen(salimata, "/rapports"):
        assert sum(values[:-1]) == values[-1], name


def test_the_file_has_no_name_and_runs_no_formula(kadidia: Client, kiosk: Machine, taught: uuid.UUID) -> None:
    body = kadidia.get("/rapports/tableau.csv").get_data(as_text=True)
    assert "Personne 1" not in body
    space = SpaceFigures(Place(uuid.uuid4(), "=cmd|'/C calc'!A0"), indicators([], [], {}))
    report = Report(YEAR, [space], space.figures, project="@SUM(A1)")
    for row in export.as_csv(report).decode("utf-8-sig").splitlines():
        for cell in row.split(";"):
            assert not cell.strip('"').startswith(("=", "+", "-", "@"))


def test_the_file_is_named_so_that_any_key_takes_it(kadidia: Client) -> None:
    answer = kadidia.get(f"/rapports/tableau.csv?{ALL_YEAR}")
    assert answer.mimetype == "text/csv"
    assert 'filename="rapport-2026-01-01-2026-12-31.csv"' in answer.headers["Content-Disposition"]


def test_a_kiosk_says_that_its_figures_are_of_this_space(kadidia: Client, taught: uuid.UUID) -> None:
    page = text(kadidia, "/rapports")
    assert "Chiffres de cet espace" in page
    assert '<select class="input" id="espace"' not in page


def test_the_centre_shows_each_space_and_the_total(
    salimata: Client, everywhere: dict[str, uuid.UUID]
) -> None:
    page = text(salimata, "/rapports")
    assert "Tous les espaces" in page
    assert re.findall(r"<h2>(Kayes|Nioro|Yélimané)</h2>", page) == ["Kayes", "Nioro", "Yélimané"]
    assert dict(on_screen(salimata, "/rapports"))["Personnes formées"] == [4, 3, 0, 7]


def test_the_coordinator_reads_one_space(salimata: Client, everywhere: dict[str, uuid.UUID]) -> None:
    path = f"/rapports?espace={everywhere['KAY'].hex}"
    assert dict(on_screen(salimata, path))["Personnes formées"] == [4]
    assert "Kayes</p>" in text(salimata, path)


def test_a_manager_reads_her_own_space_whatever_the_address_says(
    kadidia: Client, kiosk: Machine, taught: uuid.UUID, nioro: uuid.UUID
) -> None:
    for asked in (f"espace={nioro.hex}", ""):
        assert dict(on_screen(kadidia, f"/rapports?{asked}"))["Personnes formées"] == [5]


@pytest.mark.parametrize(
    "asked", ["espace=zzz", "projet=0", f"projet={uuid.UUID(int=7).hex}", f"espace={uuid.UUID(int=7)}"]
)
def test_a_space_or_a_project_that_does_not_exist_is_not_found(kadidia: Client, asked: str) -> None:
    """Never the whole in place of a part."""
    assert kadidia.get(f"/rapports?{asked}").status_code == 404
    assert kadidia.get(f"/rapports/tableau.csv?{asked}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("du=2026-05-01&au=2026-04-01", "La fin est avant le début. Corrigez une des deux dates."),
        ("du=hier", "Cette date n’est pas claire. Écrivez par exemple 21/11/2026."),
        ("au=2026-02-31", "Cette date n’est pas claire."),
        ("du=%3Cscript%3E", "Cette date n’est pas claire."),
        ("du=" + "9" * 5000, "Cette date n’est pas claire."),
    ],
)
def test_dates_that_make_no_sense_are_said_in_words_and_stay_as_typed(
    kadidia: Client, asked: str, words: str
) -> None:
    answer = kadidia.get(f"/rapports?{asked}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert "<script>" not in page.split("<body")[1]
    typed = re.search(r"(?:du|au)=([^&]{,40})", asked)
    assert typed and typed[1].replace("%3C", "&lt;").replace("%3E", "&gt;") in page
    assert kadidia.get(f"/rapports/tableau.csv?{asked}").status_code == 409


def test_a_date_is_read_in_any_spelling(kadidia: Client, taught: uuid.UUID) -> None:
    page = text(kadidia, "/rapports?du=1er+mars+2026&au=2/3/26")
    assert "Du 1er mars au 2 mars 2026" in page
    assert 'value="2026-03-02"' in page


def test_an_empty_period_says_what_to_do(kadidia: Client) -> None:
    page = text(kadidia, "/rapports?du=2020-01-01&au=2020-01-31")
    assert "Rien sur cette période." in page
    assert "Choisissez une autre période, ou saisissez les feuilles." in page


def test_two_centuries_are_a_period_too(kadidia: Client, taught: uuid.UUID) -> None:
    assert dict(on_screen(kadidia, "/rapports?du=1900-01-01&au=2100-12-31"))["Personnes formées"] == [5]


@pytest.mark.parametrize("path", ["/rapports", "/rapports/tableau.csv"])
def test_who_may_see_figures_and_who_may_not(kiosk: Machine, centre: Machine, path: str) -> None:
    assert kiosk.as_("manager").get(path).status_code == 200
    assert centre.as_("coordinator").get(path).status_code == 200
    for other in (kiosk.as_("trainer"), kiosk.as_("author"), centre.as_("editor")):
        assert other.get(path).status_code == 403
    stranger = kiosk.client().get(path)
    assert (stranger.status_code, stranger.location[:11]) == (303, "/connexion?")


def test_a_report_asks_the_same_number_of_questions_whatever_it_counts(
    centre: Machine, everywhere: dict[str, uuid.UUID], statements: Statements
) -> None:
    """What nobody has is not asked: domains, trades, communes, partners' names."""
    with centre.open(), statements(12) as few:
        queries.report(Asked(YEAR))
    with centre.writing():
        for at in range(12):
            people = [member(everywhere["YEL"], f"P {at} {n}") for n in range(5)]
            lesson(everywhere["YEL"], [Half(MONDAY, {"present": people}, f"{8 + at:02d}:00")])
    with centre.open(), statements(12) as many:
        queries.report(Asked(YEAR))
    assert len(few) == len(many)


def test_a_report_that_says_everything_asks_six_questions_more(
    centre: Machine, everywhere: dict[str, uuid.UUID], statements: Statements
) -> None:
    with centre.writing():
        friend = partners.add_organisation(partners.OrganisationCard(Kind.NGO, "Femmes du Sahel"))
        project = partners.add_project(partners.ProjectCard("A", "Santé", partners=[friend.uid]), None)
        nurse = member(everywhere["KAY"], "Sira Kanté")
        members.amend(nurse, profession="health", commune_pcode="ML010610")
        lesson(
            everywhere["KAY"], [Half(MONDAY, {"present": [nurse]})], theme="health", project_uid=project.uid
        )
    with centre.open(), statements(18):
        found = queries.report(Asked(YEAR))
    assert found.sections.trades and found.sharing.partners and len(found.residence) > 1
