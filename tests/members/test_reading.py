"""What cells and titles say, in all the ways registers say it."""

import datetime
from typing import Any

import pytest

from kiosk.members.importer import cells, columns, names
from kiosk.members.vocabulary import Sex

DATE = datetime.date


@pytest.mark.parametrize(
    ("cell", "year", "about"),
    [
        (DATE(1998, 3, 12), 1998, False), (1998, 1998, False), (1998.0, 1998, False), (36147, 1998, False),
        ("1998", 1998, False), ("36147", 1998, False), ("12/03/1998", 1998, False), ("12-3-98", 1998, False),
        ("12.03.1998", 1998, False), ("1998-03-12", 1998, False), ("12 mars 1998", 1998, False),
        ("1er févr. 2001", 2001, False), ("03/1998", 1998, False), ("mars 1998", 1998, False),
        ("vers 1998", 1998, True), ("env. 1998", 1998, True), ("1998 ?", 1998, True), ("~1998", 1998, True),
        ("né en 1998", 1998, False), ("1998 environ", 1998, True),
    ],
)  # fmt: skip
def test_a_birth_year_is_read_from(cell: Any, year: int, about: bool) -> None:
    assert cells.birth(cell) == (year, about, True)


@pytest.mark.parametrize("cell", ["31/02/1990", "00/00/1990", "45/13/1990", "1990/02/31"])
def test_an_impossible_date_still_gives_its_year(cell: str) -> None:
    assert cells.birth(cell) == (1990, False, False)


@pytest.mark.parametrize("cell", ["jeune", "12", "19", "199", "99999", 7, ""])
def test_no_year_is_read_from(cell: Any) -> None:
    with pytest.raises(ValueError):
        cells.birth(cell)


@pytest.mark.parametrize(
    ("cell", "age"),
    [
        (24, 24),
        ("24", 24),
        ("24 ans", 24),
        ("24ans", 24),
        ("environ 24 ans", 24),
        (24.0, 24),
        ("vers 24", 24),
    ],
)
def test_an_age_is_read_from(cell: Any, age: int) -> None:
    assert cells.age(cell) == age


@pytest.mark.parametrize(
    ("cell", "told"),
    [("1999", (1999, False)), (1999, (1999, False)), ("vers 1990", (1990, True)), ("24", (2002, True))],
)
def test_a_year_written_as_an_age_is_a_year(cell: Any, told: tuple[int, bool]) -> None:
    assert cells.born(cell, 2026) == told


@pytest.mark.parametrize("cell", ["2091", "1815", "adulte", ""])
def test_no_birth_is_read_from_an_age_like(cell: str) -> None:
    with pytest.raises(ValueError):
        cells.born(cell, 2026)


@pytest.mark.parametrize("cell", ["2004", 121, "-3", "adulte", ""])
def test_no_age_is_read_from(cell: Any) -> None:
    with pytest.raises(ValueError):
        cells.age(cell)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (DATE(2025, 3, 4), DATE(2025, 3, 4)), ("04/03/2025", DATE(2025, 3, 4)),
        ("4 mars 2025", DATE(2025, 3, 4)),
        ("2018-02-10 14:32:07.482913+00:00", DATE(2018, 2, 10)), ("2018-02-10T14:32:07Z", DATE(2018, 2, 10)),
        (45720, DATE(2025, 3, 4)),
    ],
)  # fmt: skip
def test_a_day_is_read_from(cell: Any, day: datetime.date) -> None:
    assert cells.day(cell) == day


@pytest.mark.parametrize(
    ("text", "sex"),
    [("F", Sex.WOMAN), ("femme", Sex.WOMAN), ("Féminin", Sex.WOMAN), ("Mlle", Sex.WOMAN),
     ("female", Sex.WOMAN), ("M", Sex.MAN), ("M.", Sex.MAN), ("H", Sex.MAN), ("Garçon", Sex.MAN),
     ("male", Sex.MAN),
     ("undefined", Sex.UNSAID), ("Non communiqué", Sex.UNSAID), ("Non dit", Sex.UNSAID)],
)  # fmt: skip
def test_a_sex_is_read_from(text: str, sex: Sex) -> None:
    assert cells.sex(text) is sex


@pytest.mark.parametrize(
    ("list_name", "text", "code"),
    [
        ("occupation", "Commerçante", "trader"), ("occupation", "commerçante au marché", "trader"),
        ("occupation", "Sans emploi", "none"), ("occupation", "Chauffeur", "Chauffeur"),
        ("occupation", "no_profession", "none"), ("schooling", "9ème", "primary2"),
        ("schooling", "college", "primary2"), ("school_level", "college", "higher"),
        ("schooling", "Études supérieures", "higher"), ("languages", "Bambara", "bm"),
        ("languages", "sw", "sw"), ("how_heard", "Bouche à oreille", "talk"),
    ],
)  # fmt: skip
def test_a_word_is_read_as_a_code_or_stays_itself(list_name: str, text: str, code: str) -> None:
    assert cells.code(text, list_name) == code


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "néant", "N/A", "#REF!", "?", "\u00a0"])
def test_nothing_is_nothing(cell: Any) -> None:
    assert cells.shown(cell) == ""


def test_an_apostrophe_against_formulas_is_taken_off_again() -> None:
    assert cells.shown("'=1+1") == "=1+1"
    assert cells.shown("'Awa") == "'Awa"


@pytest.mark.parametrize(
    ("text", "family_first", "given", "family"),
    [
        ("COULIBALY Awa", True, "Awa", "Coulibaly"), ("Awa COULIBALY", True, "Awa", "Coulibaly"),
        ("Coulibaly Awa", True, "Awa", "Coulibaly"), ("Awa Coulibaly", True, "Awa", "Coulibaly"),
        ("awa coulibaly", False, "Awa", "Coulibaly"),
        ("TRAORÉ FATOUMATA BINTOU", True, "Fatoumata Bintou", "Traoré"),
        ("N'DIAYE Cheick", True, "Cheick", "N’Diaye"), ("Zeynabou Wele", False, "Zeynabou", "Wele"),
        ("Wele Zeynabou", True, "Zeynabou", "Wele"), ("Awa", True, "Awa", ""), ("", True, "", ""),
        ("Anne-Marie KEÏTA", False, "Anne-Marie", "Keïta"),
    ],
)  # fmt: skip
def test_a_whole_name_is_cut_where_the_family_begins(
    text: str, family_first: bool, given: str, family: str
) -> None:
    assert names.split(text, family_first) == (given, family)


TITLES = {
    "rank": "N°|Nº|N° d’ordre",
    "family_first": "Nom et prénoms|NOM & PRÉNOM(S)|Nom Prénom",
    "family_last": "Prénom et Nom|full_name",
    "given_name": "Prénoms|Prénom(s)",
    "family_name": "Nom|Nom de famille",
    "sex": "Sexe|Sexe (F/M)|Genre|gender",
    "birth": "Né(e) en|Né(e) le|Date de naissance|Date de naiss.|Année de naissance (AAAA)|birth_year",
    "age": "Âge|AGE (ans)",
    "phone": "Tél.|Téléphone|Contact|N° Tél|Téléphone (parent)",
    "village": "Village/Quartier|Quartier|Adresse",
    "commune": "Commune",
    "occupation": "Profession|current_occupation|Profession actuelle",
    "schooling": "Niveau|Niveau d’étude|Niveau scolaire",
    "registered_on": "Date d’inscription|created_at",
    "notes": "Observations",
    "former_card": "serial|Matricule",
    "speaks:fr": "fr_level|Connaissance du Français",
    "": "Signature|email|Nom des membres de l’espace connecté de Nioro, année 2026, tenue par Mme Sissoko",
}


@pytest.mark.parametrize(
    ("key", "title"), [(k, t) for k, titles in TITLES.items() for t in titles.split("|")]
)
def test_a_title_means(key: str, title: str) -> None:
    assert columns.key_of(title) == key


def test_one_known_word_is_not_a_row_of_titles() -> None:
    assert columns.score(["Nom", "Dupont"]) == 0
    assert columns.score(["Sexe", "Âge"]) == 0
    assert columns.score(["Nom", "Âge"]) == 2
