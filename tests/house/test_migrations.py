"""The migrations make exactly what the models say, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from kiosk.rooms import open_store
from kiosk.storage import Base, Store, synced_models
from kiosk.storage.store import head
from kiosk.storage.upgrade import upgrade
from tests.house.source import ROOT


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An upgraded database of each kind."""
    url = request.getfixturevalue("pg") if request.param == "postgresql" else f"sqlite:///{tmp_path}/kiosk.db"
    made = open_store(url, "kiosk")
    upgrade(made)
    yield made
    made.close()


def ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Search tables are made from the models, beside the migrations."""
    return not (kind == "table" and "_search" in (name or ""))


def test_the_head_equals_the_models(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_search_table_is_there(store: Store) -> None:
    with store.engine.connect() as connection:
        for model in synced_models().values():
            if model.__search__:
                connection.execute(text(f"SELECT uid, words FROM {model.__search__} LIMIT 1"))


def test_upgrading_again_changes_nothing(store: Store) -> None:
    assert store.version() == head()
    assert upgrade(store) is False


def test_migrations_go_forward_only() -> None:
    for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"):
        assert "def downgrade" not in path.read_text(encoding="utf-8"), path.name
