"""A real PostgreSQL server for the tests, started once a session and gone with it.

`KIOSK_TEST_POSTGRES` (a URL whose user may create databases) uses a server that
runs already. Otherwise the newest one installed by Debian is started in a folder
of its own, on a socket only; it refuses to run as root, so root lends the folder
to the user `postgres` (or `nobody`).
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

SETTINGS = ("listen_addresses=", "fsync=off", "shared_buffers=16MB", "max_connections=60")


@dataclass
class Server:
    """A running server; `url` reaches its maintenance database."""

    url: str
    databases: list[str] = field(default_factory=list)

    def new_database(self, template: str = "template0") -> str:
        """Create an empty database (or a copy of `template`) and return its URL."""
        name = f"kiosk_{uuid.uuid4().hex[:12]}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        self.databases.append(name)
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop a database that `new_database` made, whoever is still connected."""
        name = make_url(url).database or ""
        self.databases.remove(name)
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def programs() -> Path | None:
    """Return the folder of the newest installed PostgreSQL server, None without one."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(versions, key=lambda folder: float(folder.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


def _lent_to() -> pwd.struct_passwd | None:
    if os.geteuid():
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _start(folder: Path, more: Sequence[str]) -> subprocess.Popen[bytes]:
    owner = _lent_to()
    user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    where, quiet = programs(), {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    assert where is not None
    make = [where / "initdb", "-D", folder / "data", "-A", "trust", "-U", "kiosk", "-N", "--locale=C.UTF-8"]
    subprocess.run(make, check=True, **quiet, **user)
    command = [
        where / "postgres",
        "-D",
        folder / "data",
        "-k",
        folder,
        *(part for s in (*SETTINGS, *more) for part in ("-c", s)),
    ]
    return subprocess.Popen(command, **quiet, **user)


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            return server.run("SELECT 1")
        except Exception:
            if process.poll() is not None:
                raise
            time.sleep(0.05)
    raise TimeoutError("PostgreSQL did not answer within ten seconds")


@contextmanager
def running(*more: str) -> Iterator[Server]:
    """Start the newest server installed here for the time of the block; `more` settings, `fsync=on`."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-pg-"))
    process = _start(folder, more)
    try:
        server = Server(f"postgresql+psycopg://kiosk@/postgres?host={folder}")
        _wait(server, process)
        yield server
    finally:
        # SIGINT is the fast stop: SIGTERM waits for every pooled connection.
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def pg_server() -> Iterator[Server]:
    """The server of this test session; skipped visibly without one, failed under CI."""
    if given := os.environ.get("KIOSK_TEST_POSTGRES"):
        yield Server(given)
        return
    if programs() is None:
        missing = "PostgreSQL is not installed: apt-get install postgresql"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    with running() as server:
        yield server


@pytest.fixture
def pg(pg_server: Server) -> Iterator[str]:
    """The URL of a fresh, empty PostgreSQL database."""
    url = pg_server.new_database()
    yield url
    pg_server.drop(url)
