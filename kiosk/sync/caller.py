"""Signed calls: what leaves is signed, what comes back is believed only if signed for it."""

import base64
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from kiosk.sync import code as codes
from kiosk.sync import frame, signature
from kiosk.sync.frame import FrameError
from kiosk.sync.keyfile import Identity
from kiosk.sync.line import Answer, Line
from kiosk.sync.link import Link
from kiosk.sync.messages import Reply, Request, read_reply
from kiosk.sync.signature import Call, Key, SignatureError
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

    `learn` keeps the centre's sealing key, which is asked for as long as it is not known;
    `renew` keeps a new key and the one before it. Without it no new key is taken.
    """

    def __init__(
        self,
        identity: Identity,
        line: Line,
        program: str = "",
        learn: Callable[[str], None] = lambda _seal: None,
        renew: Callable[[Key, Key], None] | None = None,
    ) -> None:
        self._former, self._renew = identity.former_key, renew
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
        if reply.rekey and self._renew:
            self._take_key(*reply.rekey)
        return Answered(reply, answer.up, answer.down, answer.seconds)

    def _take_key(self, name: str, masked: str) -> None:
        """Keep the key that the centre offers; the next request proves it. Nonsense is offered again."""
        with suppress(ValueError):
            key = Key(name, codes.mask_next(self._key, name, base64.b64decode(masked, validate=True)))
            self._renew(key, self._key)  # type: ignore[misc]
            self._key, self._former = key, self._key

    def ask(self, call: Call, patience: float, covers: str = "") -> Answer:
        """Sign a call, send it, and return an answer that is signed for it; raises Trouble.

        `covers` names a header that counts only if the answer's signature covers it. A centre
        that does not know the key was perhaps put back to before it: the former one is tried.
        """
        try:
            return self._ask(call, patience, covers)
        except Unknown:
            if self._former is None:
                raise
            self._key, self._former = self._former, None
            return self._ask(call, patience, covers)

    def _ask(self, call: Call, patience: float, covers: str) -> Answer:
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
