"""Database files as disks: copied, cloned, put back; and a person writing on one."""

import dataclasses
import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, make_url

from kiosk.places import services as places
from kiosk.places.models import Space
from kiosk.rooms import load_models, open_store
from kiosk.storage import SCHEMA, Change, Store, session, transaction
from kiosk.storage.log import LocalLog
from tests.support.machines import make_schema
from tests.support.postgres import Server

SPACE = places.space_uid("NIO")


class NewerLog(LocalLog):
    """The log of a kiosk one schema ahead, for one write."""

    newer = False

    def record(self, connection: Connection, changes: Sequence[Change], actor: uuid.UUID | None) -> None:
        found = [dataclasses.replace(c, schema=SCHEMA + 1) if self.newer else c for c in changes]
        super().record(connection, found, actor)


class Disk:
    """A machine's database file, and what a person would swear is on it."""

    def __init__(self, path: Path, role: str = "kiosk") -> None:
        self.path, self.role = path, role
        self.writes: set[int] = set()
        self.offset = 0
        self.open()

    def open(self) -> None:
        sink = {} if self.role == "central" else {"sink": NewerLog()}
        url = f"sqlite:///{self.path}"
        self.store = Store(url, **sink) if sink else open_store(url, "central")
        event.listen(self.store.engine, "connect", _fast)

    def image(self, path: Path) -> "Disk":
        """Copy the file: a backup, or a cloned card."""
        self.store.close()
        shutil.copy(self.path, path)
        twin = Disk(path, self.role)
        twin.writes, twin.offset = set(self.writes), self.offset
        return twin

    def replace(self, other: "Disk") -> None:
        """Put another image in the place of this one."""
        self.store.close()
        other.store.close()
        shutil.copy(other.path, self.path)
        self.writes = set(other.writes)
        self.open()


class PostgresDisk(Disk):
    """The centre's database on a PostgreSQL server; an image is a copy of the database."""

    def __init__(self, server: Server, url: str) -> None:
        self.server, self.url = server, url
        super().__init__(Path(), "central")

    def open(self) -> None:
        self.store = open_store(self.url, "central")

    def image(self, path: Path) -> "Disk":
        self.store.close()
        return PostgresDisk(self.server, self.copy(self.url))

    def replace(self, other: "Disk") -> None:
        assert isinstance(other, PostgresDisk)
        for disk in (self, other):
            disk.store.close()
        self.url = self.copy(other.url)
        self.open()

    def copy(self, url: str) -> str:
        return self.server.new_database(make_url(url).database or "")


def _fast(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode = MEMORY", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def blank(path: Path, role: str) -> None:
    """Make a database with tables, and the space in a kiosk's."""
    load_models()
    path.touch(0o600)
    disk = Disk(path, role)
    make_schema(disk.store)
    if role == "kiosk":
        with disk.store.open(), transaction():
            session().add(Space(uid=SPACE, code="NIO", name="Nioro", hours={}, exceptions=[]))
    disk.store.close()


class Writing:
    """Number a human write, on a machine whose clock says what it says; a `newer` one knows more words."""

    def __init__(self, world: Any, disk: Disk, newer: bool) -> None:
        self.world, self.disk, self.newer = world, disk, newer

    def __enter__(self) -> str:
        world = self.world
        world.now += 1
        world.written += 1
        world.saw[world.written] = None
        world.at(self.disk.offset)
        self.disk.store.sink.newer = self.newer  # type: ignore[attr-defined]
        self.open = self.disk.store.open()
        self.open.__enter__()
        self.work = transaction()
        self.work.__enter__()
        return f"w{world.written}"

    def __exit__(self, *failure: Any) -> None:
        self.work.__exit__(*failure)
        self.open.__exit__(*failure)
        self.disk.store.sink.newer = False  # type: ignore[attr-defined]
        self.disk.writes.add(self.world.written)
