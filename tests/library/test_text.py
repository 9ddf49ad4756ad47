"""The text of a material: Markdown, made safe, with its languages kept apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.library import text


def test_titles_start_under_the_page_s_own() -> None:
    assert text.render("# Un\n\n## Deux") == "<h2>Un</h2>\n<h3>Deux</h3>\n"


def test_a_word_of_another_language_carries_it() -> None:
    assert '<span lang="bm">gafe &lt;b&gt;</span>' in text.render("un [gafe <b>]{bm}")


def test_a_table_scrolls_in_its_own_box() -> None:
    assert '<div class="table"><table>' in text.render("| a | b |\n|---|---|\n| 1 | 2 |")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "du texte <script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,y)",
        "![x](http://ailleurs/x.png)",
        '<span lang="bm" onclick=x>',
        "[a]{bm onclick=x}",
    ],
)
def test_nothing_typed_becomes_code_or_calls_another_host(hostile: str) -> None:
    opened = re.findall(r"<(\w+)([^>]*)>", text.render(hostile))
    assert {tag for tag, _ in opened} <= {"p", "a", "span"}
    for _, attributes in opened:
        assert not re.search(r"javascript:|data:|onclick|onerror|src=", attributes)


@given(st.text(max_size=300))
def test_any_text_gives_a_page(typed: str) -> None:
    made = text.render(typed)
    assert "<script" not in made.lower()
    assert text.pages(typed) >= 1
