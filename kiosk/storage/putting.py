"""Putting many rows into one table at the pace of the driver.

For each row of an `executemany` the engine makes a dictionary of parameters,
which takes as long as SQLite itself. Here values go through their types column
by column, and the driver gets its tuples.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, insert

_FEW = 20
Converter = Callable[[Any], Any]


def put(connection: Connection, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows into `table`; all say the same columns, in any order."""
    names = tuple(rows[0])
    if len(rows) < _FEW or connection.dialect.paramstyle != "qmark":
        connection.execute(insert(table), rows)
        return
    statement, converters = _prepared(connection.dialect, table, names)
    columns = [_column(rows, name, converter) for name, converter in converters]
    connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))


def _column(rows: Sequence[Mapping[str, Any]], name: str, converter: Converter | None) -> list[Any]:
    values = [row[name] for row in rows]
    return values if converter is None else [converter(value) for value in values]


@lru_cache(maxsize=256)
def _prepared(
    dialect: Dialect, table: Any, names: tuple[str, ...]
) -> tuple[str, list[tuple[str, Converter | None]]]:
    """Return the statement, and in its order each column with what its type makes of a value."""
    compiled: Any = insert(table).compile(dialect=dialect, column_keys=list(names))
    if set(compiled.positiontup) != set(names):
        raise TypeError(f"rows of {table} must say every column that has a default")
    kinds = {name: table.c[name].type.dialect_impl(dialect) for name in names}
    return str(compiled), [(name, kinds[name].bind_processor(dialect)) for name in compiled.positiontup]
