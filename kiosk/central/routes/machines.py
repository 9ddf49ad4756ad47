"""The machines' door: signed requests in, signed replies out, nothing else believed."""

import logging
from pathlib import Path

from flask import Blueprint, Flask, current_app, request

from kiosk.central import door, erased, erasing, frames, meta, nodes, scoping, times
from kiosk.central.crowd import Crowd
from kiosk.storage import Store, transaction
from kiosk.sync import emptying, frame, signature
from kiosk.sync.blobs import sweeping
from kiosk.sync.caller import UNKNOWN_KEY
from kiosk.sync.document import Reader, identifier
from kiosk.sync.signature import Call, SignatureError
from kiosk.web.security import ForMachines, csrf

log = logging.getLogger("kiosk.central")
exchange = Blueprint("machines", __name__, url_prefix="/sync/v1")
csrf.exempt(exchange)


def register(app: Flask) -> None:
    """Start a run of the centre: a restored database begins a new epoch."""
    app.extensions["crowd"] = Crowd(app.config["SETTINGS"].threads)
    store: Store = app.extensions["store"]
    if not meta.is_ready(store.engine):
        return
    with store.open() as current:
        with transaction():
            restored = meta.prepare(current.connection(), _data(app))
            erasing.again(_data(app))
            # A newer program may read what was kept, and unreadable, when somebody was erased.
            frames.scrub(current.connection(), erased.orders(current.connection()))
            scoping.rescope(current.connection())
        emptying.fold(store.engine)
        sweeping.sweep(_data(app))
        meta.remember(current.connection(), _data(app))
    if restored:
        log.warning("the database is an older one: a new epoch begins, kiosks will send again")


def _data(app: Flask) -> Path:
    found: Path = app.config["SETTINGS"].data
    return found


@exchange.post("/exchange")
def push_and_pull() -> ForMachines:
    """Take a push, answer with what the centre holds and a page."""
    crowd: Crowd = current_app.extensions["crowd"]
    return _sent(door.exchange(_headers(), _body, _data(current_app), crowd.turn))


@exchange.get("/time")
def tell_time() -> ForMachines:
    """Tell a machine what time it is."""
    return _sent(times.tell(_headers(), request.args.get("nonce", "")))


@exchange.get("/authority")
def show_authority() -> ForMachines:
    """Show the centre's own certificate authority; a code pins it."""
    text = nodes.authority(_data(current_app))
    return ForMachines(text, 200 if text else 404, mimetype="text/plain")


@exchange.post("/enrol")
def enrol() -> ForMachines:
    """Turn a one-time code into a key; the reply is bound to the code."""
    try:
        code = nodes.code_named(signature.key_id_of(_headers()), late=True)
        if code is None:
            return _unknown_code()
        body = _body()
        signature.verify_request(nodes.key_of(code), _call(body), _headers())
    except SignatureError:
        return _unknown_code()
    answer = door.carefully(lambda: _enrol(code.code_id, body))
    return _sent(door.signed(nodes.key_of(code), request.headers["Signature"], answer))


def _unknown_code() -> ForMachines:
    """Answer what no key signs; the header tells it from what a proxy says of a page that is gone."""
    return ForMachines(status=410, headers={UNKNOWN_KEY: "1"})


def _enrol(code_id: str, body: bytes) -> door.Answer:
    asked = Reader(frame.decode(body[: door.LARGEST]))
    owner = asked.text("owner")
    with transaction():
        code = nodes.code_named(code_id, lock=True)
        if code is None:
            return 410, b""
        if owner and identifier(owner) != code.space_uid:
            return 409, b""
        mark, data = request.headers["Signature"], _data(current_app)
        wish = nodes.Asked(asked.uid("stream"), asked.has("replace") and asked.flag("replace"))
        try:
            granted = nodes.grant(code, wish, mark, data)
        except nodes.Unclear as unclear:
            return 409, str(unclear).encode()
    return (410, b"") if granted is None else (201, frame.encode(granted))


def _body() -> bytes:
    """Return the body, read only for who names a known key, and never a large one into memory."""
    request.max_content_length = 2 * door.LARGEST
    return request.get_data()


def _headers() -> dict[str, str]:
    return dict(request.headers)


def _call(body: bytes) -> Call:
    return Call(request.method, request.path, request.headers.get("Sync-Stream", ""), body)


def _sent(answer: door.Sent) -> ForMachines:
    return ForMachines(answer.body, answer.status, answer.headers)
