"""The press: a process of its own draws the paper, and the one that serves stays light."""

import json
import subprocess
import sys

import pytest

from kiosk.language import published
from kiosk.paper import press
from kiosk.paper.facts import Column, Folio, Head, Sheet
from kiosk.paper.ink import BOLD, PLAIN, Book
from kiosk.paper.sheet import draw
from tests.paper.recording import Read

HEAD = Head(
    place="Espace connecté de Nioro", under="cercle de Nioro", label="F-NIO-1", lines=["Projet\u00a0: Yɛlɛn"]
)
NAMES = Column(word="Nom", wide=0, bold=True, right=False)
BOX = Column(word="mar. 24\n09:00", wide=31, bold=False, right=False)
ALPHABETS = (
    "aàâäbcçdeéèêëfghiîïjklmnoôöpqrstuùûüvwxyÿzœæ",
    "abcdeɛfghijklmnɲŋoɔprstuwyz",  # Bambara
    "ɓɗƴ",  # Fula
    "ñŋxq",  # Soninke
    "àɛ̀ɔ́ɛ̌",  # tones
    "’«»–…·°€0123456789\u00a0\u202f",
)


def sheet(across: bool = False, rows: int = 20, **more: object) -> Sheet:
    folio = Folio(page="Page 1 sur 1", columns=[NAMES, BOX], rows=[["COULIBALY Awa", ""]] * rows)
    made = Sheet(
        language="fr", title="Feuille de présence", head=HEAD, across=across,
        pairs=[("Formation\u00a0:", "Word"), ("Date réelle\u00a0:", ""), ("Lieu\u00a0:", "Salle 1")],
        code="http://kiosque.local/f/7Q2M4K", code_word="Lire pour saisir", folios=[folio],
        totals=[["Présents\u00a0:"]], sign="Signature\u00a0:", note="Garder le papier un an.",
    )  # fmt: skip
    return Sheet(**{**made, **more})  # type: ignore[typeddict-item]


def test_a_paper_comes_out_of_a_process_of_its_own_with_as_many_pages() -> None:
    one = sheet()
    two = press.printed("sheet", {**one, "folios": one["folios"] * 2})
    assert two.startswith(b"%PDF-") and b"/Count 2" in two
    assert press.printed("sheet", one) == press.printed("sheet", one), "the same facts, the same file"


def test_whoever_asks_for_a_paper_never_loads_what_draws_it() -> None:
    code = (
        "import sys, json; from kiosk.paper import press;"
        "made = press.printed('sheet', json.load(sys.stdin));"
        "print(made[:5].decode(), 'reportlab' in sys.modules, 'PIL' in sys.modules)"
    )
    asked = json.dumps(sheet())
    ran = subprocess.run(
        [sys.executable, "-c", code], input=asked, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["%PDF-", "False", "False"]


@pytest.mark.parametrize("kind", ["../sheet", "ink", "nothing"])
def test_only_papers_are_drawn(kind: str) -> None:
    with pytest.raises(press.Unprinted):
        press.printed(kind, sheet())


def test_a_paper_that_cannot_be_drawn_says_why() -> None:
    with pytest.raises(press.Unprinted, match="folios"):
        press.printed("sheet", {"title": "x", "language": "fr"})


def test_a_second_paper_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "_WAIT", 0.01)
    with press._turn, pytest.raises(press.Unprinted, match="another"):
        press.printed("sheet", sheet())
    assert press.printed("sheet", sheet()).startswith(b"%PDF-")


@pytest.mark.parametrize("font", [PLAIN, BOLD])
def test_its_letters_write_every_language_of_the_interface_and_its_neighbours(font: str) -> None:
    from reportlab.pdfbase import pdfmetrics

    Book("", "fr")
    known = pdfmetrics.getFont(font).face.charToGlyph
    own = [language.name for language in published()]
    lost = {sign for text in (*ALPHABETS, *own) for sign in text + text.upper() if ord(sign) not in known}
    assert not lost


@pytest.mark.parametrize(("across", "rows"), [(False, 20), (True, 12)])
def test_a_full_sheet_stays_where_printers_print(across: bool, rows: int) -> None:
    book = Read("", "fr")
    long = [
        ("Formation\u00a0:", "Vérifier une nouvelle avant de la partager " * 4),
        *[("Lieu\u00a0:", "Salle " * 30)] * 4,
    ]
    draw(book, sheet(across, rows, pairs=long))
    assert not book.outside()
    assert book.page.count("COULIBALY Awa") == rows and "Lire pour saisir" in book.page


def test_a_name_too_long_for_its_column_grows_smaller_instead_of_leaving_it() -> None:
    book = Book("", "fr")
    book.turn()
    assert book.fitting("Awa", 10, PLAIN, 40) == 10
    small = book.fitting("KANOUTÉ Mariam Fatoumata Bintou", 10, PLAIN, 40)
    assert small < 10 and book.width("KANOUTÉ Mariam Fatoumata Bintou", small) <= 40.01


def test_where_nothing_can_draw_the_machine_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    press.is_there.cache_clear()
    monkeypatch.setattr(press.importlib.util, "find_spec", lambda name: None)
    assert not press.is_there()
    press.is_there.cache_clear()
