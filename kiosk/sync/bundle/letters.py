"""Letters: signed messages of the network, kept to be carried instead of sent."""

import hmac
import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kiosk.storage import Store
from kiosk.storage.changes import dumps
from kiosk.sync import exchange, link
from kiosk.sync.bundle.trouble import Damaged
from kiosk.sync.caller import Caller
from kiosk.sync.keyfile import Identity
from kiosk.sync.line import Answer
from kiosk.sync.link import Link
from kiosk.sync.messages import Request
from kiosk.sync.signature import Key
from kiosk.sync.trouble import NoLink, Refused, TooBig

_LENGTH = struct.Struct(">I")


@dataclass(frozen=True)
class Letter:
    """A message with the headers that sign it, and what the carrier needs to know of it."""

    headers: Mapping[str, str]
    body: bytes
    about: Mapping[str, Any]

    def packed(self) -> bytes:
        """Return the record of a bundle that holds the letter."""
        head = dumps({"h": dict(self.headers), **self.about}).encode()
        return _LENGTH.pack(len(head)) + head + self.body


def read_letter(record: bytes) -> Letter:
    """Return the letter a record holds; raises Damaged."""
    try:
        end = _LENGTH.size + _LENGTH.unpack_from(record)[0]
        fields = json.loads(record[_LENGTH.size : end])
        headers = {str(name): str(value) for name, value in fields.pop("h").items()}
    except (ValueError, KeyError, AttributeError, RecursionError, struct.error) as error:
        raise Damaged(str(error)) from error
    return Letter(headers, record[end:], fields)


def hint_of(key: Key) -> str:
    """Return what lets the two holders of a key know each other's bundles, and nobody else."""
    return hmac.digest(key.secret, b"kiosk bundle hint", "sha256")[:8].hex()


def mark_of(key: Key, *parts: object) -> str:
    """Return the mark of a content: the same content has the same, and only the holders can make it."""
    text = "|".join(str(part) for part in parts).encode()
    return hmac.digest(key.secret, b"kiosk bundle mark" + text, "sha256")[:16].hex()


class Kept(NoLink):
    """The letter was taken, not sent."""


class Satchel:
    """A line that keeps what is said on it."""

    def __init__(self) -> None:
        self.headers: Mapping[str, str] = {}
        self.body = b""

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
        """Keep the request; raises Kept, always."""
        self.headers, self.body = headers, body
        raise Kept


@dataclass(frozen=True)
class Addressed:
    """A letter to the centre with the request inside."""

    letter: Letter
    request: Request

    @property
    def last(self) -> int:
        """The position after which the next letter goes on."""
        return self.request.first - 1 + len(self.request.ops)


class Desk:
    """Writes the letters of a kiosk to its centre: what the network would be told, batch by batch."""

    def __init__(self, store: Store, identity: Identity, program: str) -> None:
        self._store, self._satchel = store, Satchel()
        self._caller = Caller(identity, self._satchel, program)

    def letters(self, after: int, upto: int) -> Iterator[Addressed]:
        """Yield the letters for positions above `after` to `upto`; one at least, to ask for news."""
        while True:
            written = self._write(after, upto)
            yield written
            if written.last >= upto or written.last <= after:
                return
            after = written.last

    def _write(self, after: int, upto: int) -> Addressed:
        """Write one letter: a full batch, else a single change, else that change as text."""
        with self._store.open() as session:
            known = replace(link.load(session.connection()), batch=link.LARGEST, trouble=None)
        for few, unreadable in ((upto - after, 0), (1, 0), (1, after + 1)):
            try:
                return self._packed(_at_most(known, few), after, unreadable)
            except (Refused, TooBig):
                continue
        raise Refused("a change that no letter carries")

    def _packed(self, known: Link, after: int, unreadable: int) -> Addressed:
        with self._store.open() as session:
            program = self._caller.program
            request = exchange.build(session.connection(), known, program, unreadable, after)
        try:
            self._caller.exchange(request, known)
        except Kept:
            last = request.first - 1 + len(request.ops)
            about = {"first": request.first, "last": last}
            return Addressed(Letter(self._satchel.headers, self._satchel.body, about), request)
        raise AssertionError("a satchel keeps every letter")


def _at_most(known: Link, count: int) -> Link:
    """Return the link as if a batch held no more than `count` changes."""
    if count <= 0 or count >= known.changes:
        return known
    return replace(known, change_size=known.batch / (count + 0.5))
