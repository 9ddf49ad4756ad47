"""The report: any period, per space and in total, on screen, on paper or as a table file."""

import datetime
import uuid
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from kiosk.language import formats, msg
from kiosk.partners import queries as partners
from kiosk.places import queries as places
from kiosk.reports import export, periods, queries
from kiosk.storage import Refusal, clock
from kiosk.web.guards import needs
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

blueprint = Blueprint("reports", __name__, template_folder="templates")
NAV = (NavItem("reports.index", msg("Rapports"), "chart", (Right.SEE_REPORTS,), order=70),)


@blueprint.get("/rapports")
@needs(Right.SEE_REPORTS)
def index() -> str | tuple[str, int]:
    """Show the figures of a period."""
    today = clock.today()
    try:
        asked, wrong = _period(today), None
    except Refusal as refusal:
        asked, wrong = periods.year_so_far(today), refusal
    page = render_template("reports/index.html", wrong=wrong, **_shown(asked, today))
    return (page, 422) if wrong else page


def _shown(period: periods.Period, today: datetime.date) -> dict[str, Any]:
    space, project = _space(), _uid("projet")
    keep: dict[str, Any] = {key: request.args[key] for key in ("espace", "projet") if request.args.get(key)}
    links = [
        (words, url_for("reports.index", du=one.first, au=one.last, **keep), one == period)
        for words, one in periods.usual(today)
    ]
    return {
        "report": queries.report(period, space, project),
        "period": period,
        "links": links,
        "spaces": [] if _own_space() else places.spaces(),
        "projects": partners.projects(),
        "csv_url": url_for("reports.table", du=period.first, au=period.last, **keep),
    }


@blueprint.get("/rapports/tableau.csv")
@needs(Right.SEE_REPORTS)
def table() -> Response:
    """Send the same figures as a table file, totals only, without any name."""
    period = _period(clock.today())
    body = export.as_csv(queries.report(period, _space(), _uid("projet")))
    name = f"rapport-{period.first}-{period.last}.csv"
    return Response(
        body, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _period(today: datetime.date) -> periods.Period:
    usual = periods.year_so_far(today)
    return periods.Period(_date("du", usual.first), _date("au", usual.last))


def _date(name: str, default: datetime.date) -> datetime.date:
    text = request.args.get(name, "").strip()
    if not text:
        return default
    try:
        return formats.parse_date(text)
    except ValueError as error:
        raise Refusal(msg("Cette date n’est pas claire. Écrivez par exemple 21/11/2026."), name) from error


def _own_space() -> uuid.UUID | None:
    """Return the space a reader is bound to: the machine's, or the one she works for."""
    return places.here_uid() or (None if current_user.can(Right.COORDINATE) else current_user.space_uid)


def _space() -> uuid.UUID | None:
    return _own_space() or _uid("espace")


def _uid(name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=request.args.get(name, ""))
    except ValueError:
        return None
