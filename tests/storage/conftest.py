"""A bare store with two small models, so that the ground is tested without any room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.places.models import Room, Space
from kiosk.rooms import load_models
from kiosk.storage import Base, Store, session, transaction
from kiosk.storage.store import finish_schema


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite store, an ambient session open on it."""
    load_models()
    made = Store(f"sqlite:///{tmp_path / 'kiosk.db'}")
    with made.engine.begin() as connection:
        Base.metadata.create_all(connection)
        finish_schema(connection)
    with made.open():
        yield made
    made.close()


@pytest.fixture
def nioro(store: Store) -> Space:
    """The space of Nioro, already written."""
    with transaction():
        space = Space(code="NIO", name="Nioro")
        session().add(space)
    return space


@pytest.fixture
def room(nioro: Space) -> Room:
    """A room of Nioro, already written."""
    with transaction():
        made = Room(space_uid=nioro.uid, name="Salle bleue", seats=12, computers=6)
        session().add(made)
    return made
