"""What every answer carries, and which requests are turned away at the door.

An unknown Host header is refused (DNS rebinding), no page may load anything
from another host, and every form carries a CSRF token that does not expire: a
form left open through a power cut still goes through.
"""

import hashlib
import ipaddress
import os
import secrets
import socket
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, request, session
from flask_wtf import CSRFProtect
from werkzeug.datastructures import Headers

from kiosk.config import Settings
from kiosk.storage.lock import turn

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

csrf = CSRFProtect()
_KEY_BYTES = 32

_POLICY = (
    "default-src 'self'; img-src 'self' data:; media-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=()",
}


class ForMachines(Response):
    """An answer that no browser reads: signed, counted by the byte, without a page's headers."""

    default_mimetype = None

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """Return what is sent: nothing that only guards or caches pages."""
        headers = super().get_wsgi_headers(environ)
        for name in (*_HEADERS, "Cache-Control", "Vary", "Set-Cookie"):
            headers.pop(name, None)
        return headers


def register(app: Flask, settings: Settings) -> None:
    """Guard the door and the answers of `app`."""
    key = secret_key(settings.data)
    app.config.update(
        SECRET_KEY=key,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        # Browsers keep one jar a host, whatever the port: two machines on one address would
        # sign each other's people out under a common name.
        SESSION_COOKIE_NAME=f"seance-{hashlib.sha256(key).hexdigest()[:6]}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=settings.max_upload,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=5000,
    )
    csrf.init_app(app)
    known = _known_hosts(settings)
    app.before_request(lambda: _check_host(known))
    app.after_request(_protect)


def secret_key(data: Path) -> bytes:
    """Return the machine's cookie key, made once and kept 0600 in the data directory."""
    path = data / "secret"
    if not path.exists() or path.stat().st_size < _KEY_BYTES:
        _make_key(path)
    return path.read_bytes()


def _make_key(path: Path) -> None:
    """Make the key once, whichever of several processes starts first."""
    with turn(path.with_name("secret.lock")):
        if not path.exists() or path.stat().st_size < _KEY_BYTES:
            _write_key(path)


def _write_key(path: Path) -> None:
    partial = path.with_name("secret.part")
    handle = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(_KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def _known_hosts(settings: Settings) -> frozenset[str]:
    name = socket.gethostname().lower()
    return frozenset({"localhost", name, f"{name}.local", "kiosque.local", *map(str.lower, settings.hosts)})


def _check_host(known: frozenset[str]) -> None:
    if not _is_ours(request.host, known):
        abort(421)


@lru_cache(maxsize=64)
def _is_ours(asked: str, known: frozenset[str]) -> bool:
    """Tell whether a Host names this machine, or is an address: no name is rebound to those."""
    alone = asked.rsplit(":", 1)[0].strip("[]") if asked.count(":") < 2 else asked.split("]")[0].strip("[")
    host = alone.lower()
    if host in known:
        return True
    with suppress(ValueError):
        ipaddress.ip_address(host)
        return True
    return False


def _protect(response: Response) -> Response:
    known = {name.lower() for name, _ in response.headers}
    for name, value in _HEADERS.items():
        if name.lower() not in known:
            response.headers.add(name, value)
    if "cache-control" not in known:
        # A page of a signed-in person must not come back from the disk of a shared computer.
        is_private = "_user_id" in session or "set-cookie" in known
        response.headers["Cache-Control"] = "no-store" if is_private else "no-cache"
    return response
