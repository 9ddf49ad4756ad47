"""`GET /sync/v1/time?nonce=…`: the centre's clock, signed for this very question."""

import secrets
import uuid

from kiosk.storage import clock
from kiosk.sync import frame, signature
from kiosk.sync.document import Reader
from kiosk.sync.frame import FrameError
from kiosk.sync.keyfile import Identity
from kiosk.sync.line import Line
from kiosk.sync.signature import Call, SignatureError
from kiosk.sync.trouble import NotTheCentre, Revoked, Unknown

TIME = "/sync/v1/time"
UNKNOWN_KEY = "Sync-Unknown-Key"
PATIENCE = 30.0


def ask(line: Line, identity: Identity) -> tuple[int, float]:
    """Return the centre's now (ms) and how long (s) the answer took; raises Trouble.

    Nothing of it is believed without the centre's signature over the nonce.
    """
    nonce, started = secrets.token_urlsafe(12), clock.monotonic()
    headers = signature.sign_request(identity.key, Call("GET", TIME, uuid.UUID(int=0).hex, b""), nonce)
    answer = line.ask("GET", f"{TIME}?nonce={nonce}", headers, b"", PATIENCE)
    try:
        signature.verify_reply(identity.key, answer.status, answer.body, answer.headers, headers["Signature"])
    except SignatureError as error:
        if answer.status == 401 and UNKNOWN_KEY in answer.headers:
            raise Unknown from error
        raise NotTheCentre(str(error)) from error
    if answer.status == 403:
        raise Revoked
    return _now(answer.body, nonce), clock.monotonic() - started


def _now(body: bytes, nonce: str) -> int:
    try:
        told = Reader(frame.decode(body))
        if told.text("nonce") != nonce:
            raise FrameError("an answer to another question")
        return told.whole("now")
    except FrameError as error:
        raise NotTheCentre(str(error)) from error
