"""The few pages that belong to no room: help, privacy, the rest of the menu."""

from flask import Flask, render_template

from kiosk.web.cache import shared
from kiosk.web.guards import needs


def register(app: Flask) -> None:
    """Open `/aide`, `/confidentialite` and the staff page `/plus`."""
    app.add_url_rule("/aide", "web.help", shared(help_page))
    app.add_url_rule("/confidentialite", "web.privacy", shared(privacy))
    app.add_url_rule("/plus", "web.more", needs()(more))
    app.add_url_rule("/sante", "web.health", health)


def help_page() -> str:
    """Show how to do the main things, for everybody."""
    return render_template("web/help.html")


def privacy() -> str:
    """Show what is kept about people, why, and whom to ask."""
    return render_template("web/privacy.html")


def more() -> str:
    """Show the lines of the menu that do not fit the phone's tab bar."""
    return render_template("web/more.html")


def health() -> tuple[str, int, dict[str, str]]:
    """Answer « ok » to the machine's own checks."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
