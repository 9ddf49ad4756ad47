"""The month that a page is about: asked by its address (`mois=2026-11`), with its neighbours to go to."""

import datetime

from flask import request

from kiosk.language import formats
from kiosk.storage import clock


def asked(first: datetime.date, last: datetime.date) -> datetime.date:
    """Return the first day of the month of the address; of this month for none, or one out of bounds."""
    this = clock.today().replace(day=1)
    try:
        found = datetime.date.fromisoformat(f"{request.args.get('mois', '')}-01").replace(day=1)
    except ValueError:
        return this
    return found if first <= found <= last else this


def beside(month: datetime.date, last: datetime.date) -> list[tuple[str, str]]:
    """Return the months before and after, as they are called and as addresses say them; none after `last`."""
    before = (month - datetime.timedelta(days=1)).replace(day=1)
    after = (month + datetime.timedelta(days=31)).replace(day=1)
    return [(formats.month_year(one), f"{one:%Y-%m}") for one in (before, after) if one <= last]
