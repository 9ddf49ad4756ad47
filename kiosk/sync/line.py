"""The wire itself: one long-lived HTTP connection to the centre."""

import http.client
import ipaddress
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import SplitResult, urlsplit

from kiosk.storage import clock
from kiosk.sync.steady import SteadyAnswer
from kiosk.sync.trouble import NoLink, NotSafe, NotTheCentre, Unreached

MOST = 24 * 1024 * 1024
_GONE = (
    *(http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError),
    *(ssl.SSLEOFError, ssl.SSLZeroReturnError, TimeoutError),
)
"""What a kept connection says that was closed meanwhile, or forgotten on the way."""
_RESTED, _STALE = 5.0, 45.0
"""Seconds of silence after which a connection may have been closed, or is given up: a relay on
the way forgets a silent one without a word, and the centre closes it after a minute."""


@dataclass(frozen=True)
class Answer:
    """What came back, whoever sent it; sizes count headers."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    up: int
    down: int
    seconds: float


class Line(Protocol):
    """A way to the centre."""

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
        """Send a request and return the answer; raises NoLink."""


class _OnePiece(http.client.HTTPConnection):
    """Sends headers and body together: one packet, one TLS record, where two would be paid."""

    response_class = SteadyAnswer

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> int:
        """Send a request with no header but these; return its bytes."""
        self._held: list[bytes] | None = []
        self.putrequest(method, path, skip_accept_encoding=True)
        if body or method != "GET":
            self.putheader("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.putheader(name, value)
        self.endheaders(body or None)
        whole, self._held = b"".join(self._held), None
        self.send(whole)
        return len(whole)

    def send(self, data: Any) -> None:
        """Keep the pieces of a request until it is whole."""
        held = getattr(self, "_held", None)
        if held is None:
            super().send(data)
        else:
            held.append(bytes(data))


class _OnePieceTls(_OnePiece):
    """The same inside TLS, going on with an earlier session where the centre still knows it."""

    default_port = http.client.HTTPS_PORT

    def __init__(
        self, host: str, port: int | None, timeout: float, tls: ssl.SSLContext, session: ssl.SSLSession | None
    ) -> None:
        super().__init__(host, port, timeout=timeout)
        self._tls, self._session = tls, session

    def connect(self) -> None:
        """Open the connection; a session that is taken up again spares two kilobytes."""
        super().connect()
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host, session=self._session)


class HttpLine:
    """HTTP/1.1 with keep-alive; TLS checked against the centre's own authority where there is one."""

    def __init__(self, address: str, authority: str = "") -> None:
        self._url = checked(address)
        self._authority = authority
        self._open: _OnePiece | None = None
        self._tls: ssl.SSLContext | None = None
        self._session: ssl.SSLSession | None = None
        self._heard, self._is_through = 0.0, False

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
        """Send a request and return the answer.

        Raises NoLink for any cut, silence or nonsense, Unreached where nothing had left yet.
        """
        started = clock.monotonic()
        rested = started - self._heard
        if rested > _STALE:
            self.close()
        call = (method, self._url.path.rstrip("/") + path, headers, body, patience)
        try:
            up, answer = self._ask(*call, has_rested=rested > _RESTED)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            trouble = (NoLink if self._is_through else Unreached)(str(error))
            trouble.size, trouble.seconds = len(body), clock.monotonic() - started
            raise trouble from error
        except NotTheCentre:
            self.close()
            raise
        down, self._heard = len(answer[2]) + _size(answer[1]) + 20, clock.monotonic()
        return Answer(*answer, up, down, self._heard - started)

    def _ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
        patience: float,
        has_rested: bool,
    ) -> tuple[int, tuple[int, dict[str, str], bytes]]:
        is_kept = self._open is not None
        try:
            up, response = self._sent(method, path, headers, body, patience)
        except _GONE:
            if not (is_kept and has_rested):
                raise
            # A kept connection that died meanwhile: once more, afresh.
            self.close()
            up, response = self._sent(method, path, headers, body, patience)
        text = _read(response)
        self._keep_session()
        return up, (response.status, {name.title(): value for name, value in response.getheaders()}, text)

    def _sent(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float
    ) -> tuple[int, http.client.HTTPResponse]:
        self._is_through = False
        connection = self._connection(patience)
        if connection.sock is None:
            connection.connect()
        self._is_through = True
        return connection.ask(method, path, headers, body), connection.getresponse()

    def _connection(self, patience: float) -> _OnePiece:
        if self._open is None:
            self._open = self._new(patience)
        self._open.timeout = patience
        if self._open.sock is not None:
            self._open.sock.settimeout(patience)
        return self._open

    def _new(self, patience: float) -> _OnePiece:
        host, port = self._url.hostname or "", self._url.port
        if self._url.scheme == "http":
            return _OnePiece(host, port, timeout=patience)
        tls = self._context()
        if self._tls is None or self._tls.verify_flags != tls.verify_flags:
            self._tls, self._session = tls, None
        return _OnePieceTls(host, port, patience, self._tls, self._session)

    def _keep_session(self) -> None:
        """Remember how to go on with this TLS session: its ticket comes after the first answer.

        It lives in memory alone: another start of the program costs one whole handshake.
        """
        sock = self._open.sock if self._open is not None else None
        if isinstance(sock, ssl.SSLSocket) and sock.session is not None and sock.session.has_ticket:
            self._session = sock.session

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cadata=self._authority or None)

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            self._open.close()
            self._open = None


def _read(response: http.client.HTTPResponse) -> bytes:
    """Read an answer, but not one that never ends."""
    pieces, size = [], 0
    while piece := response.read1(65_536):
        pieces.append(piece)
        size += len(piece)
        if size > MOST:
            raise NotTheCentre("an endless answer")
    if response.length:
        raise http.client.IncompleteRead(b"".join(pieces), response.length)
    # Else the connection would think that an answer is still on its way.
    response.close()
    return b"".join(pieces)


def checked(address: str) -> SplitResult:
    """Return a usable address of a centre: https, or http on this very machine. Raises NotSafe."""
    url = urlsplit(address.strip())
    try:
        port_is_number = url.port is None or url.port > 0
    except ValueError:
        port_is_number = False
    if not url.hostname or not port_is_number or url.scheme not in ("http", "https"):
        raise NotSafe(address)
    if url.scheme == "http" and not _is_loopback(url.hostname):
        raise NotSafe(address)
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _size(headers: Mapping[str, str]) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.items())
