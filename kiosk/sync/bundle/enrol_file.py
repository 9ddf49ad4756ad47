"""Beginning, or beginning again, from a stick: a code opens a file with a key and the space's rows."""

import base64
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kiosk.storage import Store, transaction
from kiosk.storage.changes import first_link
from kiosk.sync import code as codes
from kiosk.sync import enrol, exchange, frame, keyfile, outbox, start
from kiosk.sync.bundle import seal, stick
from kiosk.sync.bundle.envelope import ENROL, Envelope, glimpse, manifest, opened
from kiosk.sync.bundle.incoming import answer_of
from kiosk.sync.bundle.letters import Letter, read_letter
from kiosk.sync.bundle.trouble import Damaged, WrongCode
from kiosk.sync.code import Code
from kiosk.sync.document import Reader
from kiosk.sync.frame import FrameError
from kiosk.sync.keyfile import Identity
from kiosk.sync.messages import read_reply
from kiosk.sync.rebuild import EVERYTHING
from kiosk.sync.trouble import KeyUnreadable, NotEnrolled

MASK = "enrolment by file"
"""Stands where the network has a request's signature."""

Arrive = Callable[[uuid.UUID], None]


def read(store: Store, data: Path, place: Path, typed: str, arrive: Arrive = lambda _space: None) -> Identity:
    """Become the machine of the file that this code opens, with every row of its space; raises Trouble.

    Reading it again after a power cut goes on, and changes nothing once the rows are here:
    they would be those of that day. `arrive` lets the rooms take their place.
    """
    code = codes.read(typed)
    private = seal.private_from(code.key.secret)
    envelope = _found(place, private)
    manifest(envelope, private).verify(code.key, envelope.header)
    letters = map(read_letter, envelope.letters(private))
    identity = _identity(next(letters), code)
    enrol.check_space(store, identity.space_uid)
    if not _has_begun(store, data, identity):
        keyfile.save(data, identity)
        enrol.settle_in(store, identity)
        _fill(store, identity, letters)
        start.remember(store, data)
    with store.open(), transaction():
        arrive(uuid.UUID(identity.space_uid))
    return identity


def _has_begun(store: Store, data: Path, identity: Identity) -> bool:
    """Tell whether this machine has the file's key already, and the centre's rows."""
    try:
        known = keyfile.load(data)
    except (NotEnrolled, KeyUnreadable):
        return False
    with store.open() as session:
        cursor = outbox.me(session.connection()).cursor
    return known.key_id == identity.key_id and cursor not in ("", EVERYTHING)


def _found(place: Path, private: bytes) -> Envelope:
    """Return the file that the code opens; raises WrongCode where there are others only."""
    to = seal.name_of(seal.public_of(private))
    headers = {path: header for path in stick.bundles(place) if (header := glimpse(path)) is not None}
    for path, header in headers.items():
        if (header.kind, header.to) == (ENROL, to):
            return opened(path)
    raise WrongCode if headers else Damaged("no bundle")


def _identity(letter: Letter, code: Code) -> Identity:
    try:
        granted = Reader(json.loads(letter.body))
        masked = base64.b64decode(granted.text("secret"), validate=True)
        secret = base64.b64encode(codes.mask(code.key, MASK, masked)).decode()
        return Identity(
            node_no=granted.whole("node_no"),
            key_id=granted.text("key_id"),
            secret=secret,
            centre=granted.text("centre"),
            space_uid=granted.uid("space_uid").hex,
            space=granted.text("space"),
            scopes=tuple(str(scope) for scope in granted.items("scopes")),
            authority=json.loads(letter.body)["ca"],
            seal=granted.text("seal"),
        )
    except (ValueError, KeyError, FrameError) as error:
        raise Damaged(str(error)) from error


def _fill(store: Store, identity: Identity, letters: Iterator[Letter]) -> None:
    """Take the snapshot, as if it had been asked for in this machine's own stream."""
    for letter in letters:
        answer = answer_of(letter, identity.key)
        try:
            reply = read_reply(frame.decode(answer.body))
        except FrameError as error:
            raise Damaged(str(error)) from error
        with store.open(), transaction() as session:
            mine = outbox.me(session.connection())
            probes, page = ((0, first_link(mine.stream)),), replace(reply.page, since=mine.cursor)
            ours = replace(reply, stream=mine.stream, probes=probes, settled=0, now=0, page=page)
            exchange.receive(session.connection(), ours)
