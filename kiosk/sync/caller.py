"""Signed calls: what leaves is signed, what comes back is believed only if signed for it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kiosk.sync import frame, signature
from kiosk.sync.frame import FrameError
from kiosk.sync.keyfile import Identity
from kiosk.sync.line import Answer, Line
from kiosk.sync.link import Link
from kiosk.sync.messages import Reply, Request, read_reply
from kiosk.sync.signature import Call, SignatureError
from kiosk.sync.trouble import (
    Busy,
    CentreFailed,
    CentreFull,
    NotTheCentre,
    Refused,
    Revoked,
    TooBig,
    TooOld,
    Trouble,
    Unknown,
)

EXCHANGE = "/sync/v1/exchange"
UNKNOWN_KEY = "Sync-Unknown-Key"
LARGEST = 2 * 1024 * 1024
"""The longest body of a request that a centre takes, in bytes."""
_LONGEST_WAIT = 3_600.0


@dataclass(frozen=True)
class Answered:
    """A believed reply, with the bytes each way and the time it took."""

    reply: Reply
    up: int
    down: int
    seconds: float


class Caller:
    """Calls the centre in the name of one machine.

    `learn` keeps the centre's sealing key, which is asked for as long as it is not known.
    """

    def __init__(
        self,
        identity: Identity,
        line: Line,
        program: str = "",
        learn: Callable[[str], None] = lambda _seal: None,
    ) -> None:
        self._key, self._line, self.program = identity.key, line, program
        self._seal, self._learn = identity.seal, learn

    def exchange(self, request: Request, link: Link) -> Answered:
        """Send a request and return the signed reply; raises Trouble for anything else.

        What the centre would not take does not leave: TooBig says so at once.
        """
        request = replace(request, wants_seal=not self._seal)
        codec = frame.PLAIN if request.opaque else frame.DEFLATE
        dictionary = frame.DICTIONARY if request.version > 1 and not request.opaque else frame.NO_DICTIONARY
        try:
            body = frame.encode(request.document(), codec, dictionary)
        except ValueError as error:
            raise Refused("a change that no frame carries") from error
        if len(body) > LARGEST:
            raise TooBig
        answer = self.ask(Call("POST", EXCHANGE, request.stream.hex, body), link.patience(len(body)))
        if answer.status not in (200, 409):
            raise trouble_of(answer)
        try:
            reply = read_reply(frame.decode(answer.body))
        except FrameError as error:
            raise CentreFailed(str(error)) from error
        if reply.seal and not self._seal:
            self._seal = reply.seal
            self._learn(reply.seal)
        return Answered(reply, answer.up, answer.down, answer.seconds)

    def ask(self, call: Call, patience: float, covers: str = "") -> Answer:
        """Sign a call, send it, and return an answer that is signed for it; raises Trouble.

        `covers` names a header that counts only if the answer's signature covers it.
        """
        headers = signature.sign_request(self._key, call, secrets.token_urlsafe(12))
        sent = {**headers, **{name.title(): value for name, value in call.more}}
        answer = self._line.ask(call.method, call.path, sent, call.body, patience)
        found = answer.headers.get(covers.title())
        more = ((covers, found),) if found is not None else ()
        try:
            signature.verify_reply(
                self._key, answer.status, answer.body, answer.headers, headers["Signature"], more
            )
        except SignatureError as error:
            if answer.status == 401 and UNKNOWN_KEY in answer.headers:
                raise Unknown from error
            raise NotTheCentre(str(error)) from error
        return answer


def trouble_of(answer: Answer) -> Trouble:
    """Return what a signed refusal means."""
    if answer.status == 403:
        return Revoked()
    if answer.status == 413:
        return TooBig()
    if answer.status == 422:
        return Refused(answer.body[:200].decode("utf-8", "replace"))
    if answer.status == 426:
        return TooOld()
    if answer.status in (429, 503):
        return Busy(after=_wait(answer.headers))
    if answer.status == 507:
        return CentreFull(after=_wait(answer.headers))
    return CentreFailed(str(answer.status))


def _wait(headers: Mapping[str, str]) -> float | None:
    text = headers.get("Retry-After", "")
    return min(float(text), _LONGEST_WAIT) if text.isdigit() else None
