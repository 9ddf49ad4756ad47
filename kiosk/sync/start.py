"""What a kiosk checks before it writes: is this still the same machine, and the newest database?

A copied disk and a restored backup both take a new stream at once, offline. A
false alarm costs fifty bytes.
"""

import logging
from pathlib import Path

from sqlalchemy import Engine, inspect, update
from sqlalchemy.exc import OperationalError

from kiosk.storage import Store, boots, clock, fault, notes, transaction
from kiosk.storage.log import sync_self
from kiosk.sync import hardware, outbox, rehome

journal = logging.getLogger("kiosk.sync")


def is_ready(engine: Engine) -> bool:
    """Tell whether the database has its tables yet."""
    return inspect(engine).has_table(sync_self.name)


def note(store: Store, data: Path) -> None:
    """Check quietly before pages are served: the centre notices a copy all the same."""
    try:
        if is_ready(store.engine):
            check(store, data)
    except (OperationalError, OSError) as error:
        # A full disk must not close the pages.
        journal.error("the start could not be noted: %s", error)


def check(store: Store, data: Path) -> bool:
    """Note the power-up and the machine; return True if the log had to move to a new stream."""
    notes.sweep(data)
    now = hardware.print_now()
    with store.open(), transaction() as session:
        connection = session.connection()
        footing = boots.begin(connection)
        mine = outbox.me(connection)
        stream, seq = hardware.remembered(data)
        older = stream == mine.stream.hex and seq > mine.seq
        moved = older or hardware.differs(mine.machine, now)
        if moved:
            rehome.rehome(connection, mine.acked)
        connection.execute(update(sync_self).values(hw_print=now))
    clock.stand(data, footing)
    remember(store, data)
    return moved


def remember(store: Store, data: Path) -> None:
    """Bring the notes outside the database up to date: the position, and a moment that is past."""
    with store.open() as session:
        mine = outbox.me(session.connection())
    fault.at("position.known")
    hardware.remember(data, mine.stream.hex, mine.seq)
    clock.raise_floor(data)
