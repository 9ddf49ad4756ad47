"""Rows that come with the software: known to every machine, authored by nobody.

They have the same uid everywhere, so they never travel and no log holds them.
A new release may change them; a machine never does.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, update

from kiosk.storage import search
from kiosk.storage.base import Synced, synced_columns
from kiosk.storage.unit import session


def ship(model: type[Synced], rows: Sequence[Mapping[str, Any]]) -> int:
    """Bring the shipped rows of a model up to date; return how many were written.

    Each row maps column names to values and holds its `uid`. Rows that are
    already so stay untouched: running it again writes nothing.
    """
    known = _known(model, [row["uid"] for row in rows])
    written = [(row, known.get(row["uid"])) for row in rows if _differs(row, known.get(row["uid"]))]
    for row, before in written:
        _write(model, row, before)
    entries = [(model, row["uid"], {**_blank(model), **row}, before is None) for row, before in written]
    search.index(session().connection(), entries)
    return len(written)


def _known(model: type[Synced], uids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Mapping[str, Any]]:
    table = model.__table__
    rows = session().connection().execute(select(table).where(table.c.uid.in_(uids))).mappings()
    return {row["uid"]: dict(row) for row in rows}


def _differs(row: Mapping[str, Any], before: Mapping[str, Any] | None) -> bool:
    return before is None or any(before[name] != value for name, value in row.items())


def _write(model: type[Synced], row: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
    table: Any = model.__table__
    values = {**row, **model.derive({**_blank(model), **row})}
    connection = session().connection()
    if before is None:
        connection.execute(insert(table).values(**values, ver=1))
        return
    connection.execute(update(table).where(table.c.uid == row["uid"]).values(**values, ver=before["ver"] + 1))


def _blank(model: type[Synced]) -> dict[str, Any]:
    return {column.name: None for column in synced_columns(model.__table__)}
