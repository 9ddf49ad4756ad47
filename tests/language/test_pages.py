"""Pages in every language: garbage never breaks one, and what stays French says so."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from kiosk.language import current, fmt, get, messages, switch
from tests.language.test_catalogues import book
from tests.support.machines import Machine
from tests.support.markup import Element, Reader
from tests.translations.books import is_said, sentences
from tests.translations.pseudo import CLOSE, OPEN, write

PUBLIC = [
    "/",
    "/aide",
    "/confidentialite",
    "/mediatheque",
    "/programme",
    "/actualites",
    "/espace",
    "/collectifs",
]
GARBAGE = ["snk", "fr-ML", "", "../..", "bm;DROP", "favicon", "\u00e9" * 50, "fr@snk", "xx" * 3000]
PROPER = {"Français", "Bamanankan", "Facebook", "Internet", "Nioro", "Mali", "Wi-Fi"}


@pytest.fixture
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The pseudo-language, compiled in a folder of its own for one test."""
    folder = tmp_path_factory.mktemp("pseudo")
    language = get("pseudo")
    assert language
    write(language, folder)
    messages.folders.append(folder)
    yield
    messages.folders.remove(folder)
    messages._catalogue.cache_clear()
    messages._alone.cache_clear()


def spoken(element: Element, skip: Callable[[Element], bool]) -> Iterator[str]:
    """The texts of a page, and what its attributes say, outside the elements to skip."""
    for name in ("aria-label", "placeholder", "alt", "title"):
        if element.get(name):
            yield element.get(name)
    for child in element.children:
        if isinstance(child, str):
            if child.strip():
                yield child.strip()
        elif not skip(child):
            yield from spoken(child, skip)


def body(html: str) -> Element:
    return next(Reader(html).root.all("body"))


@pytest.mark.parametrize("value", GARBAGE)
def test_a_garbage_cookie_gives_a_french_page(kiosk: Machine, value: str) -> None:
    client = kiosk.client()
    client.set_cookie("langue", value)
    answer = client.get("/aide", headers={"Accept-Language": value.encode("utf-8").decode("latin-1")})
    assert answer.status_code == 200
    assert '<html lang="fr">' in answer.get_data(as_text=True)


@pytest.mark.parametrize("value", ["snk", "../..", "", "xx" * 3000])
def test_choosing_a_garbage_language_leads_back_in_french(kiosk: Machine, value: str) -> None:
    answer = kiosk.client().post("/langue", data={"langue": value, "suite": "/aide"})
    assert (answer.status_code, answer.location) == (303, "/aide")


def test_the_choice_is_kept_and_beats_the_phone(kiosk: Machine) -> None:
    client = kiosk.client()
    client.post("/langue", data={"langue": "bm", "suite": "/aide"})
    assert '<html lang="bm">' in client.get("/aide", headers={"Accept-Language": "fr"}).get_data(as_text=True)


def test_a_phone_in_bambara_gets_bambara_without_asking(kiosk: Machine) -> None:
    page = kiosk.client().get("/aide", headers={"Accept-Language": "bm-ML,fr;q=0.5"}).get_data(as_text=True)
    assert '<html lang="bm">' in page


def test_a_request_leaves_no_language_behind(kiosk: Machine) -> None:
    switch(None)
    kiosk.client().get("/aide", headers={"Accept-Language": "bm"})
    assert current().code == "fr"


@pytest.mark.parametrize("path", PUBLIC)
def test_a_bambara_page_marks_every_french_remainder(kiosk: Machine, path: str) -> None:
    client = kiosk.client()
    client.set_cookie("langue", "bm")
    page = client.get(path).get_data(as_text=True)
    unsaid = {text for one in sentences(book("bm")) if not is_said(one) for text in ids(one)}
    texts = {child for child in plain(body(page)) if child in unsaid - PROPER}
    assert not texts, f"{path}: use tr() for {sorted(texts)}"


def ids(sentence: object) -> list[str]:
    found = sentence.id  # type: ignore[attr-defined]
    return list(found) if isinstance(found, tuple | list) else [found]


def plain(element: Element) -> Iterator[str]:
    """Text in the page's own language: outside any element with a `lang` of its own."""
    for child in element.children:
        if isinstance(child, str):
            yield child.strip()
        elif not child.get("lang"):
            yield from plain(child)


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("path", PUBLIC)
def test_every_word_of_an_empty_public_page_can_be_translated(kiosk: Machine, path: str) -> None:
    client = kiosk.client()
    client.set_cookie("langue", "pseudo")
    page = client.get(path).get_data(as_text=True)
    assert OPEN in page
    assert not (left := hard_coded(page)), f"{path}: {left}"


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("path", ["/mediatheque/nouveau", "/mediatheque/gestion", "/plus", "/aujourdhui"])
def test_every_word_of_a_staff_page_can_be_translated(kiosk: Machine, path: str) -> None:
    client = kiosk.as_("manager")
    client.set_cookie("langue", "pseudo")
    assert not (left := hard_coded(client.get(path).get_data(as_text=True))), f"{path}: {left}"


def hard_coded(page: str) -> list[str]:
    """Words of a page that did not go through the catalogues; names and figures are none."""
    texts = spoken(body(page), lambda child: child.get("lang") not in ("", "fr") or child.tag == "option")
    return [text for text in texts if OPEN not in text and CLOSE not in text and wordy(text)]


def wordy(text: str) -> bool:
    """True where a text holds a word that is neither a name nor a part of a date."""
    months = [fmt.month(date(2027, number, 1)) for number in range(1, 13)]
    names = {*PROPER, *fmt.day_names(), *months, "Kadidia", "Sissoko"}
    return any(len(word) > 2 and word.isalpha() and word not in names for word in text.split())
