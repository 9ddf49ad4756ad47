"""The unit of work: one ambient session, one place where transactions begin and end.

Services ask for `session()` and never commit. Routes and commands open
`with transaction():`, which on SQLite is BEGIN IMMEDIATE: a deferred
transaction that reads and then writes fails at once when another writer came
between, whatever the busy timeout. On PostgreSQL it waits for the one lock that
all writers of all processes share, so that both databases see one writer at a
time, in one order.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy.orm import Session

from kiosk.storage import fault

_ambient: ContextVar[Callable[[], Session] | None] = ContextVar("session", default=None)


def session() -> Session:
    """Return the session of this request, command or worker."""
    current = _ambient.get()
    if current is None:
        raise RuntimeError("no session here: open `with store.open():` around it")
    return current()


@contextmanager
def ambient(current: Callable[[], Session]) -> Iterator[None]:
    """Make what `current` gives the session that `session()` returns inside the block.

    A page that asks nothing of the database never makes a session.
    """
    token = _ambient.set(current)
    try:
        yield
    finally:
        _ambient.reset(token)


def actor() -> uuid.UUID | None:
    """Return who acts in this session: a staff uid, or None for a stranger or a machine."""
    found: uuid.UUID | None = session().info.get("actor")
    return found


def set_actor(who: uuid.UUID | None) -> None:
    """Say who acts from now on in this session; the log keeps it with each change."""
    session().info["actor"] = who


@contextmanager
def transaction(beside: bool = False) -> Iterator[Session]:
    """Commit what the block writes, all or nothing. Does not nest.

    `beside`: on PostgreSQL without waiting for other writers, on one view of the data.
    For a block that reads much and writes nothing that travels.
    """
    current = session()
    if current.info.get("writing"):
        raise RuntimeError("transaction() does not nest: open it once, in the route or the command")
    current.commit()
    current.expire_all()
    current.info["writing"] = True
    try:
        current.connection(execution_options={"immediate": True, "beside": beside})
        yield current
        fault.at("commit.before")
        current.commit()
    except BaseException:
        current.rollback()
        raise
    finally:
        current.info["writing"] = False
    fault.at("commit.after")
