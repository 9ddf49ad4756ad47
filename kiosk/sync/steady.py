"""Answers that come steadily: a slow link is waited for, one that drips is given up.

A silence ends patience by the socket's own timeout; a byte now and then would never.
"""

import http.client
import io
import socket
from typing import Any

from kiosk.storage import clock

LONGEST_ANSWER, DRIP = 1_800.0, 50.0
"""Seconds an answer may take at most, and bytes a second below which it is given up."""


class _Steady(socket.SocketIO):
    """Reads a socket that may be slow; raises TimeoutError for one that drips, each byte in time."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock, "r")
        self._began, self._patience, self._came = clock.monotonic(), sock.gettimeout() or 0.0, 0

    def readinto(self, buffer: Any) -> int | None:
        """Read what there is."""
        if clock.monotonic() - self._began > min(self._patience + self._came / DRIP, LONGEST_ANSWER):
            raise TimeoutError("a drip")
        found = super().readinto(buffer)
        self._came += found or 0
        return found


class SteadyAnswer(http.client.HTTPResponse):
    """An answer that comes steadily, head and body."""

    def __init__(self, sock: Any, *about: Any, **more: Any) -> None:
        super().__init__(sock, *about, **more)
        self.fp.close()
        sock._io_refs += 1
        self.fp = io.BufferedReader(_Steady(sock))
