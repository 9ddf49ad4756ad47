"""Enrolment from the kiosk's side: a code becomes a key."""

import base64
import ssl
import uuid
from pathlib import Path

from sqlalchemy import Connection, Row, select, update

from kiosk.storage import Store, itself, transaction
from kiosk.storage.base import synced_models
from kiosk.storage.changes import said
from kiosk.storage.log import sync_closed, sync_log, sync_self
from kiosk.sync import code as codes
from kiosk.sync import frame, hardware, keyfile, link, outbox, rehome, signature
from kiosk.sync.caller import UNKNOWN_KEY
from kiosk.sync.code import Code
from kiosk.sync.document import Reader
from kiosk.sync.frame import FrameError
from kiosk.sync.keyfile import Identity
from kiosk.sync.line import Answer, HttpLine, Line, checked
from kiosk.sync.rows import Unreadable, read_fields
from kiosk.sync.signature import Call, SignatureError
from kiosk.sync.time.dated import line_to_ask
from kiosk.sync.trouble import (
    CentreFailed,
    CodeRefused,
    NotTheCentre,
    OtherSpace,
    ReplacesAMachine,
    WhichMachine,
)

ENROL, AUTHORITY = "/sync/v1/enrol", "/sync/v1/authority"
_PATIENCE = 30.0
_LOOK = 40
_WHY_NOT = {b"replace": ReplacesAMachine, b"which": WhichMachine}
"""What a signed 409 says of a code; without a word, it is another space's."""


def enrol(
    store: Store,
    data: Path,
    address: str,
    typed: str,
    program: str,
    line: Line | None = None,
    replace: bool = False,
) -> Identity:
    """Turn a code into this machine's identity and keep it; raises Trouble.

    `replace` asks to take the place of a lost machine, whose key ends with it. A machine
    that had another number leaves its stream: what waits goes along.
    """
    code = codes.read(typed)
    checked(address)
    authority = _authority(address, code, line)
    ask = line or line_to_ask(address, authority)
    with store.open() as session:
        mine = outbox.me(session.connection())
        owner = _owner(session.connection())
    about = {"owner": owner.hex if owner else "", "machine": hardware.print_now(), "program": program}
    wish = {"replace": True} if replace else {}
    granted, secret = _ask(ask, code, mine.stream, {**about, **wish, "stream": mine.stream.hex})
    identity = _identity(granted, secret, address, authority)
    keyfile.save(data, identity)
    settle_in(store, identity)
    return identity


def check_space(store: Store, space_uid: str) -> None:
    """Raise OtherSpace where the rows here belong to another space than that."""
    with store.open() as session:
        owner = _owner(session.connection())
    if owner is not None and owner.hex != space_uid:
        raise OtherSpace


def settle_in(store: Store, identity: Identity) -> None:
    """Make the database follow the key file: a power cut may fall between the two.

    Raises OtherSpace where the rows here belong to another space than the key's: the
    centre would refuse every one of them.
    """
    with store.open() as session:
        mine, owner = outbox.me(session.connection()), _owner(session.connection())
    if owner is not None and owner.hex != identity.space_uid:
        raise OtherSpace
    if mine.node_no == identity.node_no:
        return
    with store.open(), transaction() as session:
        if mine.node_no is not None:
            # The machine that had this log before may still write to its stream, and keeps what it began.
            itself.leave_to_the_other(session.connection())
            rehome.rehome(session.connection(), mine.acked)
        known = {"node_no": identity.node_no, "hw_print": hardware.print_now()}
        session.connection().execute(update(sync_self).values(**known))
        link.change(session.connection(), trouble=None, next_try=None)


def _authority(address: str, code: Code, line: Line | None) -> str:
    """Return the centre's own authority (PEM) as the code pins it, '' for the public ones."""
    if not code.pin or address.startswith("http://"):
        return ""
    answer = (line or _Unchecked(address)).ask("GET", AUTHORITY, {}, b"", _PATIENCE)
    try:
        text = answer.body.decode("ascii")
        genuine = codes.fingerprint(text) == code.pin
    except ValueError as error:
        raise NotTheCentre("no authority") from error
    if not genuine:
        raise NotTheCentre("another authority")
    return text


class _Unchecked(HttpLine):
    """A line whose other end is not checked yet: good only for fetching what a code pins."""

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context


def _ask(line: Line, code: Code, stream: uuid.UUID, document: dict[str, str | bool]) -> tuple[Reader, bytes]:
    """Return what the centre granted, and the node's key unmasked."""
    body = frame.encode(document)
    headers = signature.sign_request(code.key, Call("POST", ENROL, stream.hex, body), uuid.uuid4().hex)
    sent = {"Content-Type": "application/octet-stream", **headers}
    answer = line.ask("POST", ENROL, sent, body, _PATIENCE)
    try:
        signature.verify_reply(code.key, answer.status, answer.body, answer.headers, headers["Signature"])
    except SignatureError as error:
        if answer.status == 410 and UNKNOWN_KEY in answer.headers:
            raise CodeRefused from error
        raise NotTheCentre(str(error)) from error
    granted = _granted(answer)
    try:
        masked = base64.b64decode(granted.text("secret"), validate=True)
        return granted, codes.mask(code.key, headers["Signature"], masked)
    except ValueError as error:
        raise NotTheCentre("no key") from error


def _granted(answer: Answer) -> Reader:
    if answer.status == 409:
        raise _WHY_NOT.get(answer.body, OtherSpace)
    if answer.status >= 500:
        raise CentreFailed(str(answer.status))
    if answer.status != 201:
        raise CodeRefused(str(answer.status))
    try:
        return Reader(frame.decode(answer.body))
    except FrameError as error:
        raise NotTheCentre(str(error)) from error


def _identity(granted: Reader, secret: bytes, address: str, authority: str) -> Identity:
    if authority and granted.text("authority") != codes.print_of(authority):
        raise NotTheCentre("another authority")
    return Identity(
        node_no=granted.whole("node_no"),
        key_id=granted.text("key_id"),
        secret=base64.b64encode(secret).decode(),
        centre=address.strip().rstrip("/"),
        space_uid=granted.uid("space_uid").hex,
        space=granted.text("space"),
        scopes=tuple(str(scope) for scope in granted.items("scopes")),
        authority=authority,
        seal=granted.text("seal") if granted.has("seal") else "",
    )


def _owner(connection: Connection) -> uuid.UUID | None:
    """Return the space whose rows this machine writes, None before its set-up."""
    for log in (sync_closed, sync_log):
        query = select(log.c.tab, log.c.row_uid, log.c.body).where(log.c.op == "i")
        for row in connection.execute(query.order_by(log.c.seq).limit(_LOOK)):
            owner = _owner_of(row)
            if owner is not None:
                return owner
    return None


def _owner_of(row: Row[str, uuid.UUID, str]) -> uuid.UUID | None:
    model = synced_models().get(row.tab)
    try:
        fields = read_fields(model, said(row.body), lenient=True) if model else {}
    except Unreadable:
        return None
    return model.owner(row.row_uid, fields) if model else None
