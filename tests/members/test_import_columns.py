"""What columns mean: said by hand, kept for the next file; and a wrong file explained line by line."""

import io
import re
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from kiosk.members import queries
from kiosk.members.importer import columns, sheet
from tests.members.conftest import DATA
from tests.support.machines import Machine
from tests.support.pages import Client

ODD = "Appellation;Année;Joindre\nSow Ibrahima;1990;76123456\nBa Awa;vers 2001;66123456\n"
WRONG = (
    "Nom;Prénom;Né en;Téléphone\nSow;Awa;2091;76123456\n;;1990;70000000\n"
    "Ba;Issa;1990;70000001\n=1+1;Ali;1980;\n"
)


def text(response: TestResponse) -> str:
    return response.get_data(as_text=True)


def bring(client: Client, content: str | bytes, name: str = "liste.csv") -> str:
    """Send a file and return where it leads."""
    data = content.encode() if isinstance(content, str) else content
    form = {"csrf_token": client.token("/membres/import"), "file": (io.BytesIO(data), name)}
    answer = client.post("/membres/import", data=form)
    assert answer.status_code == 303, text(answer)
    return str(answer.location)


def say(client: Client, shown: str, **meanings: str) -> TestResponse:
    return client.send(f"{shown}/colonnes", **{f"colonne-0-{at[1:]}": key for at, key in meanings.items()})


def names(kiosk: Machine) -> set[str]:
    with kiosk.open():
        return {one.name for one in queries.find("", 50)}


def test_titles_that_nobody_knows_are_asked_then_remembered_for_the_next_file(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    asked = bring(kadidia, ODD)
    assert asked.endswith("/colonnes")
    page = text(kadidia.get(asked))
    assert "Appellation" in page and "Sow Ibrahima" in page and "vers 2001" in page
    shown = asked.removesuffix("/colonnes")
    assert say(kadidia, shown, _0="family_first", _1="birth", _2="phone").status_code == 303
    assert "2 personnes nouvelles" in text(kadidia.get(shown))
    kadidia.send(f"{shown}/ecrire", form_at=shown)
    assert names(kiosk) == {"Ibrahima Sow", "Awa Ba"}
    again = bring(kadidia, ODD.replace("Awa", "Fanta").replace("Appellation", "APPELLATION "))
    assert not again.endswith("/colonnes")
    page = text(kadidia.get(again))
    assert "Les colonnes sont lues comme vous l’avez dit." in page and "Fanta Ba" in page


def test_a_column_read_wrongly_is_corrected_and_the_answer_can_be_forgotten(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    shown = bring(kadidia, "Nom;Prénom;Source\nSow;Ibrahima;Diakha\n")
    say(kadidia, shown, _0="family_name", _1="given_name", _2="village")
    kadidia.send(f"{shown}/ecrire", form_at=shown)
    with kiosk.open():
        (sow,) = queries.find("sow")
        assert (sow.village, sow.how_heard) == ("Diakha", None)
    shown = bring(kadidia, "Nom;Prénom;Source\nLy;Nana;La radio\n")
    kadidia.send(f"{shown}/colonnes/oublier", form_at=f"{shown}/colonnes")
    assert 'value="how_heard" selected' in text(kadidia.get(f"{shown}/colonnes"))


def test_a_file_that_begins_with_somebody_loses_nobody(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    asked = bring(kadidia, "Sow Ibrahima;M;1990\nBa Awa;F;2001\n")
    assert re.search(r'name="personne-0" value="1" checked', text(kadidia.get(asked)))
    shown = asked.removesuffix("/colonnes")
    kadidia.send(
        f"{shown}/colonnes",
        **{"colonne-0-0": "family_first", "colonne-0-1": "sex", "colonne-0-2": "birth", "personne-0": "1"},
    )
    kadidia.send(f"{shown}/ecrire", form_at=shown)
    assert names(kiosk) == {"Ibrahima Sow", "Awa Ba"}


@pytest.mark.parametrize("meanings", [{"_1": "birth", "_2": "phone"}, {"_0": "family_first"}])
def test_columns_that_would_name_nobody_are_refused(kiosk: Machine, meanings: dict[str, str]) -> None:
    kadidia = kiosk.as_("manager")
    asked = bring(kadidia, ODD)
    answer = say(kadidia, asked.removesuffix("/colonnes"), **meanings)
    assert answer.status_code == 422 and "quelle colonne contient le nom" in text(answer)


def test_a_hostile_meaning_is_no_meaning(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    shown = bring(kadidia, ODD).removesuffix("/colonnes")
    say(kadidia, shown, _0="family_first", _1="birth", _2="uid")
    assert "2 personnes nouvelles" in text(kadidia.get(shown))


def test_a_text_without_any_table_still_says_so(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    form = {"csrf_token": kadidia.token("/membres/import"), "file": (io.BytesIO(b"bonjour\n"), "a.csv")}
    answer = kadidia.post("/membres/import", data=form)
    assert answer.status_code == 422 and "Aucune ligne de titres" in text(answer)


def test_every_line_of_a_wrong_file_is_explained_in_a_file_that_comes_back_once_corrected(
    kiosk: Machine, tmp_path: Path
) -> None:
    kadidia = kiosk.as_("manager")
    shown = bring(kadidia, WRONG)
    answer = kadidia.get(f"{shown}/lignes")
    (table,) = tables(answer.data, tmp_path)
    titles, *lines = (row for _, row in table.rows)
    assert titles[:3] == ["Ligne du fichier", "Suite", "Pourquoi"] and titles[3:5] == ["Nom", "Prénom"]
    assert [line[:3] for line in lines] == [
        ["ligne 2", "À corriger", "L’année de naissance 2091 n’est pas possible."],
        ["ligne 3", "À corriger", "Le nom manque."],
        ["ligne 5", "À corriger", "Le nom contient des chiffres."],
    ]
    assert lines[2][3] == "=1+1"
    (whole,) = tables(kadidia.get(f"{shown}/lignes?tout=1").data, tmp_path)
    assert [row[1] for _, row in whole.rows[1:]] == ["À corriger", "À corriger", "Nouveau", "À corriger"]
    again = bring(kadidia, answer.data, "lignes-a-corriger.xlsx")
    assert "3 lignes à corriger" in text(kadidia.get(again))


def tables(content: bytes, folder: Path) -> list[sheet.Table]:
    """Read a workbook as an import would."""
    path = folder / "lignes.xlsx"
    path.write_bytes(content)
    return sheet.read(path)


def test_sheets_of_other_columns_are_explained_each_under_its_own_titles(
    kiosk: Machine, tmp_path: Path
) -> None:
    kadidia = kiosk.as_("manager")
    shown = bring(kadidia, (DATA / "registre-nioro.xlsx").read_bytes(), "registre.xlsx")
    found = tables(kadidia.get(f"{shown}/lignes").data, tmp_path)
    assert sum(len(table.rows) - 1 for table in found) == 2
    assert all(columns.find(table.rows) for table in found)


def test_nobody_else_reads_the_lines_of_a_waiting_file(kiosk: Machine) -> None:
    shown = bring(kiosk.as_("manager"), WRONG)
    for path in ("lignes", "colonnes"):
        assert kiosk.as_("trainer").get(f"{shown}/{path}").status_code == 403
        assert kiosk.as_("manager").get(f"/membres/import/{'0' * 32}/{path}").status_code == 404
