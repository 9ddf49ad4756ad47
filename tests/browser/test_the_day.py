"""The main job, by hand in a real browser without JavaScript: a space's day offline, then the centre.

A kiosk comes out of its box; Kadidia sets it up, takes over the old register,
registers Awa, finds her by half a name, plans a training that fills up, marks
who came and writes an article, all without a link. Then the link comes, and
Salimata sees each person, mark and article once, and publishes the article.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.house.source import ROOT
from tests.support.cast import PASSWORD
from tests.support.machines import prepare
from tests.support.measure import timed
from tests.support.processes import Served, start

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.slow]
PIN = "258046"
REGISTER = ROOT / "tests" / "data" / "registre-nioro.xlsx"


@dataclass
class Place:
    """A served machine."""

    data: Path
    served: Served


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """A kiosk out of its box, and a centre that Salimata runs."""
    kiosk, centre = tmp_path / "kiosk", tmp_path / "centre"
    kiosk.mkdir()
    prepare(centre, "central").close()
    running = [start(data, tmp_path / f"{data.name}.log") for data in (kiosk, centre)]
    try:
        for served in running:
            served.wait()
        yield Place(kiosk, running[0]), Place(centre, running[1])
    finally:
        for served in running:
            served.stop()


def press(page: "Page", name: str) -> None:
    choose(page, "button", name)


def follow(page: "Page", name: str) -> None:
    choose(page, "link", name)


def choose(page: "Page", role: Literal["button", "link"], name: str) -> None:
    found = page.get_by_role(role, name=name, exact=role == "button")
    assert found.count(), f"no {role} « {name} » on {page.url}:\n{page.locator('body').inner_text()}"
    with page.expect_navigation():
        found.first.click()


def set_up(page: "Page", kiosk: Place) -> None:
    """The first page asks for the code of the console; afterwards Kadidia is at home."""
    page.goto(kiosk.served.url)
    code = (kiosk.data / "code-mise-en-route.txt").read_text().strip()
    page.get_by_label("Code").first.fill(code)
    page.locator("[name=space]").fill("Nioro")
    page.locator("[name=code]").fill("NIO")
    page.locator("[name=manager]").fill("Kadidia Sissoko")
    page.locator("[name=secret]").fill(PIN)
    page.locator("[name=again]").fill(PIN)
    press(page, "Ouvrir l’espace")
    page.goto(f"{kiosk.served.url}/aujourdhui")
    assert page.locator("h1").inner_text() == "Aujourd’hui"


def take_over(page: "Page", kiosk: Place) -> int:
    """The old register: what would happen is shown first; the same file twice adds nobody twice."""
    known: list[int] = []
    for _ in range(2):
        page.goto(f"{kiosk.served.url}/membres/import")
        page.locator("[name=file]").set_input_files(REGISTER)
        press(page, "Lire le fichier")
        if page.get_by_role("button", name="Écrire dans le registre").count():
            press(page, "Écrire dans le registre")
        else:
            assert "est déjà dans le registre" in page.locator("main").inner_text()
        known.append(members(kiosk))
    assert known[0] == known[1]
    return known[0]


def members(kiosk: Place) -> int:
    found = re.search(r'"members": (\d+)', timed(kiosk.data, "status", "--json")[1])
    assert found
    return int(found[1])


def register(page: "Page", kiosk: Place) -> None:
    """Awa, with what is known of her; found again by half a name, without its accents."""
    page.goto(f"{kiosk.served.url}/membres/nouveau")
    page.get_by_label("Prénom").fill("Aïssata")
    page.get_by_label("Nom de famille").fill("Doucouré")
    page.locator("[name=sex][value=F]").check(force=True)
    page.locator("[name=agreed]").check(force=True)
    press(page, "Enregistrer")
    page.goto(f"{kiosk.served.url}/membres?q=aissa+douc")
    assert "Aïssata Doucouré" in page.locator("main").inner_text()


def teach(page: "Page", kiosk: Place) -> None:
    """A training of two half-days for two people: the third waits, the two are marked, days are counted."""
    page.goto(f"{kiosk.served.url}/formations/nouvelle")
    page.locator("[name=title]").fill("Internet pour débuter")
    page.locator("[name=first_day]").fill("2026-11-20")
    page.locator("[name=days]").fill("2")
    page.locator("[name=seats]").fill("2")
    press(page, "Mettre au programme")
    session = page.url
    follow(page, "Inscrire des personnes")
    for box in page.locator("main input[type=checkbox]").all()[:3]:
        box.check(force=True)
    press(page, "Inscrire")
    page.goto(session)
    follow(page, "Présences")
    press(page, "Tout le monde est là")
    press(page, "Terminer la feuille")
    page.goto(session)
    said = page.locator("main").inner_text()
    assert "2 sur 2" in said.replace("\n", " ")


def write(page: "Page", kiosk: Place) -> None:
    """An article, sent to be read."""
    page.goto(f"{kiosk.served.url}/articles/nouveau")
    page.locator("[name=title]").fill("La carte des routes coupées")
    page.locator("[name=standfirst]").fill("Des jeunes ont relevé les passages coupés par l’eau à Nioro.")
    page.locator("[name=body]").fill("Onze jeunes ont relevé les passages. " * 30)
    page.locator("[name=place]").fill("Nioro")
    page.locator("[name=event_date]").fill("2026-11-15")
    press(page, "Envoyer en relecture")
    assert "À relire" in page.locator("main").inner_text()


def synchronise(page: "Page", kiosk: Place) -> None:
    """The button wakes the worker; here the worker is the command."""
    timed(kiosk.data, "sync")
    page.goto(f"{kiosk.served.url}/envois")
    assert "Tout est envoyé" in page.locator("main").inner_text()


def coordinate(page: "Page", centre: Place, people: int) -> None:
    """Salimata sees everyone once, reads the article and publishes it."""
    page.goto(f"{centre.served.url}/connexion")
    page.locator("[name=name]").fill("Salimata Coulibaly")
    page.locator("[name=secret]").fill(PASSWORD)
    press(page, "Entrer")
    assert members(centre) == people
    page.goto(f"{centre.served.url}/redaction")
    follow(page, "La carte des routes coupées")
    press(page, "Valider et publier")


@pytest.mark.parametrize("width", ["phone"])
def test_a_day_offline_arrives_once_at_the_centre(
    places: tuple[Place, Place], open_page: "Callable[..., Page]", width: str
) -> None:
    kiosk, centre = places
    page = open_page(width, java_script_enabled=False)
    set_up(page, kiosk)
    assert take_over(page, kiosk) > 15
    register(page, kiosk)
    teach(page, kiosk)
    write(page, kiosk)
    code = timed(centre.data, "central", "code", "NIO", "--new", "Nioro")[1].split()[-1]
    timed(kiosk.data, "enrol", centre.served.url, code)
    synchronise(page, kiosk)
    coordinate(page, centre, members(kiosk))
    synchronise(page, kiosk)
    for place in (kiosk, centre):
        page.goto(f"{place.served.url}/actualites")
        assert page.locator("main").inner_text().count("La carte des routes coupées") == 1
    assert "La carte des routes coupées" in centre.served.read("/actualites/flux.atom")[1].decode()
