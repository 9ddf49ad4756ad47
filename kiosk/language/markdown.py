"""Markdown in, safe markup out: one renderer and one allow-list for every text somebody types.

Raw HTML is shown as typed, never obeyed; pictures become their words. Titles
start under the page's own and skip no level. A word of another language is
written `[gafe]{bm}` and carries its `lang`. The libraries are loaded with the
first text that is shown: a machine that starts does not pay for them.
"""

import re
from functools import cache
from html import unescape
from typing import Any

from kiosk.language.messages import Html

_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "del", "code", "pre", "blockquote",
    "a", "br", "hr", "table", "thead", "tbody", "tr", "th", "td", "span",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "span": {"lang"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_LOWEST_HEADING = 4
_OPENING = re.compile(r"<h([1-6])>")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
_SPOKEN = r"\[(?P<said>[^\[\]\n]{1,200})\]\{(?P<code>[a-z]{2,3})\}"


def render(text: str, breaks: bool = False) -> Html:
    """Return `text` as HTML that is safe to show; with `breaks` a new line stays a new line.

    Tables stand in a box of their own, that scrolls on a phone.
    """
    import nh3

    clean = nh3.clean(
        _lowered(_made(text, breaks)),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )
    return Html(clean.replace("<table>", '<div class="table"><table>').replace("</table>", "</table></div>"))


def plain(text: str) -> str:
    """Return the words of `text` in one line, without any mark."""
    import nh3

    return unescape(" ".join(nh3.clean(_made(text, breaks=True), tags=set()).split()))


def _made(text: str, breaks: bool) -> str:
    return str(_markdown(breaks)(text))


@cache
def _markdown(breaks: bool) -> Any:
    import mistune

    class Careful(mistune.HTMLRenderer):
        """Pictures as their words, and only addresses that lead somewhere."""

        def image(self, text: str, url: str, title: str | None = None) -> str:
            return text

        def link(self, text: str, url: str, title: str | None = None) -> str:
            return super().link(text, url, title) if _ADDRESS.match(url) else text

    plugins: list[Any] = ["strikethrough", "table", "url", _spoken]
    return mistune.create_markdown(renderer=Careful(escape=True), hard_wrap=breaks, plugins=plugins)


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


def _lowered(html: str) -> str:
    """Number the titles from 2 on, in the order of their levels, without skipping one."""
    ranks = {level: rank for rank, level in enumerate(sorted(set(_OPENING.findall(html))), 2)}
    last = 1

    def lower(found: re.Match[str]) -> str:
        nonlocal last
        if not found[1]:
            last = min(ranks[found[2]], last + 1, _LOWEST_HEADING)
        return f"<{found[1]}h{last}>"

    return _HEADING.sub(lower, html)
