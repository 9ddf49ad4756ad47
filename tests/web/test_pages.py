"""Help and privacy: true words, one tap away, in both languages."""

import re

import pytest

from kiosk.web import topics
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.translations.books import singular
from tests.translations.sources import extracted

QUOTED = re.compile("«\u00a0([^»]+)\u00a0»")
PUBLIC = (
    "/",
    "/aide",
    "/mediatheque",
    "/programme",
    "/actualites",
    "/espace",
    "/collectifs",
    "/connexion",
    "/nulle-part",
)


def labels() -> set[str]:
    """Every sentence of the interface."""
    return {singular(message) for message in extracted() if message.id}


def told() -> list[str]:
    said = [topic for *_, topic in (*topics.PUBLIC, *topics.STAFF)]
    return [line.msgid for _, _, lines in said for line in lines]


def test_help_names_buttons_as_they_are_written() -> None:
    """A button that was renamed is renamed in the help."""
    known = labels()
    missing = [label for line in told() for label in QUOTED.findall(line) if label not in known]
    assert not missing


def test_help_is_short() -> None:
    for line in told():
        for sentence in re.split(r"[.?]\s", line):
            assert len(sentence.split()) <= 12, line


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("language", ["fr", "bm"])
def test_privacy_is_one_tap_from_every_public_page(client: Client, path: str, language: str) -> None:
    client.set_cookie("langue", language)
    assert 'href="/confidentialite"' in client.get(path).get_data(as_text=True)


@pytest.mark.parametrize("language", ["fr", "bm"])
def test_the_notice_says_rights_and_whom_to_ask(kiosk: Machine, language: str) -> None:
    client = kiosk.client()
    client.set_cookie("langue", language)
    page = client.get("/confidentialite").get_data(as_text=True)
    for words in ("les corriger ou les faire effacer", "C’est gratuit", "2013-015", "APDP"):
        assert words in page
    if language == "bm":
        assert '<span lang="fr">' in page


def test_staff_find_help_and_privacy_too(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    assert 'href="/confidentialite"' in kadidia.get("/plus").get_data(as_text=True)
    page = kadidia.get("/aide").get_data(as_text=True)
    assert "Noter les présences" in page
    assert 'href="/aujourdhui"' in page


def test_help_shows_what_one_may_do_and_nothing_else(kiosk: Machine) -> None:
    assert "Inscrire une personne" not in kiosk.client().get("/aide").get_data(as_text=True)
    fanta = kiosk.as_("author").get("/aide").get_data(as_text=True)
    assert "Écrire un article" in fanta
    assert "Noter les présences" not in fanta


def test_the_centre_explains_its_own_pages_only(centre: Machine) -> None:
    assert "Programme" not in centre.client().get("/aide").get_data(as_text=True)
    salimata = centre.as_("coordinator").get("/aide").get_data(as_text=True)
    for words in ("Relire un article", "Relier un kiosque", "Faire un rapport"):
        assert words in salimata


def test_a_machine_says_it_is_alive(client: Client) -> None:
    answer = client.get("/sante")
    assert (answer.status_code, answer.get_data(as_text=True)) == (200, "ok\n")


@pytest.mark.parametrize(("role", "tabs"), [("author", 1), ("manager", 4), ("trainer", 2)])
def test_the_phone_bar_holds_the_first_pages_of_whoever_looks(kiosk: Machine, role: str, tabs: int) -> None:
    bar = kiosk.as_(role).get("/plus").text.split('<nav class="nav dark')[1].split("</nav>")[0]
    assert len(re.findall('class="it( on)?"', bar)) >= tabs
    assert len(re.findall('class="it( on)?"', bar)) <= 4


def test_the_editor_opens_her_queue_from_the_phone_bar(centre: Machine) -> None:
    page = centre.as_("editor").get("/plus").text
    assert re.search('class="it" href="/redaction"', page)
    assert page.count('href="/redaction"') == 1
