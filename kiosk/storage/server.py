"""PostgreSQL as the store: several processes on one database, one writer at a time.

A writing transaction waits for one advisory lock before it does anything, as
SQLite's BEGIN IMMEDIATE waits for the file. So nobody reads what another is about
to change, no two writers wait for each other, and the log's numbers are committed
in their order. The server drops the lock with the connection, however its process
died.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

WRITING, UPGRADING = 0x6B696F736B01, 0x6B696F736B02
"""Names of the locks, the same in every process; other programs of the server use others."""

PATIENCE_S, FROZEN_S, CONNECT_S = 10, 60, 5
"""How long a writer waits for the others, how long it may hold them up while it does
nothing, and how long a server may be silent before it counts as gone (s)."""

_ALONE = (
    f"SELECT set_config('lock_timeout', '{PATIENCE_S}s', true), "
    f"set_config('idle_in_transaction_session_timeout', '{FROZEN_S}s', true), "
    f"pg_advisory_xact_lock({WRITING})"
)
_BESIDE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
_WRITERS_WAIT = f"SELECT pg_advisory_xact_lock({WRITING})"


def engine(url: URL) -> Engine:
    """Return an engine whose writing transactions come one after the other."""
    silent: dict[str, Any] = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_S}
    made = create_engine(
        url,
        pool_pre_ping=True,
        max_overflow=60,
        pool_timeout=PATIENCE_S,
        hide_parameters=True,
        connect_args=silent,
    )
    event.listen(made, "begin", _begin)
    return made


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("immediate"):
        connection.exec_driver_sql(_BESIDE if options.get("beside") else _ALONE)


def keep_writers_out(connection: Connection) -> None:
    """Let no writer between the steps of a migration, in its transaction, however long they take."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_WRITERS_WAIT)


@contextmanager
def one_upgrade(engine: Engine) -> Iterator[None]:
    """Let one process at a time prepare the database; the next one finds nothing to do."""
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({UPGRADING})")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({UPGRADING})")
