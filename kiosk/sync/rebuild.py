"""Taking a lost machine's place: a new key, the space's rows from the centre, work goes on.

What was begun is noted beside the database before the centre is asked, so that a
power cut at any moment is followed by the rest, without a person. The note goes
when the key is kept; from then on the ordinary exchange brings the snapshot,
piece by piece.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, func, select, update

from kiosk.storage import Store, transaction
from kiosk.storage.log import sync_self
from kiosk.sync import enrol as enrolment
from kiosk.sync import keyfile, outbox
from kiosk.sync.keyfile import Identity
from kiosk.sync.line import Line
from kiosk.sync.models import sync_stage
from kiosk.sync.trouble import CodeRefused, NotSafe

NOTE = "replace.json"
EVERYTHING = "0.0.all"
"""A cursor that no centre confirms: the answer is a snapshot of the scopes."""


def begin(
    store: Store, data: Path, address: str, typed: str, program: str, line: Line | None = None
) -> Identity:
    """Ask the centre for a lost machine's place, and for every row of its space.

    Raises Trouble; what only lacked a link is tried again by the worker.
    """
    with store.open(), transaction() as session:
        _ask_for_everything(session.connection())
    _note(data, address, typed)
    try:
        identity = enrolment.enrol(store, data, address, typed, program, line, replace=True)
    except (CodeRefused, NotSafe):
        _forget(data)
        _expect_nothing(store, data)
        raise
    _forget(data)
    return identity


def go_on(store: Store, data: Path, program: str) -> None:
    """Finish asking where a power cut or a missing link came between; raises Trouble."""
    try:
        known = json.loads((data / NOTE).read_text(encoding="utf-8"))
        address, typed = str(known["address"]), str(known["code"])
    except FileNotFoundError:
        return
    except (ValueError, TypeError, KeyError):
        _forget(data)
        return
    begin(store, data, address, typed, program)


def _ask_for_everything(connection: Connection) -> None:
    """A database with a cursor was put back from a backup: it receives what it lacks."""
    if not outbox.me(connection).cursor:
        connection.execute(update(sync_self).values(cursor=EVERYTHING))


def _expect_nothing(store: Store, data: Path) -> None:
    """A refused code brings no rows: a machine without a key may be set up as a new one."""
    if (data / keyfile.NAME).exists():
        return
    with store.open(), transaction() as session:
        asked = update(sync_self).where(sync_self.c.cursor == EVERYTHING)
        session.connection().execute(asked.values(cursor=None))


def coming(connection: Connection, data: Path) -> int | None:
    """Return how many rows of a lost machine have come so far, None where none are awaited."""
    if outbox.me(connection).cursor != EVERYTHING and not (data / NOTE).exists():
        return None
    return connection.scalar(select(func.count()).select_from(sync_stage)) or 0


def _note(data: Path, address: str, typed: str) -> None:
    """Keep address and code, readable by their owner alone, whole or not at all."""
    partial = data / f"{NOTE}.part"
    handle = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"address": address, "code": typed}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, data / NOTE)


def _forget(data: Path) -> None:
    with suppress(FileNotFoundError):
        (data / NOTE).unlink()
