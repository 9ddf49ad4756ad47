"""A relay that counts: every byte each way, requests where they can be read, connections."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_REQUEST = re.compile(rb"(?:^|\r\n)(?:GET|HEAD|POST|PUT|PATCH) /")


class Counting:
    """Carries bytes between a kiosk and `target` (a port of this machine), and counts them."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.up = self.down = self.requests = self.connections = 0
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def reset(self) -> None:
        """Count from nothing."""
        self.up = self.down = self.requests = self.connections = 0

    def cut(self) -> None:
        """Hang up on both sides, as a server does with who stays silent for long."""
        ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            self.connections += 1
            self._ends += [near, far]
            for source, sink, upward in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._pump, args=(source, sink, upward), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, upward: bool) -> None:
        with suppress(OSError):
            while chunk := source.recv(65_536):
                if upward:
                    self.up += len(chunk)
                    self.requests += len(_REQUEST.findall(chunk))
                else:
                    self.down += len(chunk)
                sink.sendall(chunk)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


@contextmanager
def counting(target: int) -> Iterator[Counting]:
    """A counting relay that runs beside a test."""
    relay = Counting(target)
    try:
        yield relay
    finally:
        relay.close()
