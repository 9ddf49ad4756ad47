"""Anonymous pages kept in memory until the data they show changes.

A stranger's page is the same for every phone that speaks the same language, so
it is rendered once per version of the data. The version is the database's own
change counter plus the day, so that no room has to say what it invalidates.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

from flask import Response, current_app, g, request, session

from kiosk.storage import clock
from kiosk.web.early import same_for_all
from kiosk.web.i18n import chosen

_LIMIT = 200


@dataclass(frozen=True)
class Kept:
    """One rendered page, plain and packed."""

    body: bytes
    packed: bytes
    etag: str
    mimetype: str


class Pages:
    """The pages of one process: bounded, thread-safe, dropped when the data moves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], Kept] = OrderedDict()

    def get(self, key: tuple[Any, ...]) -> Kept | None:
        """Return the page kept under `key`."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: tuple[Any, ...], page: Kept) -> None:
        """Keep a page; the oldest leaves when there are too many."""
        with self._lock:
            self._kept[key] = page
            while len(self._kept) > _LIMIT:
                self._kept.popitem(last=False)


def data_version() -> tuple[Any, ...]:
    """Return what changes whenever any synced row changes, by any process, and with each hour of the day."""
    hour = f"{clock.local(clock.now_ms()):%Y-%m-%d %H}"
    return (*current_app.extensions["store"].moment(), hour)


def shared(view: Callable[..., str | Response], counted: bool = False) -> Callable[..., Any]:
    """Serve a view's page from memory to readers who carry no session of their own.

    For public pages that hold no form token. A signed-in person always gets a
    fresh rendering. A `counted` page passes through the application each time, so
    that its readers are.
    """

    @wraps(view)
    def cached(*args: Any, **kwargs: Any) -> Any:
        if session or request.method not in ("GET", "HEAD"):
            return view(*args, **kwargs)
        pages: Pages = current_app.extensions["pages"]
        key = (request.full_path, request.host, chosen().code, data_version())
        page = pages.get(key)
        if page is None:
            page = _kept(view(*args, **kwargs))
            if not g.get("passing"):
                pages.put(key, page)
        if not counted and not g.get("passing"):
            same_for_all()
        return _answer(page)

    return cached


shared_and_counted = partial(shared, counted=True)


def do_not_keep() -> None:
    """Say that the page being made may change without any row: it is made again for the next reader."""
    g.passing = True


def _kept(rendered: str | Response) -> Kept:
    response = current_app.make_response(rendered)
    body = response.get_data()
    etag = hashlib.sha256(body).hexdigest()[:16]
    return Kept(body, gzip.compress(body, 6, mtime=0), etag, response.mimetype or "text/html")


def _answer(page: Kept) -> Response:
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(page.packed if packed else page.body, mimetype=page.mimetype)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    response.set_etag(page.etag)
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)  # type: ignore[return-value]
