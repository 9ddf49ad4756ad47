"""Guard triggers: a write that the log did not see is refused by the database itself.

They hold no logic, so they cannot drift from the models, and they stop
accidents, not malice. A forgotten path fails on the developer's desk instead
of losing a member in the field.
"""

from sqlalchemy import Connection, text

from kiosk.storage.base import synced_models

REFUSAL = "write outside the sync layer"


def ensure(connection: Connection) -> None:
    """Create the guards of every synced table, replacing older ones."""
    make = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    if connection.dialect.name != "sqlite":
        connection.execute(text(_PG_FUNCTION))
    for name in synced_models():
        for statement in make(name):
            connection.execute(text(statement))


def _sqlite(name: str) -> list[str]:
    rules = {
        "insert": "new.ver IS NULL OR new.ver = 0",
        "update": "new.ver IS old.ver",
        "delete": "old.ver IS NOT -1",
    }
    made = []
    for verb, rule in rules.items():
        trigger = f"guard_{name}_{verb}"
        made.append(f"DROP TRIGGER IF EXISTS {trigger}")
        made.append(
            f"CREATE TRIGGER {trigger} BEFORE {verb.upper()} ON {name} WHEN {rule} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    return made


_PG_FUNCTION = f"""
CREATE OR REPLACE FUNCTION kiosk_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""


def _postgresql(name: str) -> list[str]:
    rules = {
        "insert": "WHEN (new.ver IS NULL OR new.ver = 0)",
        "update": "WHEN (new.ver IS NOT DISTINCT FROM old.ver)",
        "delete": "WHEN (old.ver IS DISTINCT FROM -1)",
        "truncate": "",
    }
    made = []
    for verb, rule in rules.items():
        trigger = f"guard_{name}_{verb}"
        each = "STATEMENT" if verb == "truncate" else "ROW"
        made.append(f"DROP TRIGGER IF EXISTS {trigger} ON {name}")
        made.append(
            f"CREATE TRIGGER {trigger} BEFORE {verb.upper()} ON {name} "
            f"FOR EACH {each} {rule} EXECUTE FUNCTION kiosk_guard()"
        )
    return made
