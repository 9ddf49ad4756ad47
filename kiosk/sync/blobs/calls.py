"""The kiosk's calls about files: tus-shaped questions under `/sync/v1/blob/<sha256>`.

Offsets and ranges are covered by the signatures: a middle-man that changes one
is no centre.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.sync import frame
from kiosk.sync.blobs.manifest import Manifest, read_manifest
from kiosk.sync.caller import Caller, trouble_of
from kiosk.sync.frame import FrameError
from kiosk.sync.line import Answer
from kiosk.sync.link import Link
from kiosk.sync.signature import Call
from kiosk.sync.trouble import CentreFailed, NoLink

PATH = "/sync/v1/blob/"
ASK = "/sync/v1/blobs"
OFFSET, RANGE = "upload-offset", "range"
LARGEST_PIECE = 1024 * 1024
"""The longest piece of a file in one request or answer, in bytes."""

MOST_ASKED = 500
_CHECKING = 20_000_000.0
"""Bytes a second at which a modest centre checks a whole content after its last piece."""


@dataclass
class Spent:
    """What the calls cost so far."""

    up: int = 0
    down: int = 0
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """Bytes both ways, headers included."""
        return self.up + self.down


class Declined(Exception):
    """The centre does not take or give this content now: `reason` says why, in one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BlobCalls:
    """Asks the centre about contents in the name of one stream, over a link of known speed.

    `pay` hears of the bytes of each call, as soon as they passed.
    """

    def __init__(self, caller: Caller, stream: str, link: Link, pay: Callable[[int], None]) -> None:
        self._caller, self._stream, self._link, self._pay = caller, stream, link, pay
        self.spent = Spent()

    def look(self, sha256: str) -> int | None:
        """Return how many bytes of a content the centre holds, None when it knows nothing of it."""
        answer = self._ask(Call("HEAD", PATH + sha256, self._stream, b""))
        return None if answer.status == 404 else _offset(answer, (200,))

    def declare(self, sha256: str, manifest: Manifest) -> int:
        """Announce a content; return where to go on. Raises Declined where it is not welcome."""
        body = frame.encode(manifest.document())
        answer = self._ask(Call("POST", PATH + sha256, self._stream, body))
        return _offset(answer, (200, 201))

    def send(self, sha256: str, offset: int, data: bytes, size: int) -> int:
        """Send a piece; return the place of the next one, whatever the centre thinks it is.

        Raises Declined for a leaf or a content that it found wrong.
        """
        call = Call("PATCH", PATH + sha256, self._stream, data, ((OFFSET, str(offset)),))
        checking = size / _CHECKING if offset + len(data) >= size else 0.0
        return _offset(self._ask(call, checking), (204, 409))

    def leaves(self, sha256: str) -> Manifest:
        """Return a content's manifest; raises Declined when it is not at the centre."""
        answer = self._ask(Call("GET", f"{PATH}{sha256}/leaves", self._stream, b""), 30.0)
        try:
            return read_manifest(frame.decode(_body(answer, 200)))
        except FrameError as error:
            raise CentreFailed(str(error)) from error

    def fetch(self, sha256: str, start: int, stop: int) -> bytes:
        """Return the bytes `start` to `stop` (left out); raises Declined when they are not there."""
        more = ((RANGE, f"bytes={start}-{stop - 1}"), ("if-range", f'"{sha256}"'))
        answer = self._ask(Call("GET", PATH + sha256, self._stream, b"", more), size=stop - start)
        return _body(answer, 206)

    def present(self, hashes: Sequence[str]) -> set[str]:
        """Return which of these contents the centre has."""
        asked = list(hashes[:MOST_ASKED])
        answer = self._ask(Call("POST", ASK, self._stream, frame.encode({"d": asked})))
        bits = _body(answer, 200).decode("ascii", "replace")
        return {sha256 for sha256, bit in zip(asked, bits, strict=False) if bit == "1"}

    def _ask(self, call: Call, extra: float = 0.0, size: int = 0) -> Answer:
        patience = self._link.patience(len(call.body) + size) + extra
        try:
            answer = self._caller.ask(call, patience, OFFSET)
        except NoLink:
            # How much of it left nobody knows; what was paid for is not nothing.
            self._count(len(call.body), 0, 0.0)
            raise
        self._count(answer.up, answer.down, answer.seconds)
        return answer

    def _count(self, up: int, down: int, seconds: float) -> None:
        self.spent.up += up
        self.spent.down += down
        self.spent.seconds += seconds
        self._pay(up + down)


_REASONS = {404: "unknown", 413: "too_big", 416: "unknown", 422: "wrong", 507: "full"}


def _offset(answer: Answer, good: tuple[int, ...]) -> int:
    text = answer.headers.get(OFFSET.title(), "")
    if answer.status in good and text.isdigit():
        return int(text)
    raise _refusal(answer)


def _body(answer: Answer, good: int) -> bytes:
    if answer.status == good:
        return answer.body
    raise _refusal(answer)


def _refusal(answer: Answer) -> Exception:
    reason = _REASONS.get(answer.status)
    return Declined(reason) if reason else trouble_of(answer)
