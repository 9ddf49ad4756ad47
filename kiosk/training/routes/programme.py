"""The public programme: what is taught and when, and asking for a seat from a phone."""

import datetime
import uuid
from collections.abc import Iterator
from itertools import groupby

from flask import abort, render_template, request, session
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.places import queries as places
from kiosk.places.hours import Opening
from kiosk.storage import clock, transaction
from kiosk.training import queries, services, words
from kiosk.training.clashes import closed_days
from kiosk.training.forms import AskForm
from kiosk.training.models import SessionState
from kiosk.training.routes.door import Answer, blueprint, filled, go, uid_in
from kiosk.training.routes.pace import slow_down
from kiosk.web.cache import shared
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done

_MINE, _KEPT = "demandes", 20
WEEK, SOON = datetime.timedelta(days=6), datetime.timedelta(days=60)
Closing = tuple[datetime.date, Opening]


@blueprint.get("/programme")
@shared
def programme() -> str:
    """Show the sittings of the coming week, or what comes later."""
    here = places.here_uid() or abort(404)
    today, later = clock.today(), request.args.get("quand") == "plus-tard"
    start, end = (today + WEEK + datetime.timedelta(days=1), None) if later else (today, today + WEEK)
    due = _first_of_each(queries.programme(here, start, end))
    return render_template(
        "training/programme.html",
        days=[(day, list(group)) for day, group in groupby(due, key=lambda pair: pair[0].day)],
        undated=queries.without_date(here) if later else [],
        courses=queries.courses(here),
        later=later,
        closed=_closed(here, start, end),
        mine=queries.requests_by_uid(_own()),
        words=words,
    )


def _closed(here: uuid.UUID, start: datetime.date, end: datetime.date | None) -> list[Closing]:
    """Return the feasts and exceptional closings of the days shown, at most two months ahead."""
    count = ((end or start + SOON) - start).days + 1
    days = closed_days(here, (start + datetime.timedelta(days=n) for n in range(count)), away=True)
    return list(days.items())


def _first_of_each(showings: list[queries.Showing]) -> Iterator[tuple[queries.Showing, bool]]:
    """Say of each sitting whether it is the first of its session; a session put off is said once."""
    seen: set[uuid.UUID] = set()
    for one in showings:
        known = one.offer.uid in seen
        if one.held or not (known and one.offer.state == SessionState.POSTPONED):
            yield one, one.goes_on and not known
        if one.goes_on:
            seen.add(one.offer.uid)


@blueprint.get("/programme/<uuid:uid>")
@shared
def programme_session(uid: uuid.UUID) -> str:
    """Show one session of the programme: its dates, its place, its seats."""
    offer, showings = queries.offer(uid)
    mine = queries.requests_by_uid(_own()).get(uid)
    return render_template(
        "training/offer.html", offer=offer, showings=showings, mine=mine, judged=_began(showings), words=words
    )


def _began(showings: list[queries.Showing]) -> bool:
    return any(one.day <= clock.today() and not one.cancelled for one in showings)


@blueprint.route("/programme/<uuid:uid>/inscription", methods=["GET", "POST"])
def ask(uid: uuid.UUID) -> Answer:
    """Ask for a seat with a name and a phone; the staff answers."""
    offer, _ = queries.offer(uid)
    if request.method == "GET" and not offer.open:
        return go("training.programme_session", uid=uid)
    form = AskForm()
    if is_submitted_ok(form):
        with refused(form) as outcome:
            slow_down(request.remote_addr or "")
            with transaction():
                training = services.find_session(uid)
                made = services.ask_seat(training, form.name.data or "", form.phone.data or "")
        if outcome.ok:
            _keep(made.uid)
            done(msg("Votre demande est notée. L’espace vous répond sur place."))
            return go("training.programme_session", uid=uid)
    return filled("ask", form, offer=offer)


@blueprint.post("/programme/demandes/<uuid:uid>/annuler")
def call_off(uid: uuid.UUID) -> Response:
    """Take back a request made from this phone."""
    if uid not in _own():
        abort(404)
    with transaction():
        request_made = services.find_request(uid)
        services.call_off(request_made)
    done(msg("Votre demande est annulée."))
    return go("training.programme_session", uid=request_made.session_uid)


def _keep(uid: uuid.UUID) -> None:
    others = [text for text in session.get(_MINE, []) if text != uid.hex]
    session[_MINE] = [*others, uid.hex][-_KEPT:]


def _own() -> list[uuid.UUID]:
    """Return the requests made from this phone."""
    return [found for text in session.get(_MINE, []) if (found := uid_in(str(text)))]
