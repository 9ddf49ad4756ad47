"""The list of copies: what was written and read by hand, and how the present one stands."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from kiosk.storage import Store, clock, session, transaction
from kiosk.storage.lock import AlreadyRunning, only_one
from kiosk.sync.bundle.tables import sync_carry
from kiosk.sync.bundle.trouble import Carried
from kiosk.sync.trouble import Trouble

OUT, IN = "out", "in"
RUNNING, DONE, FAILED = "running", "done", "failed"
LOCK = "copy.lock"
PHONE = ":phone"
"""The place of a copy that went through a phone's browser."""
_KEEP = 100
_FRESH_MS = 600_000


@dataclass(frozen=True)
class Copy:
    """One copy: when (ms), which way, on what; `done` of `total` changes, `received` rows, bytes, `files`."""

    id: int
    at: int
    way: str
    place: str
    state: str
    done: int
    total: int
    received: int
    size: int
    reason: str | None
    files: int = 0

    @property
    def by_phone(self) -> bool:
        """Tell whether it went through a phone, not on a stick."""
        return self.place == PHONE

    @property
    def is_fresh(self) -> bool:
        """Tell whether it was made in the last minutes, by a clock that may have jumped since."""
        return 0 <= clock.now_ms() - self.at < _FRESH_MS


class Progress:
    """The line of a copy while it runs; every step is committed, so that a page can show it."""

    def __init__(self, store: Store, way: str, place: str, total: int = 0) -> None:
        self._store, self.total = store, total
        row = {"at": clock.now_ms(), "way": way, "place": place, "state": RUNNING}
        counts = {"done": 0, "total": total, "received": 0, "size": 0}
        with store.open(), transaction() as current:
            newest = current.scalar(select(sync_carry.c.id).order_by(sync_carry.c.id.desc()).limit(1)) or 0
            current.execute(delete(sync_carry).where(sync_carry.c.id <= newest - _KEEP))
            current.execute(insert(sync_carry).values(id=newest + 1, **row, **counts))
        self._id = newest + 1

    def note(self, **values: object) -> None:
        """Write how far it is."""
        with self._store.open(), transaction() as current:
            current.execute(update(sync_carry).where(sync_carry.c.id == self._id).values(**values))

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None:
            self.note(state=DONE)
        else:
            self.note(state=FAILED, reason=error.code if isinstance(error, Trouble) else Carried.code)


def last(count: int = 5, way: str | None = None) -> list[Copy]:
    """Return the last copies, newest first."""
    query = select(sync_carry).order_by(sync_carry.c.id.desc()).limit(count)
    query = query if way is None else query.where(sync_carry.c.way == way)
    return [Copy(**row) for row in session().execute(query).mappings()]


def is_running(data: Path) -> bool:
    """Tell whether a copy is being made or read just now; a line alone may be a power cut's."""
    try:
        with only_one(data / LOCK, ""):
            return False
    except AlreadyRunning:
        return True
