"""Who is signed in: Flask-Login over the staff, with sessions that end.

A session names the person and the epoch of her secret. It ends when the secret
changes, when she is deactivated, when it was left alone too long, and when the
machine was off (nobody can say for how long).
"""

import uuid
from typing import Any

from flask import Flask, current_app, redirect, request, session, url_for
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user, login_user
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from kiosk.accounts import queries
from kiosk.accounts.queries import Colleague
from kiosk.accounts.routes.rights import may
from kiosk.storage import set_actor
from kiosk.web import navigation, since
from kiosk.web.rights import Right
from kiosk.web.steady import steady

_REFRESH_SECONDS = 30


class Person(UserMixin):
    """The signed-in person, as pages and guards know her."""

    def __init__(self, colleague: Colleague) -> None:
        self.uid = colleague.uid
        self.name = colleague.name
        self.role = colleague.role
        self.role_word = colleague.role_word
        self.space_uid = colleague.space_uid
        self.organisation_uid = colleague.organisation_uid
        self.kind = colleague.kind
        self.must_change = colleague.must_change
        self.epoch = colleague.epoch

    def get_id(self) -> str:
        """Name the person and the epoch of her secret, as the session keeps it."""
        return f"{self.uid.hex}.{self.epoch}"

    def can(self, right: Right) -> bool:
        """Tell whether the person's role gives her a right."""
        return may(self.role, right)


class Stranger(AnonymousUserMixin):
    """Whoever is not signed in: no name, no right."""

    uid = space_uid = organisation_uid = None
    name = role = role_word = ""
    must_change = False

    def can(self, right: Right) -> bool:
        """Refuse everything."""
        return False


def register(app: Flask) -> None:
    """Wire Flask-Login, and say at each request who acts."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.anonymous_user = Stranger
    manager.user_loader(_load)
    app.before_request(_act)


def _load(named: str) -> Person | None:
    idle = since.seconds(since.SEEN)
    uid, epoch = _parsed(named)
    if uid is None or idle is None or idle > current_app.config["SETTINGS"].session_minutes * 60:
        return None
    found = steady(("colleague", uid), lambda: queries.colleague(uid))
    if found is None or not found.active or found.kind is None or found.epoch != epoch:
        return None
    return Person(found)


def _parsed(named: str) -> tuple[uuid.UUID | None, int]:
    uid, _, epoch = named.partition(".")
    try:
        return uuid.UUID(hex=uid), int(epoch)
    except ValueError:
        return None, 0


def _act() -> Response | None:
    """Tell storage who acts; end a session that is over; insist on a new secret."""
    if "_user_id" not in session or _is_quiet():
        return None
    person = current_user._get_current_object()
    if not person.is_authenticated:
        session.clear()
        return None
    set_actor(person.uid)
    if (since.seconds(since.SEEN) or 0) > _REFRESH_SECONDS:
        since.note(since.SEEN)
    if person.must_change and request.endpoint != "accounts.own" and _is_of_the_team():
        return redirect(url_for("accounts.own"), 303)
    return None


def _is_of_the_team() -> bool:
    """Tell whether the page asked for is one that `needs` guards."""
    return hasattr(current_app.view_functions.get(request.endpoint or ""), "rights")


def _is_quiet() -> bool:
    """Files and the health check neither ask nor prolong."""
    return request.endpoint in ("static", "style", "web.health", None)


def open_session(colleague: Colleague) -> None:
    """Sign a person in on this browser."""
    session.clear()
    person = Person(colleague)
    login_user(person)
    # Else the first page would have to write the session again for its token.
    generate_csrf()
    since.note(since.SEEN)
    set_actor(person.uid)


def first_page() -> str:
    """Return where a person begins: the first line of her menu."""
    lines = navigation.staff_lines()
    return lines[0].url if lines else url_for("web.home")


def session_of(colleague: Colleague) -> dict[str, Any]:
    """Return the session that signing in gives, for a test that skips the form."""
    return {"_user_id": Person(colleague).get_id(), "_fresh": True, since.SEEN: since.stamp()}
