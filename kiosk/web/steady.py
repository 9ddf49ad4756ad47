"""Answers asked again only once the data has moved: who signs in, what a menu counts.

Every staff page asks them, and between two writes they cannot change. The pulse
is the database's own count of commits, taken before a request reads anything, so
that what is kept is never older than the pulse it is kept under.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import Flask
from flask.globals import app_ctx

Found = TypeVar("Found")
_MOST = 500


class Memory:
    """What was found since the last commit; all of it goes with the next one."""

    def __init__(self) -> None:
        # One pair, replaced whole: threads of two pulses never write into each other's answers.
        self._now: tuple[bytes | None, dict[Hashable, Any]] = (None, {})

    def at(self, pulse: bytes) -> dict[Hashable, Any]:
        """Return what is known at this pulse, empty when the data moved (or it grew too large)."""
        held, known = self._now
        if pulse != held or len(known) >= _MOST:
            known = {}
            self._now = (pulse, known)
        return known


def register(app: Flask) -> None:
    """Give the application its memory."""
    app.extensions["steady"] = Memory()


def steady(key: Hashable, find: Callable[[], Found]) -> Found:
    """Return what `find` gives, from memory where nothing was committed since.

    What is kept must be immutable, and must depend on the database and `key` alone.
    """
    # Asked for once: a dozen answers a page are looked up here.
    page = app_ctx._get_current_object()  # type: ignore[attr-defined]
    pulse: bytes | None = page.g.get("pulse")
    if pulse is None:
        return find()
    known = page.app.extensions["steady"].at(pulse)
    if key not in known:
        known[key] = find()
    found: Found = known[key]
    return found
