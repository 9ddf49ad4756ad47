"""The machines' door: signed requests in, signed replies out, nothing else believed."""

import logging
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, current_app, request

from kiosk.central import exchange as exchanges
from kiosk.central import faults, meta, nodes
from kiosk.storage import Store, transaction
from kiosk.sync import frame, signature
from kiosk.sync.caller import UNKNOWN_KEY
from kiosk.sync.document import Reader, identifier
from kiosk.sync.frame import FrameError
from kiosk.sync.messages import FORK, read_request
from kiosk.sync.signature import Call, Key, SignatureError
from kiosk.web.security import ForMachines, csrf

log = logging.getLogger("kiosk.central")
exchange = Blueprint("machines", __name__, url_prefix="/sync/v1")
csrf.exempt(exchange)

_LARGEST = 2 * 1024 * 1024
Answer = tuple[int, bytes]


def register(app: Flask) -> None:
    """Start a run of the centre: a restored database begins a new epoch."""
    store: Store = app.extensions["store"]
    if not meta.is_ready(store.engine):
        return
    with store.open() as current:
        with transaction():
            restored = meta.prepare(current.connection(), _data(app))
        meta.remember(current.connection(), _data(app))
    if restored:
        log.warning("the database is an older one: a new epoch begins, kiosks will send again")


def _data(app: Flask) -> Path:
    found: Path = app.config["SETTINGS"].data
    return found


@exchange.post("/exchange")
def push_and_pull() -> ForMachines:
    """Take a push, answer with what the centre holds and a page."""
    row = _machine()
    if row is None:
        return ForMachines(status=401, headers={UNKNOWN_KEY: "1"})
    body = _body()
    key = nodes.key_of(row)
    if not _is_signed(key, body):
        return ForMachines(status=401, headers={UNKNOWN_KEY: "1"})
    if row.revoked_at is not None:
        with transaction() as current:
            nodes.put_aside(current.connection(), row.node_no, body[:_LARGEST])
        return _signed(key, 403, b"")
    return _signed(key, *_carefully(lambda: _exchange(row.node_no, row.space_uid, body)))


def _exchange(node_no: int, space_uid: uuid.UUID, body: bytes) -> Answer:
    if len(body) > _LARGEST:
        return 413, b""
    asked = read_request(frame.decode(body))
    if asked.stream.hex != request.headers.get("Sync-Stream"):
        raise FrameError("another stream in the envelope")
    reply = exchanges.answer(node_no, space_uid, asked, _data(current_app))
    return (409 if reply.kind == FORK else 200), frame.encode(reply.document())


def _carefully(work: Callable[[], Answer]) -> Answer:
    """Turn every failure into a status that the kiosk understands and can trust."""
    try:
        return work()
    except FrameError as error:
        return 422, str(error).encode()
    except faults.PASSING as error:
        log.error("exchange put off: %s", error)
        return 503, b""
    except Exception:
        log.exception("exchange failed")
        return 500, b""


@exchange.get("/authority")
def show_authority() -> ForMachines:
    """Show the centre's own certificate authority; a code pins it."""
    text = nodes.authority(_data(current_app))
    return ForMachines(text, 200 if text else 404, mimetype="text/plain")


@exchange.post("/enrol")
def enrol() -> ForMachines:
    """Turn a one-time code into a key; the reply is bound to the code."""
    try:
        code = nodes.code_named(signature.key_id_of(_headers()))
        if code is None:
            return ForMachines(status=410)
        body = _body()
        signature.verify_request(nodes.key_of(code), _call(body), _headers())
    except SignatureError:
        return ForMachines(status=410)
    return _signed(nodes.key_of(code), *_carefully(lambda: _enrol(code.code_id, body)))


def _enrol(code_id: str, body: bytes) -> Answer:
    asked = Reader(frame.decode(body[:_LARGEST]))
    owner = asked.text("owner")
    with transaction():
        code = nodes.code_named(code_id, lock=True)
        if code is None:
            return 410, b""
        if owner and identifier(owner) != code.space_uid:
            return 409, b""
        mark, data = request.headers["Signature"], _data(current_app)
        granted = nodes.grant(code, asked.uid("stream"), mark, data)
    return (410, b"") if granted is None else (201, frame.encode(granted))


def _body() -> bytes:
    """Return the body, read only for who names a known key, and never a large one into memory."""
    request.max_content_length = 2 * _LARGEST
    return request.get_data()


def _machine() -> Any:
    """Return the row of the machine whose key the request claims, None for a stranger."""
    try:
        return nodes.by_key(signature.key_id_of(_headers()))
    except SignatureError:
        return None


def _is_signed(key: Key, body: bytes) -> bool:
    try:
        signature.verify_request(key, _call(body), _headers())
    except SignatureError:
        return False
    return True


def _headers() -> dict[str, str]:
    return dict(request.headers)


def _call(body: bytes) -> Call:
    return Call(request.method, request.path, request.headers.get("Sync-Stream", ""), body)


def _signed(key: Key, status: int, body: bytes) -> ForMachines:
    headers = signature.sign_reply(key, status, body, request.headers["Signature"])
    more = {"Retry-After": "60"} if status == 503 else {}
    return ForMachines(body, status, {**headers, **more})
