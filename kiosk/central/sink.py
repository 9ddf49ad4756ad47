"""The centre's own writes: committed to the log that kiosks pull from, in one transaction."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from kiosk.central.journal import Journal, Setting
from kiosk.central.models import HELD, RECEIVED, central_meta, inbox
from kiosk.storage import clock
from kiosk.storage.base import synced_models
from kiosk.storage.changes import INSERT, Change
from kiosk.sync.bundle import ends
from kiosk.sync.rows import existing

_CLOCK_BITS = 16


class CommitLog:
    """The sink of the centre: what a coordinator writes wins over what she had seen."""

    def record(self, connection: Connection, changes: Sequence[Change], actor: uuid.UUID | None) -> None:
        """Commit the changes, already written to their rows."""
        journal = Journal(connection)
        places = [(change.tab, change.row_uid) for change in changes]
        journal.load(places)
        rows = existing(connection, places)
        eff = clock.now_ms() << _CLOCK_BITS
        for place, change in zip(places, changes, strict=True):
            scope = synced_models()[place[0]].scope(place[1], rows[place])
            n = journal.mention(place, scope)
            by = Setting((journal.epoch, n), eff, uuid.uuid4().bytes, n)
            journal.set(place, scope, change.fields, by, whole=change.op == INSERT)
        journal.flush()

    def version(self, connection: Connection) -> tuple[Any, ...]:
        """Return the last commit: it changes whenever any row does."""
        row = connection.execute(select(central_meta.c.epoch, central_meta.c.n)).first()
        return tuple(row) if row else (0, 0)

    def awaits(self, connection: Connection, tab: str, uid: uuid.UUID) -> bool:
        """Tell whether such a row is held, or stored and not applied yet; a text may say it too."""
        waits = inbox.c.state.in_((HELD, RECEIVED)) & inbox.c.first
        said = inbox.c.raw.contains(tab) & inbox.c.raw.contains(uid.hex)
        return connection.scalar(select(inbox.c.seq).where(waits, said).limit(1)) is not None


ends.register(CommitLog, "kiosk.central.courier_end")
