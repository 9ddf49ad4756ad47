"""The staff's menu, drawn once a person and page and kept.

It is the same on every page but for the line of this page and the figures that
wait, so it is kept under exactly those; the token of the sign-out form is put in
each time, for it belongs to one browser.
"""

import secrets
from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from kiosk import language
from kiosk.web.kept import Drawn, draw, shown
from kiosk.web.navigation import staff_line_here, staff_lines
from kiosk.web.steady import steady

_MOST = 500
_TOKEN = secrets.token_hex(16)
"""Stands in the kept markup where a browser's own token goes."""


def register(app: Flask) -> None:
    """Give the staff's layout its menu."""
    app.extensions["rails"] = lru_cache(maxsize=_MOST)(_drawn)
    app.extensions["signed"] = lru_cache(maxsize=_MOST)(lambda _own: generate_csrf())
    app.jinja_env.globals["staff_rail"] = staff_rail


def staff_rail(form_page: bool = False) -> Markup:
    """Return the menu of the signed-in person on this page."""
    person = current_user._get_current_object()
    here = current_app.extensions["place"].here()
    page = (language.current().code, request.script_root, request.endpoint == "web.more")
    who = (person.get_id(), person.name, person.role)
    kept_under = (here, bool(form_page), who, page)
    # What waits is counted anew after each commit; a menu that says the same then is not drawn again.
    drawn = steady(
        ("rail", staff_line_here(), *kept_under),
        lambda: current_app.extensions["rails"](tuple(staff_lines()), *kept_under),
    )
    return Markup(shown(drawn).replace(_TOKEN, _token()))  # noqa: S704 - drawn by our own macro


def _token() -> str:
    """Return the token of this browser's session, signed once: it has no time limit."""
    own = session.get("csrf_token")
    found: str = current_app.extensions["signed"](own) if own else generate_csrf()
    return found


def _drawn(lines: Any, here: Any, form_page: bool, *_kept_under: Hashable) -> Drawn:
    return draw("web/frames.html", "rail", lines, here, current_user, form_page, _TOKEN)
