"""The registry: rows are data, and no choice from the network can break a page."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.language import choose, get, languages, published, registry

HEADER = "code,html_lang,babel_locale,name,published,plural\n"
FRENCH = "fr,fr,fr,Français,oui,nplurals=2; plural=(n > 1);\n"
GARBAGE = ["", "snk", "fr-ML", "../", "favicon", "bm\x00", "é" * 9000, "fr@snk", "FR", "None"]


def test_french_and_bambara_are_offered_and_the_pseudo_language_is_not() -> None:
    assert [language.code for language in published()] == ["fr", "bm"]
    assert get("pseudo") is not None


def test_each_language_is_written_in_itself() -> None:
    assert [language.name for language in published()] == ["Français", "Bamanankan"]


@pytest.mark.parametrize("value", GARBAGE)
def test_a_garbage_choice_gives_french(value: str) -> None:
    assert choose(value, value).code == "fr"


@given(st.text(), st.text())
def test_whatever_the_network_sends_the_result_is_a_row_of_the_registry(one: str, two: str) -> None:
    assert choose(one, two) in languages()


@given(st.lists(st.sampled_from(["fr", "bm", ";", "q=", "0.8", "1e9", "-", ",", "*", "nan"])))
def test_a_mangled_header_never_raises(parts: list[str]) -> None:
    assert choose(None, "".join(parts)) in published()


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("bm", "bm"),
        ("bm-ML,fr;q=0.9", "bm"),
        ("fr-ML,fr;q=0.9,bm;q=0.5", "fr"),
        ("en-US,bm;q=0.4", "bm"),
        ("fr;q=0.2,bm;q=0.9", "bm"),
        ("bm;q=0", "fr"),
        ("en", "fr"),
        ("*", "fr"),
    ],
)
def test_the_browser_is_heard_when_nobody_chose(header: str, code: str) -> None:
    assert choose(None, header).code == code


def test_an_explicit_choice_beats_the_browser() -> None:
    assert choose("bm", "fr-FR,fr;q=0.9").code == "bm"


def test_a_hidden_language_is_reached_by_its_code_only() -> None:
    assert choose("pseudo", None).code == "pseudo"
    assert choose(None, "fr-x-pseudo").code == "fr"


def test_soninke_is_one_row_without_code(tmp_path: Path) -> None:
    rows = "snk,snk,fr@snk,Sooninkanxanne,oui,nplurals=2; plural=(n > 1);\n"
    (tmp_path / "languages.csv").write_text(HEADER + FRENCH + rows, encoding="utf-8")
    soninke = registry.read(tmp_path / "languages.csv")[1]
    assert soninke.html_lang == "snk"
    assert soninke.locale.days["format"]["wide"][0] == "lundi"


@pytest.mark.parametrize("row", ["snk,snk,snk,x,oui,p\n", "snk,snk,../x,x,oui,p\n", "snk\n"])
def test_an_unusable_row_is_named_at_start(tmp_path: Path, row: str) -> None:
    (tmp_path / "languages.csv").write_text(HEADER + FRENCH + row, encoding="utf-8")
    with pytest.raises(ValueError, match="snk"):
        registry.read(tmp_path / "languages.csv")


def test_a_registry_without_french_is_refused(tmp_path: Path) -> None:
    (tmp_path / "languages.csv").write_text(HEADER, encoding="utf-8")
    with pytest.raises(ValueError, match="fr"):
        registry.read(tmp_path / "languages.csv")
