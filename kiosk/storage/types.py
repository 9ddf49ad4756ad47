"""Column types that mean the same thing on SQLite and on PostgreSQL."""

import datetime
import unicodedata
import uuid
from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, TypeVar

from sqlalchemy import JSON, Dialect, ForeignKey, LargeBinary, String, TypeDecorator, Uuid
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

E = TypeVar("E", bound=StrEnum)


class Uid(TypeDecorator[uuid.UUID]):
    """A 16-byte identifier: BLOB on SQLite, native uuid on PostgreSQL."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Uuid(as_uuid=True))
        return dialect.type_descriptor(LargeBinary(16))

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        # A report reads a hundred thousand ids: they go by the shortest way.
        return None if dialect.name == "postgresql" else _read


def _read(value: bytes | None) -> uuid.UUID | None:
    return None if value is None else _made(value)


@lru_cache(maxsize=1024)
def _made(value: bytes) -> uuid.UUID:
    """Return an identifier; those that row after row refers to are made once."""
    return uuid.UUID(bytes=value)


UID = Uid()
"""The type of every column of ids: one for all, where a table of its own would make one a column."""


class OpenEnum(TypeDecorator[str]):
    """A StrEnum stored as its text; a word this version does not know stays a plain str.

    A newer centre may send a newer word: the page shows it raw rather than fail.
    """

    impl = String(40)
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        try:
            return None if value is None else self.enum(value)
        except ValueError:
            return value


_JSON = JSON(none_as_null=True)


@cache
def _open(enum: type[StrEnum]) -> OpenEnum:
    return OpenEnum(enum)


def reference(target: str, **options: Any) -> MappedColumn[Any]:
    """Column pointing at another synced row, e.g. `reference("member.uid")`; never CASCADE."""
    return mapped_column(UID, ForeignKey(target), **{"index": True, **options})


def enum_column(enum: type[E], **options: Any) -> MappedColumn[Any]:
    """Column holding one word of `enum`."""
    return mapped_column(_open(enum), **options)


def list_column(**options: Any) -> MappedColumn[Any]:
    """Column holding a JSON list or dict of texts and integers; replace it, never mutate it."""
    return mapped_column(_JSON, **options)


def plain(value: Any, levels: int = 16) -> Any:
    """Encode a column value for a change: JSON types only, NFC text, hex uids, no floats.

    Raises TypeError for a float or an unknown type, so that no rounding ever travels,
    and for a list in a list more than `levels` deep, which no frame carries.
    """
    if not levels:
        raise TypeError("a value nested this deep cannot travel in a change")
    if isinstance(value, str):
        return unicodedata.normalize("NFC", str(value))
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(part, levels - 1) for part in value]
    if isinstance(value, dict):
        return {str(key): plain(part, levels - 1) for key, part in value.items()}
    raise TypeError(f"a {type(value).__name__} cannot travel in a change")


def typed(column_type: TypeEngine[Any], value: Any) -> Any:
    """Decode a value written by `plain` for a column of that type.

    Raises ValueError or TypeError where the text is not of the column's kind.
    """
    if value is None:
        return None
    if isinstance(column_type, Uid):
        return uuid.UUID(hex=value)
    kind = getattr(column_type, "python_type", str) if not isinstance(column_type, JSON) else object
    if kind is datetime.date:
        return datetime.date.fromisoformat(value)
    if kind is bool and not isinstance(value, bool | int):
        raise TypeError("a boolean was expected")
    if kind is int and (isinstance(value, bool) or not isinstance(value, int)):
        raise TypeError("an integer was expected")
    if kind is str and not isinstance(value, str):
        raise TypeError("a text was expected")
    return value
