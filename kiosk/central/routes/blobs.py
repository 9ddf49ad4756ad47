"""The machines' door for files: `HEAD`, `POST`, `PATCH` and `GET /sync/v1/blob/<sha256>`."""

import re
from collections.abc import Callable
from typing import Any

from flask import current_app, request

from kiosk.central import door, nodes, reach
from kiosk.central.blobs import Answer, Blobs
from kiosk.central.crowd import Crowd
from kiosk.central.gate import Crowded
from kiosk.central.routes.machines import exchange
from kiosk.sync import signature
from kiosk.sync.blobs.calls import LARGEST_PIECE, OFFSET, RANGE
from kiosk.sync.blobs.parts import Parts
from kiosk.sync.caller import UNKNOWN_KEY
from kiosk.sync.signature import Call
from kiosk.web.security import ForMachines

_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})\Z")
_BODY = LARGEST_PIECE + 64 * 1024
_AGAIN = {429: "15", 503: "60", 507: "60"}
"""When to come again (s) where nothing could be done."""
Work = Callable[[Blobs, bytes], Answer]


@exchange.route("/blob/<sha256>", methods=["GET", "HEAD"])
def give(sha256: str) -> ForMachines:
    """Say how much of a content is here (HEAD), or give a range of it (GET)."""
    if request.method == "HEAD":
        return _answered(lambda blobs, _body: blobs.look(sha256))
    return _answered(lambda blobs, _body: blobs.read(sha256, *_range(sha256)), RANGE, "if-range")


@exchange.post("/blob/<sha256>")
def declare(sha256: str) -> ForMachines:
    """Take the manifest of a content."""
    return _answered(lambda blobs, body: blobs.declare(sha256, body))


@exchange.patch("/blob/<sha256>")
def add(sha256: str) -> ForMachines:
    """Take a piece of a content."""
    return _answered(lambda blobs, body: blobs.add(sha256, _offset(), body), OFFSET)


@exchange.get("/blob/<sha256>/leaves")
def leaves(sha256: str) -> ForMachines:
    """Give the manifest of a content."""
    return _answered(lambda blobs, _body: blobs.leaves(sha256))


@exchange.post("/blobs")
def present() -> ForMachines:
    """Say which contents of a list are here."""
    return _answered(lambda blobs, body: blobs.present(body))


def _range(sha256: str) -> tuple[int, int]:
    """Return the bytes to give; all of them where the range is for another content (RFC 9110)."""
    found = _RANGE.match(request.headers.get("Range", ""))
    if not found or request.headers.get("If-Range", f'"{sha256}"') != f'"{sha256}"':
        return 0, LARGEST_PIECE
    return int(found[1]), int(found[2] or 2**50) + 1


def _offset() -> int:
    text = request.headers.get("Upload-Offset", "")
    return int(text) if text.isdigit() and len(text) < 16 else -1


def _answered(work: Work, *covered: str) -> ForMachines:
    """Do `work` for a machine whose signature covers these headers; sign what comes of it."""
    headers = dict(request.headers)
    row = door.machine(headers)
    if row is None:
        return ForMachines(status=401, headers={UNKNOWN_KEY: "1"})
    request.max_content_length = _BODY
    body, key = request.get_data(), nodes.key_of(row)
    more = tuple((name, headers[name.title()]) for name in covered if name.title() in headers)
    call = Call(request.method, request.path, headers.get("Sync-Stream", ""), body, more)
    if not door.is_signed(key, headers, call):
        return ForMachines(status=401, headers={UNKNOWN_KEY: "1"})
    answer = Answer(403) if row.revoked_at is not None else _done(row, body, work)
    signs = tuple(answer.covered.items())
    signed = signature.sign_reply(key, answer.status, answer.body, headers["Signature"], signs)
    again = {"Retry-After": _AGAIN[answer.status]} if answer.status in _AGAIN else {}
    sent = {**signed, **{name.title(): value for name, value in signs}, **again}
    return ForMachines(answer.body, answer.status, sent)


def _done(row: Any, body: bytes, work: Work) -> Answer:
    settings = current_app.config["SETTINGS"]
    parts = Parts(current_app.extensions["files"], settings.spool)
    blobs = Blobs(parts, reach.scopes(row.space_uid), settings.max_upload)
    found: list[Answer] = []

    def work_once() -> door.Answer:
        found.append(work(blobs, body))
        return found[0].status, found[0].body

    crowd: Crowd = current_app.extensions["crowd"]
    try:
        with crowd.turn():
            status, text = door.carefully(work_once)
    except Crowded:
        return Answer(429)
    return found[0] if found else Answer(status, text)
