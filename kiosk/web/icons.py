"""Icons and small drawings of the interface.

A page holds only the symbols it uses: the macro ``ui.icon`` notes each name
while the page is drawn and the layout prints those symbols at its end.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask, g
from markupsafe import Markup

_SOURCE = Path(__file__).parent / "templates" / "web" / "icons.svg"
_SYMBOL = re.compile(r'<symbol id="i-([a-z]+)".*?</symbol>', re.DOTALL)


@cache
def symbols() -> dict[str, str]:
    """Every drawn icon: name to its ``<symbol>`` element."""
    return {found[1]: found[0] for found in _SYMBOL.finditer(_SOURCE.read_text("utf-8"))}


def use_icon(name: str) -> str:
    """Note that this page needs an icon and give its name back.

    An unknown name is a mistake in a template: ``KeyError`` says which.
    """
    if name not in symbols():
        raise KeyError(f"no icon named {name!r}")
    noted: dict[str, bool] | None = g.get("icons")
    if noted is None:
        noted = g.icons = {}
    noted[name] = True
    return name


def use_icons(names: tuple[str, ...]) -> None:
    """Note the icons of a part that was drawn before."""
    g.setdefault("icons", {}).update(dict.fromkeys(names, True))


def icon_symbols() -> Markup:
    """The symbols noted while this page was drawn, ready to print once."""
    return _drawn(tuple(g.get("icons", ())))


@lru_cache(maxsize=100)
def _drawn(names: tuple[str, ...]) -> Markup:
    known = symbols()
    return Markup("".join(known[name] for name in names))  # noqa: S704 - our own drawings


@lru_cache(maxsize=1000)
def initials(name: str) -> str:
    """Two letters for the circle that stands for a person.

    >>> initials("Kadidia Sacko"), initials("Awa")
    ('KS', 'A')
    """
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isalpha()]
    ends = words[:1] + words[1:][-1:]
    return unicodedata.normalize("NFC", "".join(word[0] for word in ends)).upper()


def alternate(key: object) -> bool:
    """Which of two grounds a person's circle takes: from the number, never the sex."""
    return sum(str(key).encode()) % 2 == 1


def register(app: Flask) -> None:
    """Give templates their icons and circles."""
    app.jinja_env.globals.update(
        use_icon=use_icon, icon_symbols=icon_symbols, initials=initials, alternate=alternate
    )
