"""Storage: the ground every room stands on.

Lives here: the models' base, ids, the clock, the ambient session and its
transactions, change capture with its log and guards, and half-typed search.
May touch: the standard library, SQLAlchemy, and `kiosk.language` for folding
and sentences. Promises: a domain row, its log row and the counter are written
together or not at all; no write on a synced table escapes the log.
"""

from kiosk.storage.absent import absent

with absent("ssl"):
    # SQLAlchemy brings asyncio, and that TLS: four megabytes that only the exchange speaks, by itself.
    import sqlalchemy.orm  # noqa: F401

from kiosk.storage import clock, search
from kiosk.storage.base import Base, SpaceOwned, Synced, synced_columns, synced_models
from kiosk.storage.bulk import create_rows
from kiosk.storage.changes import SCHEMA, Change
from kiosk.storage.ids import derived_uid, is_checked, new_uid, with_check
from kiosk.storage.refusal import NotFound, Refusal
from kiosk.storage.store import Store, StoreError
from kiosk.storage.types import Uid, enum_column, list_column, plain, reference, typed
from kiosk.storage.unit import actor, ambient, session, set_actor, transaction

__all__ = [
    "SCHEMA",
    "Base",
    "Change",
    "NotFound",
    "Refusal",
    "SpaceOwned",
    "Store",
    "StoreError",
    "Synced",
    "Uid",
    "actor",
    "ambient",
    "clock",
    "create_rows",
    "derived_uid",
    "enum_column",
    "is_checked",
    "list_column",
    "new_uid",
    "plain",
    "reference",
    "search",
    "session",
    "set_actor",
    "synced_columns",
    "synced_models",
    "transaction",
    "typed",
    "with_check",
]
