"""Catalogues: fresh, French filled, Bambara attested word for word."""

import ast
import csv
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from kiosk.language import get
from kiosk.language.registry import Language
from tests.translations import coverage, lint
from tests.translations.books import compiled, folder, french, is_said, sentences, singular, spoken
from tests.translations.pseudo import pseudo
from tests.translations.sources import ROOT, SHELF, empty, extracted
from tests.translations.words import attested, gaps_path, rows, word_for

FIX = "run: python -m tests.translations"
FORBIDDEN = {
    "format_decimal", "format_currency", "format_percent", "format_timedelta", "format_unit",
    "format_compact_decimal", "parse_decimal", "parse_number", "parse_date", "format_date",
    "format_datetime", "format_time", "format_list", "format_number",
}  # fmt: skip


def language(code: str) -> Language:
    found = get(code)
    assert found
    return found


def book(code: str) -> Catalog:
    with (folder(language(code)) / "messages.po").open("rb") as file:
        return read_po(file)


def ids(catalogue: Catalog) -> list[str]:
    return [singular(sentence) for sentence in sentences(catalogue)]


@pytest.fixture(scope="module")
def template() -> Catalog:
    return extracted()


@pytest.mark.parametrize("code", ["fr", "bm"])
def test_catalogues_hold_exactly_what_the_program_says(code: str, template: Catalog) -> None:
    assert ids(book(code)) == ids(template), FIX


@pytest.mark.parametrize("code", ["fr", "bm"])
def test_compiled_catalogues_are_fresh(code: str) -> None:
    kept = read_mo(BytesIO((folder(language(code)) / "messages.mo").read_bytes()))
    fresh = read_mo(BytesIO(compiled(book(code), language(code).plural)))
    assert [(m.id, m.string) for m in sentences(kept)] == [(m.id, m.string) for m in sentences(fresh)], FIX


@pytest.mark.parametrize("code", ["fr", "bm"])
def test_plural_rules_are_those_of_the_registry(code: str) -> None:
    assert f"Plural-Forms: {language(code).plural}" in (
        (folder(language(code)) / "messages.po").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("code", ["fr", "bm"])
def test_no_translation_is_a_guess(code: str) -> None:
    assert not [singular(sentence) for sentence in sentences(book(code)) if sentence.fuzzy]


def test_french_is_complete_and_is_its_own_translation() -> None:
    assert all(is_said(sentence) for sentence in sentences(book("fr")))
    assert all(singular(s) in lint.forms(s) for s in sentences(book("fr")))


@pytest.mark.parametrize("code", ["fr", "bm"])
def test_placeholders_survive_translation(code: str) -> None:
    assert not lint.wrong_placeholders(book(code))


def test_every_bambara_string_comes_from_a_named_source() -> None:
    words = attested("bm")
    for sentence in filter(is_said, sentences(book("bm"))):
        word = word_for(words, singular(sentence))
        assert word and word.source, singular(sentence)
        assert set(lint.forms(sentence)) == {word.text}


def test_bambara_is_written_by_the_rules() -> None:
    assert not lint.wrong_bambara(book("bm"))


@pytest.mark.parametrize("text", ["Лini", "A mara ", "nyini", "kɔ̀rɔ", "K'an bɛn", "ʃi", "kan" * 40])
def test_the_lint_finds_what_it_looks_for(text: str) -> None:
    assert lint.faults(text, "Rechercher")


def test_a_lost_placeholder_is_found() -> None:
    broken = empty("bm")
    broken.add("Bonjour %(name)s", "I ni ce %(nom)s")
    assert lint.wrong_placeholders(broken)


def test_the_glossary_holds_only_words_with_a_source() -> None:
    for row in rows(SHELF / "glossary.csv"):
        assert row["bm"] and row["source"], row["msgid_fr"]
        assert row["confidence"] in {"high", "medium"}, row["msgid_fr"]


def test_what_bambara_lacks_is_on_the_list_for_speakers() -> None:
    unsaid = {singular(sentence) for sentence in sentences(book("bm")) if not is_said(sentence)}
    assert unsaid <= {row["francais"] for row in rows(gaps_path("bm"))}, FIX


def test_a_word_read_again_by_a_speaker_enters_the_catalogue(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tests.translations.words.SHELF", tmp_path)
    with (tmp_path / "a-traduire-bm.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(["francais", "pluriel", "ou", "traduction", "relu_par", "le"])
        out.writerow(["Mes cours", "", "", "Mot du locuteur", "A. Diarra", "2026-12-01"])
        out.writerow(["Votre avis", "", "", "Mot sans nom", "", ""])
    template = empty()
    for msgid in ("Mes cours", "Votre avis"):
        template.add(msgid)
    said = {singular(s): s.string for s in sentences(spoken(template, language("bm")))}
    assert said == {"Mes cours": "Mot du locuteur", "Votre avis": ""}
    kept = coverage.gaps(spoken(template, language("bm")), "bm")
    assert [row["traduction"] for row in kept] == ["Mot du locuteur", "Mot sans nom"]


def test_a_plural_without_a_word_stays_out_of_the_compiled_book() -> None:
    template = empty()
    template.add(("%(n)s place", "%(n)s places"))
    made = read_mo(BytesIO(compiled(spoken(template, language("bm")), language("bm").plural)))
    assert not sentences(made)
    filled = sentences(french(template))[0]
    assert filled.string == ("%(n)s place", "%(n)s places")


def test_the_pseudo_language_keeps_placeholders_and_tags() -> None:
    said = pseudo("Bonjour <b>%(name)s</b>, 5 %% &amp; plus")
    for part in ("<b>", "%(name)s", "</b>", "%%", "&amp;"):
        assert part in said
    assert said.startswith("⟦") and said.endswith("⟧")


def test_only_the_language_room_formats_or_parses_figures_and_dates() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "kiosk").rglob("*.py")
        if path.parent.name != "language"
        for name in babel_names(path)
        if name in FORBIDDEN
    ]
    assert not wrong, "use kiosk.language.fmt:\n" + "\n".join(wrong)


def babel_names(path: Path) -> list[str]:
    """Names a file imports from Babel or Flask-Babel."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"babel", "flask_babel"}
        for alias in node.names
    ]


def test_coverage_is_counted_per_screen(capsys: pytest.CaptureFixture[str]) -> None:
    for screen, (said, every) in coverage.by_screen(book("bm")).items():
        print(f"{said:3d} / {every:3d}  {screen}")
        assert 0 <= said <= every
    assert "/" in capsys.readouterr().out
