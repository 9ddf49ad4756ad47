"""How many machines one process serves at once: the others are told at once to come again.

A server has few threads. If exchanges took them all, people would wait for their
pages behind machines, and machines behind each other until their patience ends
and they begin anew. So half of the threads work for machines, a few more may wait
a moment, and the rest stays for people.
"""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.central.gate import Crowded

PATIENCE_S = 3.0
"""How long a machine may wait for its turn before it is sent away (s)."""
_AGAIN_S = (5.0, 20.0)


class Crowd:
    """The machines inside one process that serves with so many threads."""

    def __init__(self, threads: int) -> None:
        self._most = max(1, threads - max(1, threads // 4))
        self._present, self._lock = 0, threading.Lock()
        self._working = threading.Semaphore(max(1, threads // 2))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Work in one's turn; raises Crowded where that would take too long."""
        self._come_in()
        try:
            if not self._working.acquire(timeout=PATIENCE_S):
                raise _crowded()
            try:
                yield
            finally:
                self._working.release()
        finally:
            with self._lock:
                self._present -= 1

    def _come_in(self) -> None:
        with self._lock:
            if self._present >= self._most:
                raise _crowded()
            self._present += 1


def _crowded() -> Crowded:
    """Send machines away for different times: they would only meet again."""
    return Crowded(random.uniform(*_AGAIN_S))
