"""What the frame around every page shows: where we are, who is here, menus, languages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request
from sqlalchemy.exc import DBAPIError
from werkzeug.local import LocalProxy

from kiosk import language
from kiosk.language import Message
from kiosk.storage import clock
from kiosk.web import navigation, notices
from kiosk.web.i18n import chosen

_FRESH_SECONDS = 5.0


@dataclass(frozen=True)
class Here:
    """The place a page speaks for: « Espace connecté » « Nioro »."""

    kind: Message
    name: str | Message


@dataclass(frozen=True)
class LanguageChoice:
    """One language of the switch."""

    code: str
    name: str
    html_lang: str
    current: bool


class Place:
    """Where this machine stands, asked again every few seconds and not on every page."""

    def __init__(self, ask: Callable[[], Here | None]) -> None:
        self._ask = ask
        self._known: Here | None = None
        self._until = 0.0

    def here(self) -> Here | None:
        """Return the place, None before the first set-up.

        The page that says that the database does not open stands in this frame too.
        """
        if self._known is None or clock.monotonic() > self._until:
            try:
                self._known = self._ask()
            except DBAPIError:
                return self._known
            self._until = clock.monotonic() + _FRESH_SECONDS
        return self._known


def place_is(app: Flask, ask: Callable[[], Here | None]) -> None:
    """Say how to find the place this machine stands for (a room knows)."""
    app.extensions["place"] = Place(ask)


def register(app: Flask) -> None:
    """Give every template what the frame needs, worked out only when it is used."""
    place_is(app, lambda: None)
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    return {
        "here": current_app.extensions["place"].here(),
        "language": chosen(),
        "languages": _once("languages", _languages),
        "navigation": _once("navigation", navigation.staff_lines),
        "public_navigation": _once("public_navigation", navigation.public_lines),
        "notices": _once("notices", notices.take),
        "path": request.path,
    }


def _once(name: str, find: Callable[[], Any]) -> LocalProxy[Any]:
    """Return what `find` gives, worked out when a template first looks at it, once a page."""
    known: dict[str, Any] = g.setdefault("frame", {})

    def found() -> Any:
        if name not in known:
            known[name] = find()
        return known[name]

    return LocalProxy(found)


def _languages() -> list[LanguageChoice]:
    now = chosen()
    offered = language.published()
    return [LanguageChoice(one.code, one.name, one.html_lang, one == now) for one in offered]
