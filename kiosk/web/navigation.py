"""The staff menu: each room says its line, the reader sees what she may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from kiosk.language import Message
from kiosk.web.rights import Right


@dataclass(frozen=True)
class NavItem:
    """One line of the menu. `primary` lines stand in the phone's tab bar (four at most)."""

    endpoint: str
    label: Message
    icon: str
    rights: tuple[Right, ...]
    order: int
    primary: bool = False
    badge: Callable[[], int] | None = None


@dataclass(frozen=True)
class NavLine:
    """A menu line as the template shows it."""

    endpoint: str
    label: str
    icon: str
    primary: bool
    badge: int | None
    url: str
    current: bool


def register(app: Flask, items: list[NavItem]) -> None:
    """Give templates `navigation()`: the lines the signed-in person may open, in order."""
    app.extensions["navigation"] = sorted(items, key=lambda item: item.order)
    app.jinja_env.globals["navigation"] = lines


def lines() -> list[NavLine]:
    """Return the menu for the current person and page."""
    items: list[NavItem] = current_app.extensions["navigation"]
    return [_line(item) for item in items if any(current_user.can(right) for right in item.rights)]


def _line(item: NavItem) -> NavLine:
    here: Any = request.blueprint
    badge = item.badge() if item.badge else None
    current = item.endpoint == request.endpoint or item.endpoint.split(".")[0] == here
    return NavLine(
        item.endpoint, str(item.label), item.icon, item.primary, badge or None, url_for(item.endpoint), current
    )
