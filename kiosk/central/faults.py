"""Failures: those that pass by themselves, and how one act fails without the others."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError, TimeoutError

from kiosk.storage import session

PASSING: tuple[type[Exception], ...] = (OperationalError, OSError, TimeoutError)
"""A busy or full database: the whole exchange is tried again."""

journal = logging.getLogger("kiosk.central")


@contextmanager
def apart(act: str) -> Iterator[None]:
    """Let one act of a shared transaction fail alone: undone, told to the console, tried again next time.

    Every machine's exchange passes here: what one of them asked must not stop the others.
    """
    try:
        with session().begin_nested():
            yield
    except PASSING:
        raise
    except Exception:
        journal.exception("left for the next exchange: %s", act)
