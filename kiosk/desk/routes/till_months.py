"""« Caisse du mois »: a month of the counter on one sheet, to print or as a table file."""

import datetime

from flask import Response, render_template

from kiosk.desk.routes.door import blueprint, here
from kiosk.desk.services import OLDEST
from kiosk.desk.till import months
from kiosk.places import queries as places
from kiosk.storage import clock
from kiosk.web import months as asking
from kiosk.web.guards import needs
from kiosk.web.rights import Right

_sells = needs(Right.RECORD_VISITS)
_FEW = 8
"""So many days stand in one table; more, in two beside one another, so that a month is one sheet."""


@blueprint.get("/visites/caisse/mois")
@_sells
def till_month() -> str:
    """Show a month of the counter, ready to print."""
    first = _month()
    told = months.month(here(), first)
    days = list(told.days.items())
    half = max(-(-len(days) // 2), _FEW)
    return render_template(
        "desk/till_month.html",
        month=told,
        halves=[some for some in (days[:half], days[half:]) if some],
        beside=asking.beside(first, clock.today()),
        asked=f"{first:%Y-%m}",
        space=places.space(here()),
    )


@blueprint.get("/visites/caisse/mois.csv")
@_sells
def till_month_file() -> Response:
    """Send a month of the counter as a table file."""
    first = _month()
    answer = Response(months.as_csv(months.month(here(), first)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="caisse-{first:%Y-%m}.csv"'
    return answer


def _month() -> datetime.date:
    """Return the first day of the month of the address; of this month otherwise, and for one to come."""
    return asking.asked(OLDEST, clock.today())
