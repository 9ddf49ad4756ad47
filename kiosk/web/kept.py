"""Parts of a page drawn once between two commits and kept, with the icons they need.

A menu, a panel of filters: between two writes they say the same to everybody
whom `key` tells apart, and drawing them costs more than the rest of the page.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from flask import g, get_template_attribute, request
from markupsafe import Markup

from kiosk import language
from kiosk.web.icons import use_icons
from kiosk.web.steady import steady

Drawn = tuple[str, tuple[str, ...]]
"""Markup, and the names of the icons in it."""


def part(key: Hashable, template: str, macro: str, told: Callable[[], Sequence[Any]]) -> Markup:
    """Return what a macro draws from `told()`, from memory where nothing was committed since.

    The language and the mount point are part of the key; whatever else the macro
    asks of the reader must be in `key`. No token of a form may be drawn in it.
    """
    page = (language.current().code, request.script_root)
    return shown(steady(("part", template, macro, key, page), lambda: draw(template, macro, *told())))


def draw(template: str, macro: str, *told: Any) -> Drawn:
    """Return a macro's markup and the icons in it; the page's own icons stay as they were."""
    before, g.icons = g.get("icons", {}), {}
    try:
        drawn = str(get_template_attribute(template, macro)(*told))
        return drawn, tuple(g.icons)
    finally:
        g.icons = before


def shown(drawn: Drawn) -> Markup:
    """Return the markup for this page, whose icons the layout will print."""
    markup, icons = drawn
    use_icons(icons)
    return Markup(markup)  # noqa: S704 - drawn by our own macros
