"""The room's blueprint, and the few things each of its pages needs."""

import datetime
import uuid
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.storage import Refusal
from kiosk.training.routes.addresses import CHECKING, TRAINING
from kiosk.web.forms import Form
from kiosk.web.guards import needs
from kiosk.web.lazy import LazyBlueprint
from kiosk.web.rights import Right

blueprint = LazyBlueprint("training", "kiosk.training", TRAINING)
checking = LazyBlueprint("checking", "kiosk.training", CHECKING, ("checking",), url_prefix="/attestations")
Answer = str | Response | tuple[str, int]

reads = needs(Right.EDIT_TRAINING, Right.MARK_ATTENDANCE)
plans = needs(Right.EDIT_TRAINING)
marks = needs(Right.MARK_ATTENDANCE)


def space_uid() -> uuid.UUID:
    """Return the space of the signed-in person; there is no training page without one."""
    found: uuid.UUID = current_user.space_uid or abort(404)
    return found


def go(endpoint: str, **values: Any) -> Response:
    """Send the reader to the page that shows what was done."""
    return redirect(url_for(endpoint, **values), 303)


def filled(template: str, form: Form, **shown: Any) -> Answer:
    """Show a form; one with errors answers 422 and keeps what was typed."""
    return render_template(f"training/{template}.html", form=form, **shown), 422 if form.errors else 200


def words_asked() -> str:
    """Return what is searched for in the address, bounded."""
    return request.args.get("q", "")[:80]


def uid_in(text: str) -> uuid.UUID | None:
    """Return the uid written in an address or a form, None for anything else."""
    try:
        return uuid.UUID(hex=text)
    except ValueError:
        return None


def day_in(text: str | None) -> datetime.date | None:
    """Return the ISO day of an address, None for anything else."""
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None


def sealed(about: uuid.UUID, before: Any) -> str:
    """Return what stood before an act as a signed word for the address of its « Annuler »."""
    return str(_sealer(about).dumps(before))


def unsealed(about: uuid.UUID) -> Any:
    """Return what `sealed` hid in the address (a list), or raise Refusal where nothing genuine is there."""
    try:
        return _sealer(about).loads(request.args.get("avant", ""))
    except BadSignature:
        raise Refusal(msg("Il n’y a plus rien à annuler.")) from None


def _sealer(about: uuid.UUID) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt=f"annuler.{about}")  # type: ignore[arg-type]
