"""Where a signed request is believed or not, whoever brought it: the network or a stick.

The request is known by its headers and its body alone, so that a letter carried
by hand meets exactly the checks of one that came by itself.
"""

import logging
import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kiosk.central import aside, faults, keys, nodes, receive
from kiosk.central import exchange as exchanges
from kiosk.central.gate import Crowded
from kiosk.storage import disk, transaction, versions
from kiosk.sync import frame, signature
from kiosk.sync.blobs import sweeping
from kiosk.sync.caller import EXCHANGE, LARGEST, UNKNOWN_KEY
from kiosk.sync.frame import FrameError
from kiosk.sync.messages import FORK, Reply, Request, read_request
from kiosk.sync.signature import Call, Key, SignatureError

log = logging.getLogger("kiosk.central")

Answer = tuple[int, bytes]
Turn = Callable[[], AbstractContextManager[None]]
"""What a machine's work stands in; it raises Crowded where there is no room."""


@dataclass(frozen=True)
class Sent:
    """What goes back: a status, headers that sign it, a body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def exchange(
    headers: Mapping[str, str], read: Callable[[], bytes], data: Path, turn: Turn = nullcontext
) -> Sent:
    """Answer a request to exchange, in its `turn`. `read` gives its body, for a known key only."""
    row = machine(headers)
    if row is None:
        return Sent(401, {UNKNOWN_KEY: "1"})
    body, key = read(), nodes.key_of(row)
    if not is_signed(key, headers, Call("POST", EXCHANGE, headers.get("Sync-Stream", ""), body)):
        return Sent(401, {UNKNOWN_KEY: "1"})
    if keys.is_offered(row) and row.revoked_at is None:
        with transaction():
            keys.proven(row)
    mark = headers["Signature"]
    if row.revoked_at is not None:
        return signed(key, mark, carefully(lambda: _set_aside(row, body)))
    stream = headers.get("Sync-Stream", "")
    return answered(key, mark, turn, lambda: _exchange(row, stream, body, data))


def _exchange(row: Any, stream: str, body: bytes, data: Path) -> Answer:
    if len(body) > LARGEST:
        return 413, b""
    asked = read_request(frame.decode(body), receive.created)
    if asked.schema < versions.OLDEST:
        return 426, b""
    if asked.stream.hex != stream:
        raise FrameError("another stream in the envelope")
    space: uuid.UUID = row.space_uid
    reply = exchanges.answer(row.node_no, space, asked, data)
    if asked.ops:
        sweeping.sweep(data)
    return (409 if reply.kind == FORK else 200), _written(reply, asked)


def _set_aside(row: Any, body: bytes) -> Answer:
    """Keep what a withdrawn machine says; what leans on changes that are not here is asked for in full."""
    with transaction() as current:
        aside.keep(current.connection(), row.node_no, body[:LARGEST])
    return 403, b""


def _written(reply: Reply, asked: Request) -> bytes:
    """Return the frame of a reply, in the newest form that the machine reads."""
    if asked.reads < 2:
        return frame.encode(reply.document())
    return frame.encode(replace(reply, version=2).document(asked.schema), dictionary=frame.DICTIONARY)


def answered(key: Key, request_signature: str, turn: Turn, work: Callable[[], Answer]) -> Sent:
    """Do a machine's work in its turn and sign what comes of it; 429 says when to come again."""
    try:
        with turn():
            return signed(key, request_signature, carefully(work))
    except Crowded as crowded:
        sent = signed(key, request_signature, (429, b""))
        return replace(sent, headers={**sent.headers, "Retry-After": str(crowded.after)})


def carefully(work: Callable[[], Answer]) -> Answer:
    """Turn every failure into a status that the kiosk understands and can trust."""
    try:
        return work()
    except FrameError as error:
        return 422, str(error).encode()
    except faults.PASSING as error:
        log.error("exchange put off: %s", error)
        return (507 if disk.refusal(error) else 503), b""
    except Exception:
        log.exception("exchange failed")
        return 500, b""


def signed(key: Key, request_signature: str, answer: Answer) -> Sent:
    """Sign an answer and bind it to its request."""
    headers = signature.sign_reply(key, *answer, request_signature)
    more = {"Retry-After": "60"} if answer[0] in (503, 507) else {}
    return Sent(answer[0], {**headers, **more}, answer[1])


def machine(headers: Mapping[str, str]) -> Any:
    """Return the row of the machine whose key the request claims, None for a stranger."""
    try:
        return nodes.by_key(signature.key_id_of(headers))
    except SignatureError:
        return None


def is_signed(key: Key, headers: Mapping[str, str], call: Call) -> bool:
    """Tell whether the headers sign exactly this call."""
    try:
        signature.verify_request(key, call, headers)
    except SignatureError:
        return False
    return True
