"""Write the newest schema file from the models: `python -m tests.house.schemas`.

Earlier files are released and never change. Tables and columns keep the number
they had there; what is new stands behind them.
"""

import json
from typing import Any

from kiosk.rooms import load_models
from kiosk.storage import versions
from kiosk.storage.base import Synced, synced_columns, synced_models
from kiosk.storage.changes import SCHEMA
from kiosk.storage.types import Uid, plain


def document() -> dict[str, Any]:
    """Return the newest schema: the one before, and behind it what the models have more."""
    load_models()
    before = json.loads((versions.FOLDER / f"{SCHEMA - 1}.json").read_text(encoding="utf-8"))
    models = synced_models()
    tables = {name: _columns(models[name], known) for name, known in before["tables"].items()}
    tables |= {name: _columns(models[name], []) for name in sorted(models.keys() - tables.keys())}
    keys = {name: list(models[name].__natural__) for name in tables if models[name].__natural__}
    return {"schema": SCHEMA, "tables": tables, "keys": keys, "defaults": _defaults(before)}


def _columns(model: type[Synced], known: list[str]) -> list[str]:
    found = [_written(column) for column in synced_columns(model.__table__)]
    lost = set(known) - set(found)
    assert not lost, f"{model.__tablename__}: {lost} were released and must stay"
    return [*known, *(name for name in found if name not in known)]


def _written(column: Any) -> str:
    if not isinstance(column.type, Uid):
        return str(column.name)
    return f"{column.name}>{next((key.column.table.name for key in column.foreign_keys), '')}"


def _defaults(before: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what older rows hold in columns that were added to released tables and may not be empty.

    What an earlier schema said of its own additions stays: rows older still are in the field.
    """
    found: dict[str, dict[str, Any]] = {name: dict(late) for name, late in before.get("defaults", {}).items()}
    for name, known in before["tables"].items():
        names = {column.partition(">")[0] for column in known}
        for column in synced_columns(synced_models()[name].__table__):
            if column.name not in names and not column.nullable:
                found.setdefault(name, {})[column.name] = _default(column)
    return found


def _default(column: Any) -> Any:
    known = column.default
    assert known is not None and known.is_scalar, f"{column}: give it a default, old rows have none"
    return plain(known.arg)


def text(found: dict[str, Any]) -> str:
    """Return the file: one table a line, so that a difference is easy to read."""

    def block(name: str) -> str:
        lines = (f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in found[name].items())
        return f"{json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n}"

    blocks = (block(name) for name in ("tables", "keys", "defaults"))
    return f'{{"schema": {found["schema"]}, ' + ", ".join(blocks) + "}\n"


if __name__ == "__main__":
    path = versions.FOLDER / f"{SCHEMA}.json"
    path.write_text(text(document()), encoding="utf-8")
    print(path)
