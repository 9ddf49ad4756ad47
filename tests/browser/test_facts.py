"""A link among facts: easy to touch, and clear of the lines above and below it however long it is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CSS = Path(__file__).parents[2] / "static" / "css"
LONG = "Union des associations de femmes rurales du cercle de Nioro du Sahel"
MEASURED = """row => {
  const line = row.getBoundingClientRect(), words = document.createRange(), link = row.querySelector('a');
  words.selectNodeContents(link.firstChild);
  const text = words.getBoundingClientRect();
  return [text.top - line.top, line.bottom - text.bottom, link.getBoundingClientRect().height];
}"""


@pytest.mark.parametrize("words", ["76 12 34 56", LONG])
def test_a_link_among_facts_touches_no_border_and_is_48_px_high(
    open_page: Callable[..., "Page"], words: str
) -> None:
    page = open_page("phone")
    row = f'<div><dt>Organisation</dt><dd><a href="#">{words}</a></dd></div>'
    sheets = "".join((CSS / f"{name}.css").read_text() for name in ("tokens", "base", "components"))
    page.set_content(f"<style>{sheets}</style><main><dl class='facts'>{row}{row}</dl></main>")
    for one in page.query_selector_all(".facts > div"):
        above, below, height = one.evaluate(MEASURED)
        assert above >= 8 and below >= 8 and height >= 47
