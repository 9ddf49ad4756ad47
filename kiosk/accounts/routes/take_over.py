"""A machine that took a lost one's place: its people are here, their secrets are not.

A manager picks her name and, with the code of the console, a new PIN; she then
gives the others theirs on the page of the team.
"""

import uuid
from collections.abc import Callable, Sequence

from flask import current_app, redirect, render_template
from werkzeug.wrappers import Response

from kiosk.accounts import queries, services
from kiosk.accounts.forms import TakeOverForm
from kiosk.accounts.models import SecretKind
from kiosk.accounts.queries import Colleague
from kiosk.accounts.routes.login import first_page, open_session
from kiosk.storage import transaction
from kiosk.web.forms import is_submitted_ok, refused


def coming() -> int | None:
    """Return how many rows have come of a lost machine's, None where none are awaited."""
    told: Callable[[], int | None] = current_app.extensions.get("coming", lambda: None)
    return told()


def page(heirs: Sequence[Colleague], check: Callable[[str], None]) -> str | Response | tuple[str, int]:
    """Ask a manager for her name, the code of the console (`check` refuses a wrong one) and a new PIN."""
    form = TakeOverForm()
    form.who.choices = [(one.uid.hex, one.name) for one in heirs]
    if len(heirs) == 1:
        form.who.data = form.who.data or heirs[0].uid.hex
    if is_submitted_ok(form):
        with refused(form) as outcome:
            check(form.console.data)
            _begin(uuid.UUID(form.who.data), form.secret.data)
        if outcome.ok:
            return redirect(first_page(), 303)
    return render_template("accounts/take_over.html", form=form), 422 if form.is_submitted() else 200


def _begin(who: uuid.UUID, secret: str) -> None:
    with transaction():
        services.set_secret(who, secret, SecretKind.PIN)
    services.forget_set_up_code(current_app.config["SETTINGS"].data)
    person = queries.colleague(who)
    if person is not None:
        open_session(person)
