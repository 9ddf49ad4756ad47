"""Contents that show somebody who was erased: no page shows them, and no machine keeps them.

A model whose contents show people names the table that says who (`__likeness__`). What
is given up follows from two words that stand: she is on it, and her erasure was ordered.
A row of anybody else that has the same content keeps it.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, false, select

from kiosk.storage.base import Base, Synced, synced_models


def shows_erased(model: type[Synced]) -> ColumnElement[bool]:
    """Return the condition that a row's contents show somebody whose erasure was ordered."""
    shown = _shown(model, model.__table__)
    return false() if shown is None else exists().where(shown).correlate(model.__table__)


def _shown(model: type[Synced], own: Any) -> ColumnElement[bool] | None:
    """Return the two words that stand of a row of `own`, None where nothing tells who is shown."""
    erasure: Any = Base.metadata.tables.get("erasure")
    if model.__likeness__ is None or erasure is None:
        return None
    tab, of, who = model.__likeness__
    named: Any = synced_models()[tab].__table__
    person = next(iter(named.c[who].foreign_keys)).column.table.name
    on_it = (named.c[of] == own.c.uid) & named.c.deleted_at.is_(None)
    ordered = select(erasure.c.row_uid).where(erasure.c.tab == person, erasure.c.ordered_at.is_not(None))
    return on_it & named.c[who].in_(ordered)


def is_given_up(connection: Connection, sha256: str) -> bool:
    """Tell whether a content is known to show somebody who was erased."""
    return any(
        connection.scalar(
            select(model.__table__.c.uid).where(_named(model, sha256), shows_erased(model)).limit(1)
        )
        for model in _carrying()
        if model.__likeness__
    )


def contents(connection: Connection) -> Iterator[str]:
    """Yield the contents to take away: given up, and kept by no other row that stands.

    From the orders to the pictures, never the other way: each exchange asks, and orders are few.
    """
    for model in _carrying():
        own = model.__table__.alias()
        if (shown := _shown(model, own)) is None:
            continue
        for name in model.__files__:
            given_up = select(own.c[name]).where(shown).distinct()
            found = set(connection.scalars(given_up))
            yield from found - _kept(connection, given_up) if found else ()


def _kept(connection: Connection, given_up: Select[Any]) -> set[str]:
    """Return which of these contents a row keeps that shows nobody who was erased."""
    found: set[str] = set()
    for model in _carrying():
        stands = (model.__table__.c.deleted_at.is_(None), ~shows_erased(model))
        for column in (model.__table__.c[name] for name in model.__files__):
            found |= set(connection.scalars(select(column).where(column.in_(given_up), *stands)))
    return found


def _named(model: type[Synced], sha256: str) -> ColumnElement[bool]:
    here: ColumnElement[bool] = false()
    for name in model.__files__:
        here = here | (model.__table__.c[name] == sha256)
    return here


def _carrying() -> list[type[Synced]]:
    return [model for model in synced_models().values() if model.__files__]
