"""What a kiosk may receive: its scopes, and single rows of other spaces that were lent to it.

`all` is everybody's, `space:X` one space's, `centre` nobody's but the centre's. A
row lent shows what a visit needs; once the loan is over it shows no name any
more, and goes altogether where no record of the space needs it.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from kiosk.central.journal import ALL
from kiosk.central.models import card_grant
from kiosk.storage.base import Synced
from kiosk.storage.types import plain
from kiosk.sync.emptying import blank


@dataclass(frozen=True)
class Reach:
    """Scopes, rows `lent`, and rows lent once that own records still name (`known`)."""

    scopes: tuple[str, ...]
    lent: frozenset[uuid.UUID] = frozenset()
    known: frozenset[uuid.UUID] = frozenset()

    @property
    def space(self) -> uuid.UUID:
        """The space whose rows a kiosk with this reach may write."""
        return uuid.UUID(hex=self.scopes[1].removeprefix("space:"))

    def sees(self, uid: uuid.UUID, scope: str) -> bool:
        """Tell whether a row comes here, whole or in part."""
        return scope in self.scopes or uid in self.lent or uid in self.known

    def condition(self, columns: Any) -> ColumnElement[bool]:
        """Return the same as SQL, over a table with `scope` and `row_uid`."""
        singles = [*self.lent, *self.known]
        mine: ColumnElement[bool] = columns.scope.in_(self.scopes)
        return or_(mine, columns.row_uid.in_(singles)) if singles else mine

    def shown(
        self, model: type[Synced], uid: uuid.UUID, scope: str, row: Mapping[str, Any], names: Iterable[str]
    ) -> dict[str, Any]:
        """Return the values of these fields as they may leave, as `plain` writes them."""
        if scope in self.scopes:
            return {name: plain(row[name]) for name in names}
        visible = [name for name in names if not model.__visiting__ or name in model.__visiting__]
        gone = model.__erases__ if uid not in self.lent else ()
        return {name: blank(model, name) if name in gone else plain(row[name]) for name in visible}


def scopes(space_uid: uuid.UUID) -> tuple[str, ...]:
    """Return what every kiosk of that space receives."""
    return (ALL, f"space:{space_uid.hex}")


def of(connection: Connection, space_uid: uuid.UUID) -> Reach:
    """Return what a kiosk of that space may receive now."""
    rows = connection.execute(select(card_grant).where(card_grant.c.space_uid == space_uid)).all()
    lent = frozenset(row.row_uid for row in rows if row.ended_at is None)
    return Reach(scopes(space_uid), lent, frozenset(row.row_uid for row in rows) - lent)
