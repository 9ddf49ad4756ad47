"""How much anybody may bring: a gate for a door that asks for no name."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.storage import clock

HOUR = 3_600.0
LARGEST = 64 * 1024 * 1024
"""The largest bundle taken from a stranger, in bytes."""


class Crowded(Exception):
    """Too much at once; `after` is how long to wait (s)."""

    def __init__(self, after: float) -> None:
        super().__init__("crowded")
        self.after = max(1, round(after))


class Gate:
    """Lets so many in an hour, from one address and in all, and so many at once.

    One a process: with several, so many times more pass.
    """

    def __init__(self, each: int = 60, every: int = 600, at_once: int = 2) -> None:
        self._each, self._every, self._at_once = each, every, at_once
        self._seen: deque[tuple[float, str]] = deque()
        self._inside, self._lock = 0, threading.Lock()

    @contextmanager
    def through(self, address: str) -> Iterator[None]:
        """Hold a place inside; raises Crowded."""
        self._enter(address)
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1

    def _enter(self, address: str) -> None:
        now = clock.monotonic()
        with self._lock:
            while self._seen and self._seen[0][0] < now - HOUR:
                self._seen.popleft()
            mine = [moment for moment, who in self._seen if who == address]
            if len(mine) >= self._each:
                raise Crowded(mine[0] + HOUR - now)
            if len(self._seen) >= self._every:
                raise Crowded(self._seen[0][0] + HOUR - now)
            if self._inside >= self._at_once:
                raise Crowded(5)
            self._seen.append((now, address))
            self._inside += 1
