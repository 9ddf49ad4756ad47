"""The communes: 129, known by p-code, with parents that depend on the date."""

import datetime

import pytest

from kiosk.places import queries, services
from kiosk.places.models import Certainty
from tests.support.machines import Machine

REFORM = datetime.date(2023, 3, 13)
KIRANE = "ML010706"
FALEME = "ML010105"


@pytest.fixture(autouse=True)
def opened(in_kiosk: object) -> None:
    """Every test here reads Nioro's kiosk."""


def test_there_are_129_communes_in_seven_cercles() -> None:
    assert len(queries.communes()) == 129
    assert len(queries.cercles()) == 7


def test_loading_again_changes_nothing(kiosk: Machine) -> None:
    before = queries.communes(at=REFORM)
    with kiosk.writing():
        assert services.load_communes() == 129
    assert queries.communes(at=REFORM) == before


@pytest.mark.parametrize("words", ["Kirané Kaniaga", "kirane", "kan kir", "ml010706"])
def test_kirane_kaniaga_is_found_with_its_cercle_and_code(words: str) -> None:
    found = queries.communes(words)
    assert [(one.name, one.pcode, one.parents.cercle) for one in found] == [
        ("Kirané Kaniaga", KIRANE, "Yélimané")
    ]


def test_another_spelling_finds_it_too() -> None:
    assert [one.name for one in queries.communes("same diomboma")] == ["Samé Diongoma"]


def test_nothing_answers_to_signs() -> None:
    assert queries.communes("%") == queries.communes("_") == []


def test_before_the_reform_every_parent_is_known() -> None:
    assert all(one.parents.sure for one in queries.communes())
    counts = {name: len(queries.communes(cercle=name)) for name in queries.cercles()}
    assert (counts["Kayes"], counts["Nioro du Sahel"], counts["Yélimané"]) == (28, 16, 12)


def test_since_the_reform_nioro_is_a_region() -> None:
    assert queries.parents_at("ML010610", REFORM - datetime.timedelta(days=1)) == queries.Parents(
        "Kayes", "Nioro du Sahel", Certainty.KNOWN
    )
    assert queries.parents_at("ML010610", REFORM) == queries.Parents("Nioro", "Nioro", Certainty.KNOWN)


def test_the_regions_count_as_the_law_says() -> None:
    regions = [one.parents.region for one in queries.communes(at=REFORM)]
    assert (regions.count("Kayes"), regions.count("Nioro"), regions.count("Kita")) == (65, 31, 33)


def test_a_parent_nobody_confirmed_is_said_to_be_confirmed() -> None:
    found = queries.parents_at(FALEME, REFORM)
    assert found is not None
    assert (found.cercle, found.sure) == (None, False)
    assert str(found.words) == "cercle à confirmer, région de Kayes"


def test_a_doubtful_cercle_carries_its_doubt() -> None:
    found = queries.parents_at("ML010609", REFORM)
    assert found is not None
    assert str(found.words) == "cercle de Nioro (à confirmer), région de Nioro"


def test_every_commune_has_parents_at_every_date() -> None:
    for day in (
        datetime.date(1970, 1, 1),
        REFORM - datetime.timedelta(days=1),
        REFORM,
        datetime.date(2099, 1, 1),
    ):
        assert len(queries.communes(at=day)) == 129


def test_the_choices_begin_with_one_s_own_cercle() -> None:
    groups = queries.commune_choices(KIRANE)
    assert next(iter(groups)) == "Cercle de Yélimané"
    assert (KIRANE, "Kirané Kaniaga") in groups["Cercle de Yélimané"]
    assert sum(map(len, groups.values())) == 129


def test_names_of_a_list_ask_one_statement(statements: object) -> None:
    with statements(1):  # type: ignore[operator]
        assert set(queries.commune_names([KIRANE, FALEME, None, "ML999999"])) == {KIRANE, FALEME}


def test_the_export_gives_the_p_code(kiosk: Machine) -> None:
    answer = kiosk.as_("trainer").get("/communes.csv")
    lines = answer.get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert len(lines) == 130
    assert f"{KIRANE};Kirané Kaniaga;Yélimané;Kayes;Yélimané;Kayes;to_confirm" in lines


def test_the_page_shows_before_and_since(kiosk: Machine) -> None:
    client = kiosk.as_("trainer")
    assert "Cercle de Nioro du Sahel" in client.get("/communes?q=nioro").get_data(as_text=True)
    since = client.get("/communes?q=nioro&decoupage=2023").get_data(as_text=True)
    assert "région de Nioro" in since
    assert "connue qu’en partie" in since


def test_the_whole_list_since_the_reform_opens(kiosk: Machine) -> None:
    page = kiosk.as_("trainer").get("/communes?decoupage=2023").get_data(as_text=True)
    assert "Cercle à confirmer" in page
    assert page.index("Cercle de Nioro") < page.index("Cercle à confirmer")


def test_a_name_that_two_communes_share_comes_with_its_cercle() -> None:
    def place(pcode: str, name: str, cercle: str | None) -> queries.Place:
        return queries.Place(pcode, name, queries.Parents("Kayes", cercle, Certainty.KNOWN))

    alone, here, there = (
        place("ML1", "Sandaré", "Nioro"),
        place("ML2", "Diafounou", "Yélimané"),
        place("ML3", "Diafounou", "Kayes"),
    )
    assert queries.told([alone, here, there]) == {
        "ML1": "Sandaré",
        "ML2": "Diafounou (Yélimané)",
        "ML3": "Diafounou (Kayes)",
    }
    twins = queries.told([here, place("ML4", "Diafounou", "Yélimané"), place("ML5", "Diafounou", None)])
    assert list(twins.values()) == ["Diafounou (ML2)", "Diafounou (ML4)", "Diafounou (ML5)"]
