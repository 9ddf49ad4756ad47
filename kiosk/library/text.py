"""The text of a material: Markdown in, safe markup out.

Raw HTML is shown as typed, never obeyed. Titles start under the page's own.
A word of another language is written `[gafe]{bm}` and carries its `lang`.
"""

import re
from functools import cache
from typing import Any

from kiosk.language import Html

_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote",
    "a", "br", "hr", "table", "thead", "tbody", "tr", "th", "td", "span", "del",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "span": {"lang"}}
_SPOKEN = r"\[(?P<said>[^\[\]\n]{1,200})\]\{(?P<code>[a-z]{2,3})\}"
_WORDS_A_PAGE = 250


def render(markdown: str) -> Html:
    """The markup of a body. Tables stand in a box of their own, that scrolls on a phone."""
    import nh3

    made = str(_markdown()(markdown))
    clean = nh3.clean(
        made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"}
    )
    return Html(clean.replace("<table>", '<div class="table"><table>').replace("</table>", "</table></div>"))


def pages(markdown: str) -> int:
    """About how many pages a text makes, one at least."""
    return max(1, round(len(re.findall(r"\w+", markdown)) / _WORDS_A_PAGE))


@cache
def _markdown() -> Any:
    import mistune

    class Body(mistune.HTMLRenderer):
        """Pushes titles one level down: the page has its own first title."""

        def heading(self, text: str, level: int, **attrs: Any) -> str:
            return super().heading(text, min(level + 1, 4))

    renderer = Body(escape=True)
    plugins: list[Any] = ["table", _spoken]
    return mistune.create_markdown(renderer=renderer, plugins=plugins)


def _spoken(markdown: Any) -> None:
    """The plugin that reads `[gafe]{bm}`."""
    markdown.inline.register("spoken", _SPOKEN, _read_spoken, before="link")
    markdown.renderer.register("spoken", _say_spoken)


def _read_spoken(_inline: Any, found: re.Match[str], state: Any) -> int:
    state.append_token({"type": "spoken", "raw": found["said"], "attrs": {"code": found["code"]}})
    return found.end()


def _say_spoken(_renderer: Any, text: str, code: str) -> str:
    import mistune

    return f'<span lang="{code}">{mistune.escape(text)}</span>'
