"""The root of every model, and what makes a row travel."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, Connection, Date, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from kiosk.storage.carried import Carried, Rank
from kiosk.storage.ids import new_uid
from kiosk.storage.types import UID, reference

BOOKKEEPING = frozenset({"uid", "ver", "cver_epoch", "cver_n"})


class Base(DeclarativeBase):
    """Declarative base; plain tables (tallies, credentials) never leave the machine."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    # One type for all columns of a kind: a class here would make one for each of a thousand.
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        uuid.UUID: UID,
        str: Text(),
        int: BigInteger(),
        datetime.date: Date(),
    }


class Synced(Base):
    """A row that travels: every write is logged, deletion is a date, the id is random.

    `__prevails__` names values that win any concurrent edit of their field, such as
    a consent withdrawn. `__files__` names the columns that hold the SHA-256 of a content
    which travels after the row, `__likeness__` who is on it: a table, its column that names
    this row and its column that names a person. `__natural__` is how the uid follows from the values: a kind
    (`{column}` filled in), then the columns of ids; such an id is not sent. `ver` counts
    local writes (the guard triggers demand it moves), `cver_*` is the centre's version last
    merged, None when the centre has never seen the row.
    """

    __abstract__ = True
    __search__: ClassVar[str | None] = None
    __prevails__: ClassVar[Mapping[str, Any]] = {}
    __yields__: ClassVar[Mapping[str, Any]] = {}
    __erases__: ClassVar[frozenset[str]] = frozenset()
    __visiting__: ClassVar[frozenset[str]] = frozenset()
    __files__: ClassVar[Sequence[str]] = ()
    __likeness__: ClassVar[tuple[str, str, str] | None] = None
    __natural__: ClassVar[Sequence[str]] = ()

    uid: Mapped[uuid.UUID] = mapped_column(UID, primary_key=True, default=new_uid, sort_order=-9)
    ver: Mapped[int] = mapped_column(server_default="0", sort_order=90)
    cver_epoch: Mapped[int | None] = mapped_column(sort_order=91)
    cver_n: Mapped[int | None] = mapped_column(sort_order=92)
    deleted_at: Mapped[int | None] = mapped_column(sort_order=93)

    @classmethod
    def derive(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the local columns (`info={"local": True}`) computed from a row's synced values."""
        return {}

    @classmethod
    def searchable(cls, row: Mapping[str, Any]) -> str:
        """Return the words under which the row is found, in any spelling."""
        return ""

    @classmethod
    def owner(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> uuid.UUID | None:
        """Return the space that may write the row; None where only the centre may."""
        found: uuid.UUID | None = row.get("space_uid")
        return found

    @classmethod
    def reserved(cls, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
        """Tell whether only the centre may bring the row from `before` (None: not there) to `after`."""
        return False

    @classmethod
    def forget(cls, connection: Connection, uid: uuid.UUID) -> None:
        """Empty what this machine keeps of an erased row beside the row itself."""

    @classmethod
    def scope(cls, uid: uuid.UUID, row: Mapping[str, Any]) -> str:
        """Return who receives the row: `all`, or `space:<hex uid>` for one space and the centre."""
        space = cls.owner(uid, row)
        return f"space:{space.hex}" if space else "all"

    @classmethod
    def carried(cls, name: str, row: Mapping[str, Any]) -> Carried | None:
        """Return the content that column `name` of `__files__` refers to; None where it stays at home."""
        return Carried(row[name] or "", row.get("size") or 0, row.get("mime") or "", Rank.PICTURE)


class SpaceOwned(Synced):
    """A synced row that belongs to one space: only that space and the centre hold it."""

    __abstract__ = True

    @declared_attr
    @classmethod
    def space_uid(cls) -> Mapped[uuid.UUID]:
        """The space that owns the row."""
        return reference("space.uid")


def is_local(column: Column[Any]) -> bool:
    """Tell whether a column is recomputed here instead of travelling."""
    return bool(column.info.get("local"))


@cache
def synced_columns(table: Any) -> tuple[Column[Any], ...]:
    """Return the columns of a synced table whose values travel, in schema order."""
    return tuple(c for c in table.columns if c.name not in BOOKKEEPING and not is_local(c))


def synced_models() -> dict[str, type[Synced]]:
    """Return every synced model by table name, parents before children."""
    return _models(len(Base.metadata.tables))


@cache
def _models(_tables: int) -> dict[str, type[Synced]]:
    """Sorting tables takes a millisecond, and a merge asks for every change: once a set of tables."""
    models = {m.class_.__tablename__: m.class_ for m in Base.registry.mappers if issubclass(m.class_, Synced)}
    return {t.name: models[t.name] for t in Base.metadata.sorted_tables if t.name in models}
