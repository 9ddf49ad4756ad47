"""Storage: the ground every room stands on.

Lives here: the models' base, ids, the clock, the ambient session and its
transactions, change capture with its log and guards, and half-typed search.
May touch: the standard library, SQLAlchemy, and `kiosk.language` for folding
and sentences. Promises: a domain row, its log row and the counter are written
together or not at all; no write on a synced table escapes the log.
"""

import inspect
import typing

from kiosk.storage.absent import later

with later("asyncio", iscoroutine=inspect.iscoroutine), later("importlib.metadata"):
    # Sixty modules that SQLAlchemy needs for drivers which nobody has here, and for plug-ins.
    import sqlalchemy.orm  # noqa: F401

    # What only checkers of types ask for: a third of a megabyte.
    typing.clear_overloads()

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
