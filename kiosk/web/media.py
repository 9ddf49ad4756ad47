"""Sending kept files: whole or by ranges, resumable, for slow phones by the dozen.

Flask's own `send_file` wraps a range in an iterator; waitress then holds one
thread per download and eight slow phones freeze the machine. Here the file is
opened, moved to its first byte and handed over as the server's own file
wrapper, with a length: waitress sends it from its loop and keeps its threads.
Nothing may re-wrap this answer's body.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, BinaryIO, cast
from urllib.parse import quote

from flask import Response, request
from werkzeug.datastructures import Range
from werkzeug.wsgi import wrap_file

from kiosk.language import fold

_BLOCK = 65_536
_YEAR = 31_536_000
_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'"
# Anything else is kept by the phone and never opened as a page of this machine: its
# type may have come with the sheet of another space.
_SHOWN = ("image/", "audio/", "video/", "application/pdf")
# A drawing is a document: opened by its own address it may run nothing.
_DRAWING = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True)
class Content:
    """Bytes that never change: how many, and how to open them for reading from any place."""

    size: int
    open: Callable[[], BinaryIO]


def send(content: Content, tag: str, mime: str, name: str, save: bool = False) -> Response:
    """Answer with a content, whatever keeps it.

    `tag` is its strong ETag (the hash of its content), `mime` its type, `name`
    what a phone calls it; `save` asks the phone to keep it instead of opening
    it. Handles HEAD, If-None-Match, Range and If-Range (RFC 9110): 200, 206,
    304 or 416. Raises FileNotFoundError when the content is gone.
    """
    size = content.size
    response = _headed(tag, mime, name, save)
    if request.if_none_match.contains(tag):
        response.status_code = 304
        return response
    wanted = _range(tag, size)
    start, stop = _bounds(wanted, size) if wanted else (0, size)
    if start >= stop and wanted:
        return _unsatisfied(response, size)
    if wanted:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    response.content_length = stop - start
    if request.method != "HEAD":
        part = cast(IO[bytes], Slice(content.open(), start, stop))
        response.response = wrap_file(request.environ, part, _BLOCK)
    return response


class Slice:
    """The bytes `start` to `stop` of a file, read as if they were a file of their own.

    Servers that ignore Content-Length on a file wrapper would send the rest too.
    """

    def __init__(self, file: BinaryIO, start: int, stop: int) -> None:
        self._file = file
        self._start, self._size = start, stop - start
        self.seek(0)

    def read(self, count: int = -1) -> bytes:
        """Read at most `count` bytes, all that remain by default."""
        left = max(0, self._size - self.tell())
        return self._file.read(left if count < 0 else min(count, left))

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move within the slice; return the new place."""
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self.tell(), os.SEEK_END: self._size}[whence]
        self._file.seek(self._start + max(0, origin + offset))
        return self.tell()

    def tell(self) -> int:
        """The place within the slice."""
        return self._file.tell() - self._start

    def seekable(self) -> bool:
        """The server may look ahead for the length."""
        return True

    def close(self) -> None:
        """Give the file back."""
        self._file.close()


def _headed(tag: str, mime: str, name: str, save: bool) -> Response:
    response = Response(mimetype=mime, direct_passthrough=True)
    response.set_etag(tag)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    response.headers["Content-Security-Policy"] = _DRAWING if mime == "image/svg+xml" else _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    shown = not save and mime.startswith(_SHOWN)
    response.headers["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; {_named(name)}"
    return response


def _named(name: str) -> str:
    """The file's name for every phone: plain letters, then its true spelling (RFC 6266)."""
    plain = "".join(sign if sign.isalnum() or sign in "-_." else " " for sign in fold(name))
    plain = " ".join(plain.split()).encode("ascii", "ignore").decode()
    return f"filename=\"{plain or 'fichier'}\"; filename*=UTF-8''{quote(name, safe='')}"


def _range(tag: str, size: int) -> Range | None:
    """The single byte range to honour, None for the whole file.

    Several ranges at once, another unit or a malformed header are ignored, as
    the standard allows; so is a range of something that changed (If-Range).
    """
    wanted = request.range
    if request.method != "GET" or not size or wanted is None or wanted.units != "bytes":
        return None
    if len(wanted.ranges) != 1 or not _same(tag):
        return None
    return wanted


def _same(tag: str) -> bool:
    """True unless If-Range names another content; a date names nothing here."""
    if "If-Range" not in request.headers:
        return True
    return request.headers["If-Range"].strip() == f'"{tag}"'


def _bounds(wanted: Range, size: int) -> tuple[int, int]:
    """First byte and the byte after the last; empty when the range lies outside the file."""
    start, stop = wanted.ranges[0]
    if start < 0:
        return max(0, size + start), size
    return start, size if stop is None else min(stop, size)


def _unsatisfied(response: Response, size: int) -> Response:
    response.status_code = 416
    response.headers["Content-Range"] = f"bytes */{size}"
    response.headers["Cache-Control"] = "no-store"
    del response.headers["Content-Disposition"]
    response.mimetype = "text/plain"
    response.content_length = 0
    return response
