"""Many new rows of one model at once, without an object for each: the rows of an import.

It writes what adding objects and flushing them writes: derived columns, the log
with its chain and its counter, the search, all in the caller's transaction. An
object and its history cost more than the row; ten thousand of them cost seconds.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection

from kiosk.storage import search
from kiosk.storage.base import Synced, synced_columns
from kiosk.storage.capture import Sink, inserted
from kiosk.storage.ids import new_uid
from kiosk.storage.putting import put
from kiosk.storage.unit import session

_PART = 1000
Row = Mapping[str, Any]


def create_rows(model: type[Synced], rows: Iterable[Row]) -> None:
    """Write new rows of `model`, in order, each given by column (`uid` where it is already known).

    What a row does not say takes its column's default. What the session still
    holds is written first. Raises TypeError for a name that does not travel.
    """
    current = session()
    current.flush()
    connection, sink = current.connection(), current.info["sink"]
    waiting = iter(rows)
    while part := list(islice(waiting, _PART)):
        _write(connection, sink, model, part)


def _write(connection: Connection, sink: Sink, model: type[Synced], part: list[Row]) -> None:
    whole = [(row.get("uid") or new_uid(), _whole(model, row)) for row in part]
    lines = [{"uid": uid, "ver": 1, **row, **model.derive(row)} for uid, row in whole]
    put(connection, model.__table__, lines)
    sink.record(connection, [inserted(model, uid, row) for uid, row in whole], session().info.get("actor"))
    search.index(connection, [(model, uid, row, True) for uid, row in whole])


def _whole(model: type[Synced], row: Row) -> dict[str, Any]:
    """Return every value that travels, in order; as with an object, None takes the default."""
    columns = _columns(model.__table__)
    if unknown := row.keys() - columns.keys() - {"uid"}:
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(unknown))} that travels")
    return {
        name: absent() if (said := row.get(name)) is None and absent else said
        for name, absent in columns.items()
    }


@cache
def _columns(table: Any) -> dict[str, Callable[[], Any] | None]:
    """Return what gives each column its value where the row says nothing: None for nothing."""
    return {column.name: _default(column) for column in synced_columns(table)}


def _default(column: Column[Any]) -> Callable[[], Any] | None:
    default: Any = column.default
    if column.server_default is not None and default is None:
        raise TypeError(f"{column} has its default in the database only: the log could not tell it")
    if default is None:
        return None
    return (lambda: default.arg) if default.is_scalar else (lambda: default.arg(None))
