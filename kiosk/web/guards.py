"""Who may open a page: a right, from a network where staff pages are served."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any, TypeVar

from flask import abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.web import since
from kiosk.web.i18n import speak_to_staff
from kiosk.web.rights import Right

View = TypeVar("View", bound=Callable[..., Any])


AGAIN_SECONDS = 5 * 60


def needs(*rights: Right, again: bool = False) -> Callable[[View], View]:
    """Let a view be reached only by a signed-in person who has one of `rights`.

    A stranger is sent to the sign-in page and comes back; a person without the
    right gets the 403 page. With no right named, any signed-in person passes.
    `again` asks for the PIN once more (exports), unless it was typed just before.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            refused = _refusal(rights) or (_once_more() if again else None)
            if refused is not None:
                return refused
            speak_to_staff()
            return view(*args, **kwargs)

        guarded.__dict__["rights"] = rights
        return guarded  # type: ignore[return-value]

    return guard


def _refusal(rights: tuple[Right, ...]) -> Response | None:
    if not on_staff_network():
        abort(403)
    person = current_user._get_current_object()
    if not person.is_authenticated:
        return redirect(url_for("accounts.sign_in", suite=_way_back()), 303)
    if rights and not any(person.can(right) for right in rights):
        abort(403)
    return None


def _once_more() -> Response | None:
    gone = since.seconds(since.AGAIN)
    if gone is not None and gone <= AGAIN_SECONDS:
        return None
    return redirect(url_for("accounts.confirm", suite=_way_back()), 303)


def _way_back() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else ""


def on_staff_network() -> bool:
    """Tell whether the request comes from a network where staff pages may be opened."""
    networks = current_app.config["SETTINGS"].staff_networks
    if not networks:
        return True
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return any(address in ip_network(network, strict=False) for network in networks)
