"""A small load generator: thirty phones that ask again as soon as they are answered.

Plain sockets and one selector, keep-alive, no dependency; it measures from the
first byte sent to the last byte received.
"""

import selectors
import socket
import time
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"


@dataclass
class Load:
    """What came back: seconds per answer, and how many answers were not 200."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """The latency (s) that this share of the answers stayed under."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


class Phone:
    """One connection with one request under way."""

    def __init__(self, port: int, request: bytes) -> None:
        self.request, self.got, self.since = request, b"", 0.0
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> None:
        self.got, self.since = b"", time.perf_counter()
        self.socket.sendall(self.request)

    def hear(self) -> bytes | None:
        """Take what arrived; return the whole answer once it is there."""
        arrived = self.socket.recv(262144)
        if not arrived:
            raise ConnectionError("the server closed the connection")
        self.got += arrived
        end = self.got.find(HEAD_END)
        if end < 0 or len(self.got) < end + len(HEAD_END) + length(self.got[:end]):
            return None
        return self.got


def length(head: bytes) -> int:
    """The body's length as the head of an answer announces it."""
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.split(b":")[1])
    raise ValueError(f"an answer without length: {head!r}")


def request(path: str, port: int, headers: dict[str, str] | None = None) -> bytes:
    """The bytes of one GET, as a phone sends it."""
    usual = {"Host": f"127.0.0.1:{port}", "Accept-Encoding": "gzip", "Accept-Language": "fr"}
    lines = {**usual, **(headers or {})}
    said = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"GET {path} HTTP/1.1\r\n{said}\r\n".encode()


def press(port: int, asked: bytes, clients: int = 30, seconds: float = 5.0) -> Load:
    """Let `clients` phones ask the same thing for `seconds`."""
    load, watch = Load(), selectors.DefaultSelector()
    phones = [Phone(port, asked) for _ in range(clients)]
    for phone in phones:
        watch.register(phone.socket, selectors.EVENT_READ, phone)
        phone.ask()
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        for key, _ in watch.select(timeout=1):
            _take(key.data, load)
    load.seconds = time.perf_counter() - began
    for phone in phones:
        phone.socket.close()
    watch.close()
    return load


def best(port: int, asked: bytes, rounds: int = 3, seconds: float = 2.0) -> Load:
    """The best of a few short rounds: what else the machine does disturbs one of them, seldom all."""
    loads = [press(port, asked, seconds=seconds) for _ in range(rounds)]
    return max(loads, key=lambda load: load.rate)


def _take(phone: Phone, load: Load) -> None:
    answer = phone.hear()
    if answer is None:
        return
    load.latencies.append(time.perf_counter() - phone.since)
    load.errors += not answer.startswith(b"HTTP/1.1 200")
    phone.ask()
