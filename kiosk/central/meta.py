"""Which centre this is: its epoch, and how it notices that it was restored.

The database and a file beside it both hold the number of the present run. A
restored database disagrees with the file; so does a kiosk that quotes a commit
the centre does not have. Either starts a new epoch, and kiosks send again
whatever the restored database may lack.

Several processes of one centre share the file: each writes it in its turn, none
takes it back, and a start that is under way is left in it.
"""

import json
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, select, update

from kiosk.central.journal import lock
from kiosk.central.models import HELD, RECEIVED, central_meta, inbox
from kiosk.storage import clock, fault, notes
from kiosk.storage.changes import SCHEMA
from kiosk.storage.lock import turn

FILE, TURN = "centre-run.json", "centre-run.lock"
PROOF_EVERY = 3_600.0
_heard: dict[int, float] = {}


@dataclass(frozen=True)
class Run:
    """What the file remembers: this run, and how far the log had come.

    `before` is the run that the database still names while a start is not finished.
    """

    run: str
    before: str
    epoch: int
    n: int


def is_ready(engine: Engine) -> bool:
    """Tell whether the database has its tables yet."""
    return inspect(engine).has_table(central_meta.name)


def prepare(connection: Connection, data: Path) -> bool:
    """Start a run; return True when the database turned out to be an older one.

    Call once a process, in a writing transaction, and `remember` after its commit. The
    file is written first, so that a power cut between the two is recognised and not
    taken for a restore.
    """
    row = lock(connection)
    with turn(data / TURN):
        return _start(connection, data, row)


def _start(connection: Connection, data: Path, row: Any) -> bool:
    known = _read(data / FILE)
    restored = known is not None and (row.run_id not in (known.run, known.before) or known.n > row.n)
    epoch = max(row.epoch, known.epoch if known else 0) + 1 if restored else row.epoch
    run = secrets.token_hex(16)
    notes.sweep(data)
    _write(data / FILE, Run(run, row.run_id, epoch, row.n))
    notes.force(data)
    fault.at("run.noted")
    connection.execute(update(central_meta).values(run_id=run, epoch=epoch))
    _try_again(connection)
    return restored


def _try_again(connection: Connection) -> None:
    """Held changes are tried again at each start: a newer program may know what they need."""
    waiting = update(inbox).where(inbox.c.state == HELD, inbox.c.first)
    connection.execute(waiting.values(state=RECEIVED, missing=None))
    connection.execute(update(central_meta).values(schema=SCHEMA))


def new_epoch(connection: Connection, beyond: int = 0) -> int:
    """Declare that this database is an older one; return the new epoch, above `beyond`."""
    epoch: int = max(lock(connection).epoch, beyond) + 1
    connection.execute(update(central_meta).values(epoch=epoch))
    return epoch


def hears(node_no: int) -> bool:
    """Tell whether a machine's proof of a restore counts: a faulty one must not keep all others busy.

    Each process counts for itself: with several, a faulty machine is heard so many times more.
    """
    now = clock.monotonic()
    if now - _heard.get(node_no, -PROOF_EVERY) < PROOF_EVERY:
        return False
    _heard[node_no] = now
    return True


def remember(connection: Connection, data: Path) -> None:
    """Bring the file up to what is committed. Call after the commit, never before."""
    with turn(data / TURN):
        row = connection.execute(select(central_meta)).first()
        known = _read(data / FILE)
        if row is None:
            return
        told = _told(row, known)
        if told != known:
            _write(data / FILE, told)


def _told(row: Any, known: Run | None) -> Run:
    """Return what the file should say; what it already knows is never taken back.

    Another process may have written further, or be starting: its run is not committed
    yet. A run that the file never heard of is a database put back while we serve: the
    file stays, and the next start tells.
    """
    if known is None:
        return Run(row.run_id, "", row.epoch, row.n)
    if row.run_id not in (known.run, known.before):
        return known
    before = "" if row.run_id == known.run else known.before
    epoch, n = max((row.epoch, row.n), (known.epoch, known.n))
    return replace(known, before=before, epoch=epoch, n=n)


def _read(path: Path) -> Run | None:
    try:
        return Run(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, run: Run) -> None:
    notes.write_whole(path, json.dumps(asdict(run)))
