"""The counter: somebody comes in, and the notebook of another day."""

import datetime
import uuid
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.desk import queries, services
from kiosk.desk.forms import ArrivalForm, NotebookForm
from kiosk.desk.models import FAMILIES, FAMILY_ICONS, SEXES
from kiosk.desk.routes.door import blueprint, here
from kiosk.language import formats, msg, nmsg
from kiosk.storage import clock, transaction
from kiosk.web.forms import refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.paging import paginate
from kiosk.web.rights import Right

_LINES = 12
Answer = str | Response | tuple[str, int]


@blueprint.route("/visites", methods=["GET", "POST"])
@needs(Right.RECORD_VISITS)
def visits() -> Answer:
    """Show a day's visits; for today, note whoever comes in with two touches."""
    today = clock.today()
    form = ArrivalForm()
    if form.is_submitted() and form.validate():
        hour = clock.local(clock.now_ms()).hour
        return _noted(services.Arrival(today, form.sex.data, form.family.data, hour), 1)
    day = day_asked(request.args.get("jour"))
    return render_template("desk/visits.html", form=form, **_shown(day, today)), 422 if form.errors else 200


def _shown(day: datetime.date, today: datetime.date) -> dict[str, Any]:
    counts = queries.days(here(), day, day).get(day) or queries.Day(day)
    return {
        "day": day,
        "days": _days_around(day, today),
        "is_today": day == today,
        "sure": clock.is_sure(),
        "counts": counts,
        "by_family": [(word, formats.number(counts.by_family.get(key, 0))) for key, word in FAMILIES.items()],
        "lines": paginate(queries.journal(here(), day), _LINES),
        "families": FAMILIES,
        "icons": FAMILY_ICONS,
        "sexes": SEXES,
    }


def _days_around(day: datetime.date, today: datetime.date) -> tuple[datetime.date, datetime.date | None]:
    """Return the day before, and the day after unless it is to come."""
    one = datetime.timedelta(days=1)
    return day - one, day + one if day < today else None


@blueprint.route("/visites/autre-jour", methods=["GET", "POST"])
@needs(Right.RECORD_VISITS)
def note_later() -> Answer:
    """Note visits written on paper: the day, the kind and how many."""
    form = NotebookForm(day=day_asked(request.args.get("jour")))
    if form.is_submitted() and form.validate():
        arrival = services.Arrival(form.day.data or clock.today(), form.sex.data, form.family.data)
        with refused(form) as outcome:
            answer = _noted(arrival, form.count.data)
        if outcome.ok:
            return answer
    return render_template("desk/visit_form.html", form=form), 422 if form.errors else 200


@blueprint.post("/visites/<uuid:uid>/annuler")
@needs(Right.RECORD_VISITS)
def undo(uid: uuid.UUID) -> Response:
    """Take back what was just noted: the visit, and all that were noted with it."""
    with transaction():
        going = services.take_back(here(), uid, alike=True)
    done(nmsg("La visite est effacée.", "%(n)s visites sont effacées.", max(len(going), 1)))
    return _back(request.args.get("jour"))


@blueprint.post("/visites/<uuid:uid>/effacer")
@needs(Right.RECORD_VISITS)
def remove(uid: uuid.UUID) -> Response:
    """Take one line of the day back."""
    with transaction():
        services.take_back(here(), uid)
    day = request.args.get("jour")
    done(msg("La visite est effacée."), undo=url_for("desk.put_back", uid=uid, jour=day))
    return _back(day)


@blueprint.post("/visites/<uuid:uid>/remettre")
@needs(Right.RECORD_VISITS)
def put_back(uid: uuid.UUID) -> Response:
    """Put back a line that was taken back by mistake."""
    with transaction():
        services.put_back(here(), uid)
    done(msg("La visite est remise."))
    return _back(request.args.get("jour"))


def _noted(arrival: services.Arrival, count: int) -> Response:
    with transaction():
        made = services.note_visit(here(), arrival, count)
        first = made[0].uid
    day = arrival.day.isoformat()
    words = nmsg("La visite est notée.", "%(n)s visites sont notées.", len(made))
    done(words, undo=url_for("desk.undo", uid=first, jour=day))
    return _back(day)


def _back(day: str | None) -> Response:
    shown = day_asked(day)
    return redirect(url_for("desk.visits", jour=None if shown == clock.today() else shown), 303)


def day_asked(text: str | None) -> datetime.date:
    """Return the ISO day of an address; today for anything else, and for days to come or long gone."""
    today = clock.today()
    try:
        asked = datetime.date.fromisoformat(text or "")
    except ValueError:
        return today
    return asked if services.OLDEST < asked <= today else today
