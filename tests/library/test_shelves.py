"""The shelves as a phone sees them: one's own language first, found in any spelling."""

import re
from collections.abc import Callable

import pytest

from kiosk.library import services
from kiosk.library.models import Material
from tests.support.machines import Machine
from tests.support.pages import Client

TITLE = re.compile(r'<a class="main-col" href="/mediatheque/([\w-]+)"')


def shown(client: Client, path: str = "/mediatheque", language: str = "fr") -> list[str]:
    """The addresses of the materials on a page, in order."""
    client.set_cookie("langue", language)
    return TITLE.findall(client.get(path).get_data(as_text=True))


def test_a_stranger_sees_every_material(shelves: Machine) -> None:
    assert len(shown(shelves.client())) == 15


def test_french_comes_first_for_a_french_reader(shelves: Machine) -> None:
    assert shown(shelves.client())[-3:] == ["jours-et-mois", "mots-telephone-ordinateur", "petit-glossaire"]


def test_bambara_comes_first_for_a_bambara_reader(shelves: Machine) -> None:
    assert set(shown(shelves.client(), language="bm")[:3]) == {
        "jours-et-mois",
        "mots-telephone-ordinateur",
        "petit-glossaire",
    }


def test_a_bambara_page_marks_what_stays_in_french(shelves: Machine) -> None:
    client = shelves.client()
    client.set_cookie("langue", "bm")
    page = client.get("/mediatheque").get_data(as_text=True)
    assert '<html lang="bm">' in page
    assert "<b>Don, kalo</b>" in page
    assert '<b><span lang="fr">Écrire un CV</span></b>' in page
    assert '<span lang="fr">À relire par un locuteur</span>' in page
    assert "<h1>Kalan</h1>" in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ecrire", "ecrire-un-cv"),
        ("ÉCRI", "ecrire-un-cv"),
        ("tɛlɛfɔni", ""),
        ("telefoni", "mots-telephone-ordinateur"),
        ("ɔridinatɛri", "mots-telephone-ordinateur"),
        ("oridinateri", "mots-telephone-ordinateur"),
        ("naissance acte", "acte-de-naissance"),
    ],
)
def test_a_material_is_found_by_the_beginning_of_its_words(shelves: Machine, typed: str, found: str) -> None:
    listed = shown(shelves.client(), f"/mediatheque?q={typed}")
    assert (listed[:1] or [""])[0] == (found or listed[0])


def test_nyogondeme_finds_its_bambara_spelling(kiosk: Machine, added: Callable[..., Material]) -> None:
    one = added(title="Ɲɔgɔndɛmɛ", language="bm")
    assert shown(kiosk.client(), "/mediatheque?q=nyogondeme") == [one.slug]


def test_a_title_that_holds_the_word_comes_before_a_text_that_does(shelves: Machine) -> None:
    assert shown(shelves.client(), "/mediatheque?q=compte")[0] == "proteger-son-compte"


def test_a_shelf_and_a_language_narrow_the_list(shelves: Machine) -> None:
    assert shown(shelves.client(), "/mediatheque?theme=papiers") == ["acte-de-naissance"]
    assert len(shown(shelves.client(), "/mediatheque?langue=bm")) == 3
    assert shown(shelves.client(), "/mediatheque?langue=bm&theme=papiers") == []


@pytest.mark.parametrize(
    "query", ["theme=../etc", "langue=xx&theme=1", "q=%00%22*(", "page=999999999999", "q=" + "a" * 5000]
)
def test_a_mangled_address_still_gives_a_page(shelves: Machine, query: str) -> None:
    assert shelves.client().get(f"/mediatheque?{query}").status_code == 200


def test_nothing_found_says_what_to_try(shelves: Machine) -> None:
    page = shelves.client().get("/mediatheque?q=zzzz").get_data(as_text=True)
    assert "Rien trouvé" in page
    assert "Par étagère" in page


def test_an_empty_library_says_so(kiosk: Machine) -> None:
    assert "Aucun support pour l’instant" in kiosk.client().get("/mediatheque").get_data(as_text=True)


def test_a_withdrawn_material_is_off_the_shelves(kiosk: Machine, added: Callable[..., Material]) -> None:
    one = added()
    with kiosk.writing("manager"):
        services.withdraw(one.slug, one.space_uid)
    assert shown(kiosk.client()) == []
    assert kiosk.client().get(f"/mediatheque/{one.slug}").status_code == 404


def test_a_page_of_the_shelves_costs_three_statements(
    shelves: Machine, statements: Callable[..., object]
) -> None:
    client = shelves.client()
    client.get("/mediatheque")
    with statements(3):  # type: ignore[attr-defined]
        client.get("/mediatheque?q=a")
    with statements(1):  # type: ignore[attr-defined]
        client.get("/mediatheque?q=a")
