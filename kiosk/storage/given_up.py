"""Contents that show somebody who was erased: no page shows them, and no machine keeps them.

A model whose contents show people names the table that says who (`__likeness__`). What
is given up follows from two words that stand: she is on it, and her erasure was ordered.
A row of anybody else that has the same content keeps it.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, false, select

from kiosk.storage.base import Base, Synced, synced_models


def shows_erased(model: type[Synced]) -> ColumnElement[bool]:
    """Return the condition that a row's contents show somebody whose erasure was ordered."""
    erasure: Any = Base.metadata.tables.get("erasure")
    if model.__likeness__ is None or erasure is None:
        return false()
    tab, of, who = model.__likeness__
    own: Any = model.__table__
    named: Any = synced_models()[tab].__table__
    person = next(iter(named.c[who].foreign_keys)).column.table.name
    on_it = (named.c[of] == own.c.uid) & named.c.deleted_at.is_(None)
    ordered = (erasure.c.row_uid == named.c[who]) & erasure.c.ordered_at.is_not(None)
    return exists().where(on_it, ordered, erasure.c.tab == person).correlate(own)


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
    """Yield the contents to take away: given up, and kept by no other row that stands."""
    for model in _carrying():
        table: Any = model.__table__
        for name in model.__files__ if model.__likeness__ else ():
            found = connection.scalars(select(table.c[name]).where(shows_erased(model)).distinct()).all()
            yield from (sha256 for sha256 in found if not _is_kept(connection, sha256))


def _is_kept(connection: Connection, sha256: str) -> bool:
    return any(
        connection.scalar(
            select(model.__table__.c.uid)
            .where(_named(model, sha256), model.__table__.c.deleted_at.is_(None), ~shows_erased(model))
            .limit(1)
        )
        for model in _carrying()
    )


def _named(model: type[Synced], sha256: str) -> ColumnElement[bool]:
    here: ColumnElement[bool] = false()
    for name in model.__files__:
        here = here | (model.__table__.c[name] == sha256)
    return here


def _carrying() -> list[type[Synced]]:
    return [model for model in synced_models().values() if model.__files__]
