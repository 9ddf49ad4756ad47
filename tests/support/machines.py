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
from sqlalchemy import text
from sqlalchemy.orm import Session

from kiosk.app import create_app
from kiosk.config import CONFIG_NAME, Settings, load
from kiosk.rooms import open_store
from kiosk.storage import Base, Store, transaction
from kiosk.storage.store import finish_schema, head
from kiosk.storage.upgrade import upgrade
from tests.support import warm
from tests.support.cast import Person, settle, sign_in
from tests.support.pages import Client
from tests.support.postgres import Server


@dataclass
class Machine:
    """One kiosk or one centre, ready to serve; `people` is its cast by role."""

    settings: Settings
    people: dict[str, Person]

    @cached_property
    def store(self) -> Store:
        return warm.store(open_store(self.settings.database_url, self.settings.role))

    @cached_property
    def app(self) -> Flask:
        app = warm.app(create_app(self.settings, self.store))
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


def copy_of(template: Machine, data: Path) -> Machine:
    """The same machine in another folder."""
    shutil.copytree(template.data, data)
    return Machine(load(data, {}), template.people)


@pytest.fixture
def machine(templates: Callable[[str, str], Machine], tmp_path: Path) -> Iterator[Callable[..., Machine]]:
    """Make machines: `machine()` is a kiosk in Nioro, `machine(space="KAY")`, `machine("central")`."""
    made: list[Machine] = []

    def make(role: str = "kiosk", space: str = "NIO") -> Machine:
        data = tmp_path / f"{role}-{space}-{uuid.uuid4().hex[:6]}"
        made.append(copy_of(templates(role, space), data))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(scope="session")
def blank_template(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine as the migrations leave it: tables, and nothing in them."""
    machine = Machine(load(tmp_path_factory.mktemp("blank"), {}), {})
    make_schema(machine.store)
    machine.close()
    return machine


@pytest.fixture
def blank(blank_template: Machine, tmp_path: Path) -> Iterator[Machine]:
    """A machine out of its box: tables, and nothing in them."""
    machine = copy_of(blank_template, tmp_path / "blank")
    yield machine
    machine.close()


@pytest.fixture
def kiosk(machine: Callable[..., Machine]) -> Machine:
    """The kiosk of Nioro: Kadidia manages it, Moussa teaches, Fanta writes."""
    return machine()


@pytest.fixture
def centre(machine: Callable[..., Machine]) -> Machine:
    """The centre, on SQLite: Salimata coordinates, Oumar edits."""
    return machine("central")


@pytest.fixture(scope="session")
def template_pg(pg_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """The centre on PostgreSQL that the tests copy."""
    url = pg_server.new_database()
    machine = prepare(tmp_path_factory.mktemp("centre-pg"), "central", database=url)
    machine.close()
    return machine


@pytest.fixture
def centre_pg(template_pg: Machine, pg_server: Server, tmp_path: Path) -> Iterator[Machine]:
    """The centre on PostgreSQL."""
    url = pg_server.new_database(template_pg.store.url.database or "")
    data = tmp_path / "centre-pg"
    shutil.copytree(template_pg.data, data)
    config = data / CONFIG_NAME
    config.write_text(config.read_text().replace(template_pg.settings.database_url, url))
    made = Machine(load(data, {}), template_pg.people)
    yield made
    made.close()
    pg_server.drop(url)


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
