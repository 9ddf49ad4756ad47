"""Static files and the weight of pages: long caching, small answers.

A static file's address carries a hash of its content, so that a phone keeps it
for a year; text answers are gzipped when that makes them smaller.
"""

import hashlib
import zlib
from functools import cache

from flask import Flask, Response, request

from kiosk.paths import shelf
from kiosk.web.addresses import address

_TEXTUAL = (
    "text/",
    "application/json",
    "application/atom+xml",
    "application/xml",
    "image/svg+xml",
    "text/javascript",
)
_SMALLEST = 600
_LEVEL = 1
"""A third of the time of the usual 6, for a tenth more bytes: these pages cross a room, not a country."""
_WINDOW = 16 + 14
"""A gzip head, and half the usual window: pages are smaller, and clearing it costs a tenth."""
_YEAR = 31_536_000


def register(app: Flask) -> None:
    """Serve the static shelf and compress what is text."""
    if not app.has_static_folder:
        app.static_folder = str(shelf("static"))
        app.add_url_rule(f"{app.static_url_path}/<path:filename>", "static", app.send_static_file)
    app.jinja_env.globals["asset"] = asset
    app.after_request(_cache_static)
    app.after_request(_compress)


def asset(name: str) -> str:
    """Return the address of a static file, with the hash of its content."""
    return address("static", filename=name, v=_hash(name))


@cache
def _hash(name: str) -> str:
    return hashlib.sha256((shelf("static") / name).read_bytes()).hexdigest()[:10]


def _cache_static(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args:
        response.cache_control.public = True
        response.cache_control.max_age = _YEAR
        response.cache_control.immutable = True
        response.cache_control.no_cache = None
    return response


def _compress(response: Response) -> Response:
    if not _worth_it(response):
        return response
    response.direct_passthrough = False
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW)
    response.set_data(packer.compress(response.get_data()) + packer.flush())
    response.headers["Content-Encoding"] = "gzip"
    if "Vary" in response.headers:
        response.vary.add("Accept-Encoding")
    else:
        response.headers["Vary"] = "Accept-Encoding"
    return response


def _worth_it(response: Response) -> bool:
    return (
        response.status_code == 200
        and "Content-Encoding" not in response.headers
        and "gzip" in request.headers.get("Accept-Encoding", "")
        and (response.mimetype or "").startswith(_TEXTUAL)
        and (not response.is_streamed or request.endpoint == "static")
        and (response.content_length or _SMALLEST) >= _SMALLEST
        and "Content-Range" not in response.headers
    )
