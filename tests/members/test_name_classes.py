"""Names are heard through their spellings, and families that differ stay apart."""

import pytest

from kiosk.members.links import names


@pytest.mark.parametrize(
    "spellings",
    [
        "Mahamadou Mamadou Mohamed Mohammed Mohamadou",
        "Traoré Traore Tarawele TRAORÉ",
        "Fatoumata Fatimata Fatouma",
        "Aïssata Assétou Aïcha",
        "Coulibaly Kulibali Koulibaly",
        "Sissoko Cissokho Sissako",
        "Bathily Bacili Bathili",
        "Cheick Sékou Cheikh",
        "Diallo Jalo Djallo",
        "Diarra Jara Diara",
        "Kadidia Khadija Kadiatou",
        "Niangado Ɲangado Gnangado",
        "Doucouré Dukure Doukouré",
        # not in the file: heard
        "Soukoura Sukura Soukouraa",
        "Djouma Diouma Juma",
        "Kagnassy Kagnassi",
    ],
)
def test_spellings_of_one_name_have_one_class(spellings: str) -> None:
    assert len({names.classes(one) for one in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Diarra", "Diawara"),
        ("Konaté", "Koné"),
        ("Sacko", "Sow"),
        ("Touré", "Traoré"),
        ("Moussa", "Moustapha"),
        ("Amadou", "Mamadou"),
        ("Mamadou", "Mamoudou"),
        ("Aminata", "Salimata"),
        ("Diallo", "Diakité"),
        ("Hawa", "Awa Diarra"),
        ("Kanté", "Kanouté"),
        ("Sira", "Sara"),
    ],
)
def test_families_and_people_that_differ_stay_apart(one: str, other: str) -> None:
    assert names.classes(one) != names.classes(other)


def test_no_spelling_belongs_to_two_classes() -> None:
    seen: dict[str, str] = {}
    for row in names.rows():
        for word in row["spellings"].split():
            assert seen.setdefault(word, row["class"]) == row["class"], word


def test_every_line_of_the_data_says_where_it_comes_from() -> None:
    rows = list(names.rows())
    assert len(rows) > 90
    for row in rows:
        assert row["kind"] in ("famille", "prenom") and row["common"] in ("", "oui")
        assert row["source"] in ("dictionnaire", "origine", "usage")


def test_titles_and_numbers_are_no_names() -> None:
    assert names.classes("El Hadj Mamadou dit Cheick 12") == names.classes("Mohamed Sékou")


def test_an_apostrophe_parts_nothing() -> None:
    assert names.classes("N’Diaye") == names.classes("Ndiaye")
