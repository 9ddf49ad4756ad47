"""Until a kiosk has its space and its manager, every page leads to the first run (`set_up`)."""

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.accounts import queries
from kiosk.accounts.routes.addresses import SET_UP
from kiosk.web.lazy import LazyBlueprint

blueprint = LazyBlueprint("set_up", "kiosk.accounts", SET_UP, ("set_up",))
_OPEN = {"set_up.first_run", "static", "style", "web.health", "web.set_language", "web.privacy", "web.help"}


def register(app: Flask) -> None:
    """Lead every page to the first run until it is done, and tell the console its code."""
    app.before_request(_lead)
    app.extensions.setdefault("on_serve", []).append(_tell)


def is_done() -> bool:
    """Tell whether the first run is over; once it is, nothing is asked any more."""
    if not current_app.extensions.get("set_up_done"):
        current_app.extensions["set_up_done"] = queries.is_set_up()
    return bool(current_app.extensions["set_up_done"])


def _lead() -> Response | None:
    if request.endpoint in _OPEN or is_done():
        return None
    return redirect(url_for("set_up.first_run"), 303)


def _tell() -> str | None:
    return None if queries.is_set_up() else str(blueprint.later("set_up:code_line")())
