"""A text's fingerprint, address and safe rendering."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.posts.text import Text, count_words, excerpt, fingerprint, render, slug

UID = uuid.UUID("01940000-0000-7000-8000-0000003f9a1c")


def test_the_same_text_has_the_same_fingerprint_whatever_its_line_ends(market: Callable[..., Text]) -> None:
    assert fingerprint(market(body="un\r\ndeux  \r\n")) == fingerprint(market(body="un\ndeux"))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Autre"},
        {"standfirst": "Autre"},
        {"body": "Autre"},
        {"place": "Kayes"},
        {"author_name": "Autre"},
        {"ngo_name": "Autre"},
        {"event_date": datetime.date(2026, 11, 20)},
        {"event_date": None},
    ],
)
def test_any_word_a_reader_sees_changes_the_fingerprint(market: Callable[..., Text], change: dict) -> None:
    assert fingerprint(market(**change)) != fingerprint(market())


def test_an_address_is_plain_words_and_the_end_of_the_id() -> None:
    assert slug("À l’école : « Ɲɔgɔndɛmɛ » !", UID) == "a-l-ecole-nyogondeme-3f9a1c"


def test_an_address_is_short_and_cut_between_words() -> None:
    found = slug("mot " * 40, UID)
    assert len(found) <= 67
    assert found.endswith("-mot-3f9a1c")


def test_a_title_without_letters_still_has_an_address() -> None:
    assert slug("!!!", UID) == "3f9a1c"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[lien](javascript:alert(1))",
        "![photo](http://ailleurs.example/x.png)",
        "<iframe src='http://ailleurs.example'></iframe>",
        "<a href='data:text/html,x' onclick='x()'>x</a>",
        '<style>body{display:none}</style><b style="x">',
    ],
)
def test_nothing_a_writer_types_becomes_a_script_or_loads_another_host(hostile: str) -> None:
    html = render(hostile)
    for forbidden in ("<script", "<img", "<iframe", "<style", "<a href='data", "javascript:", 'href="data'):
        assert forbidden not in html


@given(st.text(max_size=400))
def test_any_text_renders_without_scripts_handlers_or_pictures(body: str) -> None:
    html = render(body)
    assert "<script" not in html
    assert "<img" not in html


def test_headings_start_below_the_title_and_skip_no_level() -> None:
    html = render("### Petit\n\n# Grand\n\n##### Fin")
    assert [tag for tag in ("<h2>", "<h3>", "<h4>", "<h1>") if tag in html] == ["<h2>", "<h3>"]
    assert html.startswith("<h2>Petit")


def test_marks_of_emphasis_lists_and_links_are_kept() -> None:
    html = render("**gras** *penché*\n\n- un\n- deux\n\n[la page](https://exemple.ml)")
    assert "<strong>gras</strong> <em>penché</em>" in html
    assert "<li>un</li>" in html
    assert 'href="https://exemple.ml"' in html
    assert "nofollow" in html


def test_a_new_line_stays_a_new_line() -> None:
    assert "un<br>" in render("un\ndeux")


def test_words_are_counted_without_their_marks() -> None:
    assert count_words("**L’eau** arrive -- à Nioro du Sahel.") == 6


def test_an_excerpt_is_plain_words_cut_between_two() -> None:
    assert excerpt("## Riz & **huile**\n\nau <b>marché</b>") == "Riz & huile au <b>marché</b>"
    assert excerpt("mot " * 100, 10) == "mot mot…"
