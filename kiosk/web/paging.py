"""Pages of a list: one count and one slice, whatever the number of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from flask import request
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import QueryableAttribute

from kiosk.storage import session
from kiosk.web.addresses import address

PER_PAGE = 30
_KEPT = 32


@dataclass(frozen=True)
class Page:
    """A slice of a list. `number` starts at 1."""

    items: Sequence[Any]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // self.per_page))

    @cached_property
    def previous_url(self) -> str | None:
        """Address of the page before, None on the first."""
        return self._url(self.number - 1) if self.number > 1 else None

    @cached_property
    def next_url(self) -> str | None:
        """Address of the page after, None on the last."""
        return self._url(self.number + 1) if self.number < self.pages else None

    def _url(self, number: int) -> str:
        args: dict[str, Any] = (
            {**request.view_args, **request.args.to_dict()}
            if request.view_args
            else {**request.args.to_dict()}
        )
        return address(str(request.endpoint), **{**args, "page": number})


def page_number() -> int:
    """Return the page asked for in the address, 1 when it makes no sense."""
    asked = request.args.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


def paginate(
    query: Select[Any], per_page: int = PER_PAGE, scalars: bool = True, total: int | None = None
) -> Page:
    """Return the page of `query` that the address asks for (two statements, one where `total` is known)."""
    if total is None:
        total = session().connection().scalar(_count(query)) or 0
    number = min(page_number(), max(1, -(-total // per_page)))
    rows = _slice(query, per_page, (number - 1) * per_page)
    # Columns alone need no objects, and half the work.
    reader: Any = session().connection() if _is_columns(query) else session()
    result = reader.execute(rows)
    return Page(result.scalars().all() if scalars else result.all(), number, per_page, total)


@lru_cache(maxsize=_KEPT)
def _count(query: Select[Any]) -> Select[Any]:
    # Kept for the statements that rooms keep: building one costs more than running it.
    return select(func.count()).select_from(query.order_by(None).subquery())


@lru_cache(maxsize=_KEPT)
def _is_columns(query: Select[Any]) -> bool:
    wanted = (one["expr"] for one in query.column_descriptions)
    return all(isinstance(one, ColumnElement | QueryableAttribute) for one in wanted)


@lru_cache(maxsize=_KEPT)
def _slice(query: Select[Any], limit: int, offset: int) -> Select[Any]:
    return query.limit(limit).offset(offset)
