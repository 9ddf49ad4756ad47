"""The menus: each room says its lines, the reader sees what she may open.

A routes module exposes `NAV` (staff lines, each behind rights) and
`PUBLIC_NAV` (lines of the public tab bar, no rights).
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from flask import Flask, current_app, request
from flask_login import current_user

from kiosk.language import Message
from kiosk.web.addresses import address
from kiosk.web.rights import Right
from kiosk.web.steady import steady


@dataclass(frozen=True)
class NavItem:
    """One line of a menu.

    `primary` lines stand first in the phone's tab bar; whoever has fewer than four
    of them sees her next lines there too.
    """

    endpoint: str
    label: Message
    icon: str
    rights: tuple[Right, ...] = ()
    order: int = 50
    primary: bool = False
    badge: Callable[[], int] | None = None


@dataclass(frozen=True)
class NavLine:
    """A menu line as the template shows it."""

    endpoint: str
    label: Message
    icon: str
    primary: bool
    badge: int | None
    url: str
    current: bool


_TABS = 4
_PAGES = 500


def register(app: Flask, staff: Iterable[NavItem], public: Iterable[NavItem]) -> None:
    """Keep the lines of both menus whose page exists behind this door, in order."""
    for name, items in (("staff_navigation", staff), ("public_navigation", public)):
        known = [item for item in items if item.endpoint in app.view_functions]
        app.extensions[name] = sorted(known, key=lambda item: item.order)
    app.extensions["staff_line_here"] = lru_cache(maxsize=_PAGES)(_staff_line)


def staff_lines() -> list[NavLine]:
    """Return the staff menu for the current person and page."""
    lines = _lines(_offered())
    left = max(_TABS - sum(line.primary for line in lines), 0)
    moved = [line for line in lines if not line.primary][:left]
    return [replace(line, primary=True) if line in moved else line for line in lines]


def _offered() -> list[NavItem]:
    person, items = current_user._get_current_object(), current_app.extensions["staff_navigation"]
    return [item for item in items if any(person.can(right) for right in item.rights)]


def staff_line_here() -> str | None:
    """Return the endpoint of the staff line that the current page belongs to."""
    page = (request.endpoint, request.path, request.blueprint)
    # Rights go by role alone, and so do the lines: asked on every page of the team.
    found: str | None = current_app.extensions["staff_line_here"](current_user.role, *page)
    return found


def _staff_line(_role: Hashable, *_page: str | None) -> str | None:
    here = _here(_offered())
    return here.endpoint if here else None


def public_lines() -> list[NavLine]:
    """Return the public tab bar for the current page."""
    return _lines(current_app.extensions["public_navigation"])


def _lines(offered: list[NavItem]) -> list[NavLine]:
    here = _here(offered)
    return [_line(item, item is here) for item in offered]


def _here(items: list[NavItem]) -> NavItem | None:
    """The line of this page: its own, else the nearest it lies under, else the first of its room."""
    endpoint, path, room = request.endpoint, request.path, request.blueprint
    own = (item for item in items if item.endpoint == endpoint)
    above = [item for item in items if path.startswith(f"{address(item.endpoint)}/")]
    above.sort(key=lambda item: -len(address(item.endpoint)))
    beside = (item for item in items if item.endpoint.split(".")[0] == room != "web")
    return next(chain(own, above, beside), None)


def _line(item: NavItem, current: bool) -> NavLine:
    badge = steady(("badge", item.endpoint), item.badge) if item.badge else None
    url = address(item.endpoint)
    return NavLine(item.endpoint, item.label, item.icon, item.primary, badge or None, url, current)
