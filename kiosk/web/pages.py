"""The few pages that belong to no room: help, privacy, the rest of the menu."""

from urllib.parse import urlsplit

from flask import Flask, current_app, render_template, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from kiosk.language import Html, Message, tr
from kiosk.web.cache import shared
from kiosk.web.guards import needs
from kiosk.web.rights import Right
from kiosk.web.topics import PUBLIC, STAFF, Topic


def register(app: Flask) -> None:
    """Open `/aide`, `/confidentialite`, the staff page `/plus` and the machine's `/sante`."""
    app.add_url_rule("/aide", "web.help", shared(help_page))
    app.add_url_rule("/confidentialite", "web.privacy", shared(privacy))
    app.add_url_rule("/plus", "web.more", needs()(more))
    app.add_url_rule("/sante", "web.health", health)


def help_page() -> str:
    """Show how to do the main things that her rights open, what the reader was doing first."""
    mine = [topic for right, pages, topic in _nearest() if current_user.can(right) and _stands(pages)]
    open_to_all = [topic for page, topic in PUBLIC if page in current_app.view_functions]
    topics = [_said(topic) for topic in (*mine, *open_to_all)]
    return render_template("web/help.html", topics=topics, contact=_contact())


def _nearest() -> list[tuple[Right, tuple[str, ...], Topic]]:
    """Return the topics of the staff, those of the page she comes from ahead."""
    came_from = _came_from() if current_user.is_authenticated else ""
    return sorted(STAFF, key=lambda one: not (came_from and came_from.startswith(one[1])))


def _came_from() -> str:
    routes = current_app.url_map.bind(request.host)
    try:
        return str(routes.match(urlsplit(request.referrer or "").path, method="GET")[0])
    except (HTTPException, ValueError):
        return ""


def _stands(pages: tuple[str, ...]) -> bool:
    return any(name.startswith(pages) for name in current_app.view_functions)


def _said(topic: Topic) -> tuple[Message, str, list[Html]]:
    title, icon, lines = topic
    return title, icon, [tr(line) for line in lines]


def privacy() -> str:
    """Show what is kept about people, why, and whom to ask."""
    return render_template("web/privacy.html", contact=_contact())


def _contact() -> str:
    words: str = current_app.config["SETTINGS"].contact
    return words


def more() -> str:
    """Show the lines of the menu that do not fit the phone's tab bar."""
    return render_template("web/more.html")


def health() -> tuple[str, int, dict[str, str]]:
    """Answer « ok » to the machine's own checks."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
