"""Markdown: one renderer for every room, whatever is typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.language.markdown import plain, render

ALLOWED = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "del", "code", "pre", "blockquote",
    "a", "br", "hr", "table", "thead", "tbody", "tr", "th", "td", "span", "div",
}  # fmt: skip


@given(st.text(max_size=300), st.booleans())
def test_only_known_tags_come_out_with_an_address_or_a_language_at_most(typed: str, breaks: bool) -> None:
    for tag, attributes in re.findall(r"<(\w+)([^>]*)>", render(typed, breaks)):
        assert tag in ALLOWED
        assert set(re.findall(r'([\w-]+)="', attributes)) <= {"href", "rel", "lang", "class"}


def test_a_picture_is_its_words_and_loads_nothing() -> None:
    assert render("![le puits](http://ailleurs.example/x.png)") == "<p>le puits</p>\n"


def test_a_word_of_another_language_carries_it_everywhere() -> None:
    assert render("un [gafe <b>]{bm}", breaks=True) == '<p>un <span lang="bm">gafe &lt;b&gt;</span></p>\n'


def test_a_line_breaks_only_where_lines_are_kept() -> None:
    assert "<br>" not in render("un\ndeux")
    assert "un<br>" in render("un\ndeux", breaks=True)


def test_a_table_scrolls_in_its_own_box() -> None:
    made = render("| a | b |\n|---|---|\n| 1 | 2 |")
    assert made.startswith('<div class="table"><table>') and made.rstrip().endswith("</table></div>")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//ailleurs.example", "ftp://x.ml"]
)
def test_an_address_that_leads_astray_is_only_its_words(address: str) -> None:
    assert render(f"[ici]({address})") == "<p>ici</p>\n"


def test_plain_words_keep_no_mark() -> None:
    assert plain("## Riz & **huile**\n\nau [gafe]{bm}") == "Riz & huile au gafe"
