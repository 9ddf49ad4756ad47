"""Whole machines for tests: a kiosk in Nioro, a centre, on real databases made by the real migrations.

The migrations and the cast are made once a session, in a template folder; each
test gets a copy. `KIOSK_TEST_SCHEMA=models` makes the tables from the models
instead, for work on a model whose migration is not written yet.
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import text
from sqlalchemy.orm import Session

from kiosk.app import create_app
from kiosk.config import CONFIG_NAME, Settings, load
from kiosk.rooms import open_store
from kiosk.storage import Base, Store, transaction
from kiosk.storage.store import finish_schema, head
from kiosk.storage.upgrade import upgrade
from tests.support.cast import Person, settle, sign_in
from tests.support.pages import Client


class Compiled(BytecodeCache):
    """Templates compiled once a test session, whichever app shows them."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self.known.get(bucket.key + bucket.checksum):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


COMPILED = Compiled()


@dataclass
class Machine:
    """One kiosk or one centre, ready to serve; `people` is its cast by role."""

    settings: Settings
    people: dict[str, Person]

    @cached_property
    def store(self) -> Store:
        return open_store(self.settings.database_url, self.settings.role)

    @cached_property
    def app(self) -> Flask:
        app = create_app(self.settings, self.store)
        app.jinja_env.bytecode_cache = COMPILED
        app.test_client_class = Client
        app.testing = True
        return app

    @property
    def data(self) -> Path:
        return self.settings.data

    def client(self) -> Client:
        """A stranger's phone on the Wi-Fi."""
        client = self.app.test_client()
        assert isinstance(client, Client)
        return client

    def as_(self, role: str) -> Client:
        """The phone of the person of the cast who has this role, signed in."""
        client = self.client()
        sign_in(self.store, client, self.people[role])
        return client

    @contextmanager
    def open(self, role: str | None = None) -> Iterator[Session]:
        """An ambient session to read with; what a request wrote before is seen."""
        with self.store.open(self.people[role].uid if role else None) as session:
            yield session

    @contextmanager
    def writing(self, role: str | None = None) -> Iterator[Session]:
        """An ambient session and a transaction, to arrange a test with services."""
        with self.open(role), transaction() as session:
            yield session

    def close(self) -> None:
        self.store.close()


def make_schema(store: Store) -> None:
    """Bring an empty database to the present shape."""
    if os.environ.get("KIOSK_TEST_SCHEMA") != "models":
        upgrade(store)
        return
    with store.engine.begin() as connection:
        Base.metadata.create_all(connection)
        finish_schema(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})


def prepare(data: Path, role: str = "kiosk", space: str = "NIO", **settings: str) -> Machine:
    """Make a machine in an empty folder: its configuration, its database, its cast."""
    data.mkdir(parents=True, exist_ok=True)
    chosen = {"role": role, "host": "127.0.0.1", **settings}
    (data / CONFIG_NAME).write_text("".join(f'{key} = "{value}"\n' for key, value in chosen.items()))
    machine = Machine(load(data, {}), {})
    make_schema(machine.store)
    with machine.writing():
        machine.people = settle(role, space)
    return machine


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Machine]:
    """The machine of each kind that the tests copy, made the first time it is asked for."""
    made: dict[tuple[str, str], Machine] = {}

    def template(role: str, space: str) -> Machine:
        if (role, space) not in made:
            machine = prepare(tmp_path_factory.mktemp(f"{role}-{space}"), role, space)
            machine.close()
            made[role, space] = machine
        return made[role, space]

    return template


@pytest.fixture
def machine(templates: Callable[[str, str], Machine], tmp_path: Path) -> Iterator[Callable[..., Machine]]:
    """Make machines: `machine()` is a kiosk in Nioro, `machine(space="KAY")`, `machine("central")`."""
    made: list[Machine] = []

    def make(role: str = "kiosk", space: str = "NIO") -> Machine:
        template = templates(role, space)
        data = tmp_path / f"{role}-{space}-{uuid.uuid4().hex[:6]}"
        shutil.copytree(template.data, data)
        made.append(Machine(load(data, {}), template.people))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def kiosk(machine: Callable[..., Machine]) -> Machine:
    """The kiosk of Nioro: Kadidia manages it, Moussa teaches, Fanta writes."""
    return machine()


@pytest.fixture
def centre(machine: Callable[..., Machine]) -> Machine:
    """The centre, on SQLite: Salimata coordinates, Oumar edits."""
    return machine("central")


@pytest.fixture
def centre_pg(pg: str, tmp_path: Path) -> Iterator[Machine]:
    """The centre on PostgreSQL."""
    made = prepare(tmp_path / "centre-pg", "central", database=pg)
    yield made
    made.close()


@pytest.fixture
def client(kiosk: Machine) -> Client:
    """A stranger on the Wi-Fi of Nioro."""
    return kiosk.client()


@pytest.fixture
def as_(kiosk: Machine) -> Callable[[str], Client]:
    """`as_("manager")` is Kadidia's phone, signed in at Nioro's kiosk."""
    return kiosk.as_


@pytest.fixture
def in_kiosk(kiosk: Machine) -> Iterator[Session]:
    """An ambient session on Nioro's kiosk for the whole test; open `transaction()` to write."""
    with kiosk.open("manager") as session:
        yield session
