"""Public pages answered at the door: the same bytes to every stranger, until the data moves.

`cache.shared` keeps what a page says; this keeps the whole answer, headers and
all, for those who ask for it in the very same words. It stands before the
application, so it knows no session, no right and no counter: a request that
carries a session, a condition or a form passes, and a page that counts its
readers is never kept here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask, request

from kiosk.storage import Store, clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_MARK = "kiosk.same_for_all"
_MOST = 300
_SPAN_MS = 15 * 60 * 1000
"""Pages say the day and the hour: they are made again each quarter of an hour."""
_TELLING = ("PATH_INFO", "QUERY_STRING", "SCRIPT_NAME", "HTTP_HOST", "HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE")
Moment = tuple[bytes | None, int]


@dataclass(frozen=True)
class Kept:
    """One answer, and the moment of the data it shows."""

    moment: Moment
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Door:
    """The application, with the answers it gave to strangers in front."""

    def __init__(self, inner: "WSGIApplication", store: Store, session_cookie: str) -> None:
        self._inner, self._store, self._session_cookie = inner, store, f"{session_cookie}="
        self._kept: dict[tuple[Any, ...], Kept] = {}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from memory, or let the application answer and listen."""
        moment = (self._store.pulse(), clock.now_ms() // _SPAN_MS)
        if moment[0] is None or not self._may_be_kept(environ):
            return self._inner(environ, start_response)
        key = (*map(environ.get, _TELLING), environ["wsgi.url_scheme"], "gzip" in _encodings(environ))
        known = self._kept.get(key)
        if known is not None and known.moment == moment:
            start_response("200 OK", list(known.headers))
            return [known.body]
        return self._listen(key, moment, environ, start_response)

    def _may_be_kept(self, environ: "WSGIEnvironment") -> bool:
        return (
            environ["REQUEST_METHOD"] == "GET"
            and self._session_cookie not in environ.get("HTTP_COOKIE", "")
            and not {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE"} & environ.keys()
        )

    def _listen(
        self,
        key: tuple[Any, ...],
        moment: Moment,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        heads: list[tuple[str, list[tuple[str, str]]]] = []

        def hear(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            heads.append((status, headers))
            return start_response(status, headers, *rest)

        answer = self._inner(environ, hear)
        if not environ.get(_MARK) or not heads or not _is_for_all(*heads[-1]):
            return answer
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[key] = Kept(moment, tuple(heads[-1][1]), body)
        return [body]


def _encodings(environ: "WSGIEnvironment") -> str:
    return str(environ.get("HTTP_ACCEPT_ENCODING", ""))


def _is_for_all(status: str, headers: Iterable[tuple[str, str]]) -> bool:
    return status == "200 OK" and not any(name.lower() == "set-cookie" for name, _ in headers)


def same_for_all() -> None:
    """Say that this answer may be given again, at the door, to whoever asks in the same words."""
    request.environ[_MARK] = True


def register(app: Flask, store: Store) -> None:
    """Stand before the application."""
    app.wsgi_app = Door(app.wsgi_app, store, app.config["SESSION_COOKIE_NAME"])  # type: ignore[method-assign]
