"""Nothing reaches a synced table beside the log: bulk statements and raw SQL are refused, loudly."""

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from kiosk.rooms import load_models
from kiosk.storage import Synced, session, synced_models
from kiosk.storage.capture import BulkWriteRefused
from tests.support.machines import Machine

load_models()
MODELS = list(synced_models().values())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_bulk_statement_is_refused(model: type[Synced], kiosk: Machine) -> None:
    with kiosk.open():
        for statement in (update(model).values(deleted_at=1), delete(model), insert(model).values(ver=1)):
            with pytest.raises(BulkWriteRefused):
                session().execute(statement)


@pytest.mark.parametrize("name", [model.__tablename__ for model in MODELS])
@pytest.mark.parametrize("verb", ["insert", "update", "delete"])
def test_every_synced_table_has_its_guard(name: str, verb: str, kiosk: Machine) -> None:
    trigger = text("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = :name")
    with kiosk.open():
        assert session().scalar(trigger, {"name": f"guard_{name}_{verb}"})


def test_raw_sql_meets_the_guard(kiosk: Machine) -> None:
    with kiosk.store.engine.begin() as connection:
        for statement in ("UPDATE space SET name = 'x'", "DELETE FROM staff", "DELETE FROM space"):
            with pytest.raises(DBAPIError, match="write outside the sync layer"), connection.begin_nested():
                connection.execute(text(statement))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_synced_model_says_what_it_means(model: type[Synced]) -> None:
    assert (model.__doc__ or "").strip()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_synced_table_holds_no_float_and_no_cascade(model: type[Synced]) -> None:
    for column in model.__table__.columns:
        assert "FLOAT" not in str(column.type).upper(), f"{column} is a float"
        for key in column.foreign_keys:
            assert key.ondelete is None, f"{column} deletes with its parent"
