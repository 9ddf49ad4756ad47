"""The pieces a list draws thirty times a page, as functions: a macro costs four times more.

They say what the macros of `web/ui` would; templates reach them as `ui.icon`,
`ui.chip`, `ui.thing`, `ui.pill`, `ui.btn`, `ui.when` and `ui.row`. Everything given is
escaped unless it is markup already.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from kiosk.language import Html, tr
from kiosk.language.formats import number
from kiosk.web.icons import alternate, initials, use_icon
from kiosk.web.navigation import NavLine

_LINES = 200
_LINE_END = Markup("</a>")
_USUAL = {"ok": "check", "wait": "clock", "bad": "warn", "info": "info", "calm": "clock"}
Caller = Callable[[], Any] | None


def _fill(shape: str, *parts: object) -> Markup:
    """Put the parts into a shape of ours; `escape` keeps whatever says it is markup."""
    return Markup(shape).format(*map(escape, parts))  # noqa: S704 - the shapes are written here


def _safe(value: object) -> Markup:
    """Escape what is not markup already, without asking markup what it is."""
    return value if type(value) is Markup else escape(value)


def icon(name: str, size: str = "", label: object = None) -> Markup:
    """Draw an icon: size "" 24, "s" 18, "l" 36; a label only where no word stands beside."""
    return _icon(use_icon(name), size, str(label) if label else "")


@cache
def _icon(name: str, size: str, label: str) -> Markup:
    look = f"i i-{size}" if size else "i"
    said = _fill('role="img" aria-label="{}"', label) if label else Markup('aria-hidden="true"')
    return _fill('<svg class="{}" {}><use href="#i-{}"/></svg>', look, said, name)


def chip(name: str, number: object = "", big: bool = False, photo: str | None = None) -> Markup:
    """Draw a person: two initials in a circle, or her picture."""
    look = " big" if big else ""
    if photo:
        return _fill('<img class="chip{}" src="{}" alt="" width="64" height="64">', look, photo)
    ground = " alt" if alternate(number or name) else ""
    return _chip(f"chip{ground}{look}", initials(name))


@cache
def _chip(look: str, letters: str) -> Markup:
    return _fill('<span class="{}" aria-hidden="true">{}</span>', look, letters)


def thing(icon: str, tone: str = "", small: bool = False) -> Markup:
    """Draw a thing: an icon in a square."""
    return _thing(use_icon(icon), tone, small)


@cache
def _thing(name: str, tone: str, small: bool) -> Markup:
    look = " ".join(filter(None, ("thing", tone, "small" if small else "")))
    drawn = _icon(name, "" if small else "l", "")
    return _fill('<span class="{}" aria-hidden="true">{}</span>', look, drawn)


def pill(state: str, word: object, icon: str | None = None) -> Markup:
    """Say a state: a word, an icon and a colour."""
    drawn = _icon(use_icon(icon or _USUAL[state]), "s", "")
    return _fill('<span class="pill {}">{}{}</span>', state, drawn, word)


def btn(
    text: object,
    url: str | None = None,
    kind: str = "",
    icon: str | None = None,
    wide: bool = False,
    big: bool = False,
    name: str | None = None,
    value: object = None,
    form: str | None = None,
    type: str = "submit",
) -> Markup:
    """Draw a button: a link with an address, else a button of a form."""
    look = f"btn{' ' if kind else ''}{kind}{' wide' if wide else ''}{' big' if big else ''}"
    inside = f"{_icon(use_icon(icon), '', '') if icon else ''}{_safe(text)}"
    if url:
        return Markup(f'<a class="{_safe(look)}" href="{_safe(url)}">{inside}</a>')  # noqa: S704 - escaped
    said = {"type": type, "name": name or None, "value": value, "form": form or None}
    told = "".join(f' {word}="{_safe(known)}"' for word, known in said.items() if known is not None)
    return Markup(f'<button class="{_safe(look)}"{told}>{inside}</button>')  # noqa: S704 - escaped


def when(top: object, big: object, low: object = "", tone: str = "") -> Markup:
    """Draw a date or an hour in a square."""
    above = _fill("<small>{}</small>", top) if top else ""
    below = _fill("<small>{}</small>", low) if low else ""
    look = f"when {tone}" if tone else "when"
    return _fill('<span class="{}">{}<span>{}</span>{}</span>', look, above, big, below)


def row(
    name: object,
    meta: object = "",
    url: str | None = None,
    lead: object = None,
    trail: object = None,
    lang: str | None = None,
    side: bool = False,
    caller: Caller = None,
) -> Markup:
    """Draw a line of a list: what leads it, its name, what is said of it, what ends it."""
    spoken = f' lang="{_safe(lang)}"' if lang else ""
    opening, closing = (
        (f'<a class="main-col" href="{_safe(url)}"{spoken}>', "</a>")
        if url
        else (f'<div class="main-col"{spoken}>', "</div>")
    )
    parts = [
        '<li class="row side">' if side else '<li class="row">',
        f'<span class="lead">{_safe(lead)}</span>' if lead else "",
        f"{opening}<b>{_safe(name)}</b>",
        f"<small>{_safe(meta)}</small>" if meta else "",
        _safe(caller()) if caller else "",
        closing,
        _end(url, trail),
        "</li>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every part was escaped above


def _end(url: str | None, trail: object) -> str:
    if trail:
        return f'<div class="trail">{_safe(trail)}</div>'
    return _icon(use_icon("next"), "", "") if url else ""


def menu_line(item: NavLine, look: str = "it", ahead: object = "") -> Markup:
    """Draw a line of a menu: its icon, its word, and how many wait (`ahead` says it aloud)."""
    drawn = _menu_line(use_icon(item.icon), item.url, tr(item.label), look, item.current)
    if not item.badge:
        return drawn + _LINE_END
    count = _fill('<span class="n"><span class="sr">{}\u00a0: </span>{}</span>', ahead, number(item.badge))
    return drawn + count + _LINE_END


@lru_cache(maxsize=_LINES)
def _menu_line(name: str, url: str, word: Html, look: str, current: bool) -> Markup:
    here = Markup(' aria-current="page"') if current else ""
    shape = '<a class="{}{}" href="{}"{}>{}<span>{}</span>'
    return _fill(shape, look, " on" if current else "", url, here, _icon(name, "", ""), word)


def register(app: Flask) -> None:
    """Give the macros' files their functions."""
    app.jinja_env.globals["pieces"] = SimpleNamespace(
        icon=icon, chip=chip, thing=thing, pill=pill, btn=btn, when=when, row=row, menu_line=menu_line
    )
