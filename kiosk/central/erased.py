"""What has been erased: how it stays so, whoever still brings it."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from kiosk.storage.changes import Authored
from kiosk.sync import emptying
from kiosk.sync.emptying import Fields
from kiosk.sync.frame import FrameError
from kiosk.sync.messages import Request
from kiosk.sync.models import Erasure


def emptied(entry: Authored, places: Fields) -> Authored:
    """Return a change without the words that were erased from its row; its op id stays."""
    erased = places.get((entry.change.tab, entry.change.row_uid))
    if not erased:
        return entry
    fields = emptying.blanked(entry.change.tab, entry.change.fields, erased)
    if fields == entry.change.fields:
        return entry
    return replace(entry, change=replace(entry.change, fields=fields), emptied=True)


def orders(connection: Connection, uids: Iterable[uuid.UUID] | None = None) -> Fields:
    """Return what was ordered for any of these rows, for every row without them."""
    wanted = set(uids) if uids is not None else None
    table: Any = Erasure.__table__
    query = select(table.c.places).where(table.c.ordered_at.is_not(None))
    found: Fields = {}
    for places in connection.scalars(query):
        said = emptying.read(places)
        found |= {place: said[place] for place in said if wanted is None or place[1] in wanted}
    return found


def admitted(connection: Connection, request: Request) -> Request:
    """Return a push as it may be kept: what was erased stays so, whoever still holds it.

    Raises FrameError for an emptied change of a row that nobody erased: its content
    would be lost under its own name.
    """
    places = orders(connection, {row.change.row_uid for row in request.rows})
    for row in request.rows:
        if row.emptied and (row.change.tab, row.change.row_uid) not in places:
            raise FrameError("an emptied change of a row that nobody erased")
    if not places:
        return request
    return replace(request, rows=tuple(emptied(row, places) for row in request.rows))
