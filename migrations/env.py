"""Alembic environment: one script serves SQLite and PostgreSQL.

Rebuilding a table on SQLite silently drops its triggers, and with foreign keys
on it would delete children: keys are switched off before the transaction,
checked after it, and guards and search tables are made again at the end.
"""

from alembic import context
from sqlalchemy import Connection, text

from kiosk.rooms import load_models
from kiosk.storage import Base
from kiosk.storage.store import finish_schema, head
from kiosk.storage.types import OpenEnum, Uid


class MigrationBroken(RuntimeError):
    """Rows point at parents that a migration took away."""


def _skip(target: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    return not (kind == "table" and "_search" in (name or ""))


def _render(kind: str, item: object, autogen: object) -> str | bool:
    """Write columns by what they are in the database: a step outlives the enums it was born with."""
    if kind == "type" and isinstance(item, Uid):
        autogen.imports.add("from kiosk.storage.types import Uid")  # type: ignore[attr-defined]
        return "Uid()"
    if kind == "type" and isinstance(item, OpenEnum):
        return "sa.String(40)"
    return False


def run(connection: Connection) -> None:
    """Run the migrations on an open connection, in one transaction."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=sqlite,
        include_object=_skip,
        render_item=_render,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
        if sqlite and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise MigrationBroken("foreign keys broken by a migration")
        if context.get_context().get_current_revision() == head():
            finish_schema(connection)


load_models()
run(context.config.attributes["connection"])
