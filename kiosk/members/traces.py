"""Every record that is about one member, in the words of the rooms that keep them.

A table is about her when a column names a member; so is one whose rows belong to such
a row, as the meetings of her follow-up do. No list is kept: the tables themselves say it.
"""

import datetime
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, select

from kiosk.language import formats, msg
from kiosk.members.models import Consent, Member, OwnAnswer, PersonLink
from kiosk.storage import plain, session, synced_models, telling

Lines = Sequence[tuple[str, str]]
Way = tuple[Column[Any], ...]
"""From a table to a member: its column, then that of the table it leads to, and so on."""

_ELSEWHERE = {model.__tablename__ for model in (Member, Consent, OwnAnswer, PersonLink)}
"""Told by this room in parts of their own: her card, her word, her answers, her other cards."""


def ways() -> dict[str, Way]:
    """Return every synced table that is about members, with the way that leads to them, shortest first."""
    tables: dict[str, Any] = {name: model.__table__ for name, model in synced_models().items()}
    rest = {name: table for name, table in tables.items() if name not in _ELSEWHERE}
    found: dict[str, Way] = {name: (column,) for name, table in rest.items() for column in _naming(table)}
    before = -1
    while before != len(found):
        before = len(found)
        for name, table in rest.items():
            above = [(column, found[to]) for column, to in _parents(table) if to in found]
            if name not in found and above:
                found[name] = (above[0][0], *above[0][1])
    return found


def _naming(table: Table) -> Iterator[Column[Any]]:
    """Yield the columns that name a member; one without a key to her table is called so."""
    for column in table.columns:
        if column.name == "member_uid" or (Member.__tablename__ in {to for _, to in _keys(column)}):
            yield column


def _parents(table: Table) -> Iterator[tuple[Column[Any], str]]:
    for column in table.columns:
        yield from _keys(column)


def _keys(column: Column[Any]) -> Iterator[tuple[Column[Any], str]]:
    for key in column.foreign_keys:
        yield column, key.column.table.name


def of(member: Member) -> Lines:
    """Return (what, what it says) for every record about a member on this machine."""
    connection = session().connection()
    return [line for name, way in ways().items() for line in _of_table(connection, name, way, member)]


def _of_table(connection: Connection, name: str, way: Way, member: Member) -> Iterator[tuple[str, str]]:
    table: Any = synced_models()[name].__table__
    rows = connection.execute(_rows(table, way, member.uid)).mappings().all()
    titles = telling.titles(connection, [(name, row["uid"]) for row in rows], named=False)
    for row in rows:
        title = _but(titles.get((name, row["uid"]), ""), member.card)
        yield _called(name, title), told(table, row)


def _rows(table: Any, way: Way, member_uid: uuid.UUID) -> Select[Any]:
    """Select the rows of a table that lead to a member and were not taken back."""
    wanted: Any = way[-1] == member_uid
    for column, above in zip(reversed(way[:-1]), reversed(way[1:]), strict=True):
        owner: Any = above.table
        wanted = column.in_(select(owner.c.uid).where(wanted))
    return select(table).where(wanted, table.c.deleted_at.is_(None)).order_by(table.c.uid)


def _but(title: str, card: str) -> str:
    """Leave her own number out of a title: the whole sheet is about her."""
    return ", ".join(part for part in title.split(", ") if part != card)


def _called(tab: str, title: str) -> str:
    """Call a row by its kind and its title: whatever names her is in the list, told by its room or not."""
    said = [str(word) for word in (telling.kind(tab), title) if word]
    return "\u00a0: ".join(said) or str(msg("Autre trace"))


def told(table: Any, row: Any) -> str:
    """Return all that a row says: what its room calls by a name, then its other days."""
    named = telling.on_her_sheet(table.name)
    kept = {name: row[name] for name in named if not _is_blank(row.get(name))}
    said = [
        f"{named[name]}\u00a0: {telling.in_words(table.name, name, plain(one))}" for name, one in kept.items()
    ]
    days = [one for name, one in row.items() if name not in named and isinstance(one, datetime.date)]
    return " · ".join([*said, *map(formats.date_long, days)])


def _is_blank(value: Any) -> bool:
    """Tell whether a value says nothing: what is not so needs no line, a count of none does."""
    return value is None or value is False or value in ("", [])
