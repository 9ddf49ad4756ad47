"""Files of every usual kind, and files that are none."""

import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from kiosk.members import queries
from kiosk.members.importer import sheet, text
from kiosk.members.importer.plan import Outcome, Plan
from kiosk.members.importer.sheet import Unreadable
from tests.members.conftest import DATA

Bring = Callable[..., Plan]
LIST = "Nom;Prénom;Sexe\r\nSangaré;Fanta;F\r\nKonaté;Issa;M\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_a_text_is_read_whatever_its_encoding_separator_and_line_ends(
    encoding: str, separator: str, ending: str
) -> None:
    content = LIST.replace(";", separator).replace("\r\n", ending).encode(encoding)
    assert text.rows(content) == [
        (1, ["Nom", "Prénom", "Sexe"]),
        (2, ["Sangaré", "Fanta", "F"]),
        (3, ["Konaté", "Issa", "M"]),
    ]


def test_a_cell_may_hold_a_separator_a_quote_or_a_line_end() -> None:
    rows = text.rows(b'sep=;\nNom;Sexe;Observations\n"Sow ""Petit""";M;"un; deux\ntrois"\nBa;F;\n')
    assert rows[1][1] == ['Sow "Petit"', "M", "un; deux\ntrois"]
    assert [number for number, _ in rows] == [1, 2, 4]


@pytest.mark.parametrize("name", ["liste-windows.csv", "liste-utf16.txt", "liste-libreoffice.ods"])
def test_small_lists_of_every_kind_are_imported(bring: Bring, name: str) -> None:
    assert bring(name).counts[Outcome.NEW] == 2
    assert queries.count() == 2


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("vide.csv", "Ce fichier est vide."),
        ("image.xlsx", "n’est pas un tableau"),
        ("coupe.xlsx", "abîmé ou illisible"),
        ("autre.xlsx", "abîmé ou illisible"),
        ("mot-de-passe.xlsx", "a un mot de passe"),
        ("sans-titres.csv", "Aucune ligne de titres"),
    ],
)
def test_a_file_that_is_no_register_says_why(bring: Bring, name: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        bring(DATA / "illisible" / name)
    assert queries.count() == 0


def test_a_sheet_with_a_cell_at_the_end_of_the_world_is_refused(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "loin.xlsx")
    book.add_worksheet().write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(Unreadable, match="trop de lignes"):
        sheet.read(tmp_path / "loin.xlsx")


def test_a_bomb_ends_the_reader_and_not_the_machine(tmp_path: Path) -> None:
    with zipfile.ZipFile(DATA / "registre-nioro.xlsx") as source:
        with zipfile.ZipFile(tmp_path / "bombe.xlsx", "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                content = source.read(name)
                if name == "xl/sharedStrings.xml":
                    content = content.replace(b"</t>", b"x" * 900_000_000 + b"</t>", 1)
                target.writestr(name, content)
    with pytest.raises(Unreadable):
        sheet.read(tmp_path / "bombe.xlsx")


def test_one_long_text_in_every_cell_does_not_pass_into_the_machine(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "lourd.xlsx")
    page = book.add_worksheet()
    page.write_row(0, 0, ["Nom", "Sexe"])
    for at in range(1, 2_000):
        page.write_row(at, 0, ["é" * 32_000] * 3)
    book.close()
    assert (tmp_path / "lourd.xlsx").stat().st_size < 50_000
    with pytest.raises(Unreadable, match="trop de lignes"):
        sheet.read(tmp_path / "lourd.xlsx")


def test_a_text_of_empty_lines_is_left_after_as_many_as_we_take(tmp_path: Path) -> None:
    (tmp_path / "vide.csv").write_bytes(b"Nom;Sexe\n" + b"\n" * 5_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable, match="trop de lignes"):
            sheet.read(tmp_path / "vide.csv")
        assert tracemalloc.get_traced_memory()[1] < 80_000_000
    finally:
        tracemalloc.stop()


def test_a_text_in_one_endless_line_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "long.csv").write_bytes(b"Nom;Sexe\n" + b";" * 600_000)
    with pytest.raises(Unreadable, match="pas un tableau"):
        sheet.read(tmp_path / "long.csv")


def test_a_file_too_heavy_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_BYTES", 10)
    (tmp_path / "lourd.csv").write_text(LIST, encoding="utf-8")
    with pytest.raises(Unreadable, match="trop lourd"):
        sheet.read(tmp_path / "lourd.csv")


def test_every_sheet_with_titles_is_read_and_lines_say_which(bring: Bring, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "classes.xlsx")
    for name, people in {"Matin": ["Awa Ba"], "Soir": ["Issa Sow", "Nana Ly"], "Calculs": []}.items():
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["Prénom et nom", "Sexe"] if people else [1, 2, 3])
        for at, person in enumerate(people, 1):
            page.write_row(at, 0, [person, "F"])
    book.close()
    planned = bring(tmp_path / "classes.xlsx")
    assert [step.line.place for step in planned.steps] == ["Matin, ligne 2", "Soir, ligne 2", "Soir, ligne 3"]
