"""Sentences: lazy, in the reader's language, and never the cause of a broken page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from kiosk.language import (
    Html,
    catalogue,
    current,
    get,
    is_translated,
    messages,
    msg,
    nmsg,
    ntr,
    switch,
    tr,
    use,
)

Compile = Callable[[str, dict[str, str]], None]


@pytest.fixture
def compiled(tmp_path: Path) -> Iterator[Compile]:
    """Put a small catalogue in front of the shelf for one test."""

    def write(locale: str, words: dict[str, str]) -> None:
        book = Catalog(locale="fr")
        for msgid, text in words.items():
            book.add(msgid, text)
        target = tmp_path / locale / "LC_MESSAGES"
        target.mkdir(parents=True)
        with (target / "messages.mo").open("wb") as file:
            write_mo(file, book)

    messages.folders.append(tmp_path)
    yield write
    messages.folders.remove(tmp_path)
    messages._catalogue.cache_clear()
    messages._alone.cache_clear()


def test_a_sentence_speaks_the_language_of_the_moment_it_is_read(compiled: Compile) -> None:
    compiled("bm", {"Bonjour %(name)s": "[bm] %(name)s"})
    hello = msg("Bonjour %(name)s", name="Awa")
    assert str(hello) == "Bonjour Awa"
    with use("bm"):
        assert str(hello) == "[bm] Awa"
    assert str(hello) == "Bonjour Awa"


def test_a_missing_sentence_falls_back_to_french() -> None:
    with use("bm"):
        assert str(msg("Phrase jamais traduite")) == "Phrase jamais traduite"


@pytest.mark.parametrize(("n", "said"), [(0, "0 place"), (1, "1 place"), (2, "2 places")])
def test_zero_is_singular_in_french_and_in_a_french_remainder(n: int, said: str) -> None:
    for code in ("fr", "bm"):
        with use(code):
            assert str(nmsg("%(n)s place", "%(n)s places", n)) == said


def test_a_count_inside_a_sentence_follows_french_groups() -> None:
    assert str(nmsg("%(n)s place", "%(n)s places", 12500)) == "12\u202f500 places"


def test_a_percent_sign_is_written_twice_and_shown_once() -> None:
    assert str(msg("63 %% de femmes")) == "63 % de femmes"


def test_a_broken_placeholder_in_a_translation_shows_french(compiled: Compile) -> None:
    compiled("bm", {"Bonjour %(name)s": "[bm] %(nom)s"})
    with use("bm"):
        assert str(msg("Bonjour %(name)s", name="Awa")) == "Bonjour Awa"


def test_a_sentence_with_no_value_for_its_placeholder_is_still_shown() -> None:
    assert str(msg("Bonjour %(name)s")) == "Bonjour %(name)s"


def test_a_sentence_inside_a_sentence_is_translated_too(compiled: Compile) -> None:
    compiled("bm", {"livre": "gafe", "un %(kind)s": "%(kind)s"})
    with use("bm"):
        assert str(msg("un %(kind)s", kind=msg("livre"))) == "gafe"


def test_a_french_remainder_is_marked_on_a_bambara_page(compiled: Compile) -> None:
    compiled("bm", {"Aide": "Dɛmɛ"})
    with use("bm"):
        assert tr("Aide") == "Dɛmɛ"
        assert tr("Mes cours") == '<span lang="fr">Mes cours</span>'
        assert ntr("%(n)s place", "%(n)s places", 2) == '<span lang="fr">2 places</span>'
    assert tr("Mes cours") == "Mes cours"


def test_marked_text_is_safe_markup_and_its_values_are_escaped() -> None:
    shown = tr("Bonjour %(name)s", name="<script>")
    assert isinstance(shown, Html)
    assert shown == "Bonjour &lt;script&gt;"
    assert tr("a < b & c") == "a &lt; b &amp; c"
    assert tr("Ouvrir %(link)s", link=Html("<a>x</a>")) == "Ouvrir <a>x</a>"


def test_a_page_knows_which_sentences_it_can_say(compiled: Compile) -> None:
    compiled("bm", {"Aide": "Dɛmɛ", "Mali": "Mali"})
    assert is_translated("Mes cours")
    with use("bm"):
        assert is_translated("Aide")
        assert is_translated(msg("Mali"))
        assert not is_translated("Mes cours")


def test_an_unknown_language_is_french() -> None:
    with use("../etc"):
        assert current().code == "fr"


def test_the_language_is_switched_and_given_back() -> None:
    switch("bm")
    assert current().code == "bm"
    switch(None)
    assert current().code == "fr"


def test_the_catalogue_of_templates_is_the_same_and_ends_in_french() -> None:
    bambara = catalogue(get("bm"))
    assert bambara.ngettext("%(n)s place", "%(n)s places", 0) == "%(n)s place"
    assert catalogue(get("pseudo")).gettext("Aide") == "Aide"


def test_equal_sentences_are_equal_and_can_be_keys() -> None:
    assert msg("Aide") == msg("Aide")
    assert len({msg("Aide"), msg("Aide")}) == 1
    assert msg("Bonjour %(name)s", name="Awa") != msg("Bonjour %(name)s", name="Sira")
