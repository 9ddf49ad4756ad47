"""The report: any period, per space and in total, on screen, on paper or as a table file."""

import datetime
import uuid
from typing import Any

from flask import Response, abort, current_app, render_template, request, url_for
from flask_login import current_user

from kiosk.language import Message, current, msg
from kiosk.partners import queries as partners
from kiosk.places import queries as places
from kiosk.places import together
from kiosk.reports import export, lines, periods, queries
from kiosk.reports.periods import Period
from kiosk.reports.routes.door import blueprint
from kiosk.storage import Refusal, clock
from kiosk.web.guards import needs
from kiosk.web.rights import Right
from kiosk.web.steady import steady


@blueprint.get("/rapports")
@needs(Right.SEE_REPORTS)
def index() -> str | tuple[str, int]:
    """Show the figures of a period; dates that cannot be read are shown as typed, with what is wrong."""
    today = clock.today()
    try:
        period, wrong = _period(today), None
    except Refusal as refusal:
        period, wrong = periods.year_so_far(today), refusal
    shown = _report(period)
    page = render_template("reports/index.html", report=shown, **_around(shown, wrong, today))
    return (page, 422) if wrong else page


def _around(shown: queries.Report, wrong: Refusal | None, today: datetime.date) -> dict[str, Any]:
    period = shown.period
    keep: dict[str, Any] = {
        key: request.args[key] for key in ("espace", "projet", "groupe") if request.args.get(key)
    }
    links = [
        (words, url_for("reports.index", du=one.first, au=one.last, **keep), one == period and not wrong)
        for words, one in periods.usual(today)
    ]
    return {
        "wrong": wrong,
        "typed": (_typed("du", period.first, wrong), _typed("au", period.last, wrong)),
        "links": links,
        "about": _about(shown),
        "spaces": [] if _own_space() else places.spaces(),
        "projects": partners.projects(),
        "communes": together.groups(),
        "groups": lines.groups(shown.bands),
        "youth": lines.youth(),
        "till_url": _till_url(period),
        "csv_url": url_for("reports.table", du=period.first, au=period.last, **keep),
    }


def _till_url(period: Period) -> str:
    """Return the cash sheet of the period's last month; '' without a counter here, or for who never sells."""
    here = "desk.till_month" in current_app.view_functions and current_user.can(Right.RECORD_VISITS)
    return url_for("desk.till_month", mois=f"{period.last:%Y-%m}") if here else ""


def _typed(name: str, day: datetime.date, wrong: Refusal | None) -> str:
    return request.args.get(name, "")[:40] if wrong else day.isoformat()


def _about(shown: queries.Report) -> list[Message | str]:
    """Return what the figures are about: whose, and for which project."""
    if _own_space():
        whose: Message | str = msg("Chiffres de cet espace")
    else:
        whose = shown.spaces[0].space.name if _space() and shown.spaces else msg("Tous les espaces")
    told = [whose, msg("Projet\u00a0: %(name)s", name=shown.project)] if shown.project else [whose]
    group = together.group(asked) if (asked := _group()) else None
    return [*told, msg("Communes de %(name)s", name=group.name)] if group else told


@blueprint.get("/rapports/tableau.csv")
@needs(Right.SEE_REPORTS)
def table() -> Response:
    """Send the same figures as a table file, totals only, without any name."""
    period = _period(clock.today())
    body = export.as_csv(_report(period))
    answer = Response(body, mimetype="text/csv")
    name = f"rapport-{period.first}-{period.last}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _report(period: Period) -> queries.Report:
    """Return the figures asked for; between two writes, the page, its file and its paper share them."""
    asked = queries.Asked(period, _space(), _project(), _group())
    return steady(("report", asked, current().code), lambda: queries.report(asked))


def _period(today: datetime.date) -> Period:
    return periods.asked(request.args.get("du", ""), request.args.get("au", ""), today)


def _own_space() -> uuid.UUID | None:
    """Return the space a reader is bound to: the machine's, or the one she works for."""
    return places.here_uid() or (None if current_user.can(Right.COORDINATE) else current_user.space_uid)


def _space() -> uuid.UUID | None:
    asked = _uid("espace")
    if asked and places.space(asked) is None:
        abort(404)
    return _own_space() or asked


def _project() -> uuid.UUID | None:
    asked = _uid("projet")
    if asked and partners.project(asked) is None:
        abort(404)
    return asked


def _group() -> uuid.UUID | None:
    asked = _uid("groupe")
    if asked and together.group(asked) is None:
        abort(404)
    return asked


def _uid(name: str) -> uuid.UUID | None:
    text = request.args.get(name, "")
    try:
        return uuid.UUID(hex=text) if text else None
    except ValueError:
        abort(404)
