"""The store: one database, its engine and its sessions."""

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from kiosk.paths import shelf
from kiosk.storage import capture, disk, guards, log, search, server
from kiosk.storage.absent import later
from kiosk.storage.capture import Sink
from kiosk.storage.unit import ambient, session
from kiosk.storage.watch import Watch

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA busy_timeout = 15000",
    "PRAGMA cache_size = -8000",
    "PRAGMA journal_size_limit = 16777216",
)

_FEW_PAGES = "PRAGMA cache_size = -500"
_FEW_STATEMENTS: dict[str, Any] = {"query_cache_size": 32, "connect_args": {"cached_statements": 24}}
"""What a process that goes through rows once keeps compiled: each weighs twenty kilobytes."""


_ON_DISK = {
    disk.FULL: "le disque est plein, libérez de la place puis recommencez",
    disk.LOCKED: "le disque refuse l’écriture",
}


class StoreError(Exception):
    """The database cannot be used as it is; the text says what to do."""


class Store:
    """One database and the sink its changes go to.

    `open()` gives an ambient session outside the web; the web binds its own
    request session to the same engine.
    """

    def __init__(self, url: str, sink: Sink | None = None) -> None:
        self.url = make_url(url)
        self.sink: Sink = sink or log.LocalLog()
        self.engine = _engine(self.url)
        self._watch: Watch | None = None
        capture.install()

    def pulse(self) -> bytes | None:
        """Return what differs after any commit of any process; None where nobody can tell."""
        if self.url.get_backend_name() != "sqlite" or not self.url.database:
            return None
        try:
            if self._watch is None:
                self._watch = Watch(Path(self.url.database))
            return self._watch.moment()
        except sqlite3.Error:
            # A full or locked disk: the page itself will meet it, and say so.
            return None

    def moment(self) -> tuple[Any, ...]:
        """Return what differs after any synced row changed, by this process or another."""
        pulse = self.pulse()
        return self.sink.version(session().connection()) if pulse is None else (pulse,)

    @property
    def info(self) -> dict[str, Any]:
        """What every session of this store carries."""
        return {"sink": self.sink}

    @contextmanager
    def open(self, actor: uuid.UUID | None = None) -> Iterator[Session]:
        """Open an ambient session for a command, a worker or a test."""
        with Session(self.engine, expire_on_commit=False, info={**self.info, "actor": actor}) as current:
            with ambient(lambda: current):
                yield current

    def stay_small(self) -> None:
        """Keep few pages and statements in memory: for a process that goes through rows once.

        Call it before the first session. PostgreSQL keeps its pages itself.
        """
        if self.url.get_backend_name() == "sqlite":
            self.engine.dispose()
            self.engine = _engine(self.url, **_FEW_STATEMENTS)
            event.listen(self.engine, "connect", _keep_few_pages)

    def close(self) -> None:
        """Give every connection back, so that SQLite can fold its journal away."""
        self.engine.dispose()
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def check_version(self) -> None:
        """Raise StoreError unless the database is at this program's migration."""
        wanted = head()
        found = self.version()
        if found is None:
            raise StoreError("la base n’est pas prête : lancez « kiosk upgrade »")
        if found > wanted:
            raise StoreError(
                f"la base ({found}) vient d’une version plus récente : mettez le programme à jour"
            )
        if found < wanted:
            raise StoreError(f"la base ({found}) est à mettre à niveau ({wanted}) : lancez « kiosk upgrade »")

    def version(self) -> str | None:
        """Return the migration the database is at, None for an empty one."""
        try:
            with self.engine.connect() as connection:
                row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
        except DBAPIError as error:
            if "alembic_version" in str(error.orig):
                return None
            said = _ON_DISK.get(disk.refusal(error) or "", f"la base ne s’ouvre pas : {error.orig}")
            raise StoreError(said) from error
        return row[0] if row else None


def head() -> str:
    """Return the newest migration this program ships: revisions are numbered 0001, 0002…"""
    names = (path.name[:4] for path in (shelf("migrations") / "versions").glob("[0-9]*.py"))
    return max(names, default="0000")


def finish_schema(connection: Connection) -> None:
    """Re-create guards and search tables after a migration, and the first identity."""
    guards.ensure(connection)
    search.ensure(connection)
    log.ensure_self(connection)


def _engine(url: URL, **more: Any) -> Engine:
    if url.get_backend_name() != "sqlite":
        return server.engine(url)
    path = url.database
    if path and not Path(path).exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    # A failed statement is logged without its values: they are names and telephones.
    with later("asyncio"):  # for the driver of asynchronous programs, which comes with ours
        engine = create_engine(url, hide_parameters=True, **more)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN is deferred and late; ours is sent by `_begin`.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _keep_few_pages(connection: Any, _record: Any) -> None:
    connection.execute(_FEW_PAGES)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("immediate"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # It takes no lock and reads nothing: it cannot be refused, and every page that reads pays for it.
        connection.connection.cursor().execute("BEGIN")
