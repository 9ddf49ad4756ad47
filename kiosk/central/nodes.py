"""Machines and their keys: codes, enrolment, withdrawal."""

import base64
import secrets
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Row, case, delete, func, insert, literal, or_, select, update

from kiosk.central import reach, seals
from kiosk.central.models import enrol_code, node, stream
from kiosk.language import msg
from kiosk.storage import NotFound, clock, session
from kiosk.sync import code as codes
from kiosk.sync.code import Code
from kiosk.sync.signature import Key

AUTHORITY_FILE = "ca.pem"
_DAYS = 7
_DAY_MS = 86_400_000


@dataclass(frozen=True)
class Place:
    """The space a code is made for."""

    uid: uuid.UUID
    code: str
    name: str


@dataclass(frozen=True)
class Asked:
    """Who asks with a code: the machine's stream; whether it takes a lost machine's place."""

    stream: uuid.UUID
    replace: bool = False


class Unclear(Exception):
    """The code and the wish do not agree; the text is the word for the machine."""


def make_code(place: Place, data: Path, replaces: int | None = None) -> Code:
    """Make a one-time code for a machine of that space, good for seven days.

    It pins the certificate authority in `ca.pem` of the data directory, where there is
    one. `replaces` is the machine whose key ends when the code is used.
    """
    now = clock.now_ms()
    code = codes.new(authority(data))
    key = code.key
    old = enrol_code.c.expires_at < now - 30 * _DAY_MS
    session().execute(
        delete(node).where(~enrolled(), node.c.node_no.in_(select(enrol_code.c.node_no).where(old)))
    )
    session().execute(delete(enrol_code).where(old))
    dates = {"made_at": now, "expires_at": now + _DAYS * _DAY_MS}
    about = {"space_uid": place.uid, "code": place.code, "name": place.name}
    row = {"code_id": key.key_id, "secret": key.secret, "replaces": replaces, **about, **dates}
    session().execute(insert(enrol_code).values(**row))
    return code


def authority(data: Path) -> str:
    """Return the PEM text of the centre's own certificate authority, '' without one."""
    path = data / AUTHORITY_FILE
    return path.read_text(encoding="ascii") if path.exists() else ""


def code_named(code_id: str, lock: bool = False, late: bool = False) -> Row[Any] | None:
    """Return the code's row, used or not, None if unknown or too old by the centre's clock.

    `lock` keeps it for this transaction: of two machines with one code, one waits. `late`
    finds an old one too: its refusal can still be signed.
    """
    query = select(enrol_code).where(enrol_code.c.code_id == code_id)
    query = query if late else query.where(enrol_code.c.expires_at >= clock.now_ms())
    return session().execute(query.with_for_update() if lock else query).first()


def grant(code: Row[Any], asked: Asked, signature: str, data: Path) -> dict[str, Any] | None:
    """Enrol the machine that knows the code; None when another one used it.

    The same machine asking again (its answer was lost) gets the same key. The key
    travels masked for the `signature` of its request. Raises Unclear.
    """
    if code.used_by is not None and code.used_by != asked.stream:
        return None
    number = code.node_no or prepare(code)
    if code.used_by is None:
        _spend(code, number, asked)
    return offer(code, number, signature, data)


def offer(code: Row[Any], number: int, signature: str, data: Path) -> dict[str, Any]:
    """Return what a machine is told of itself, its key masked for the `signature` of its request."""
    row = session().execute(select(node).where(node.c.node_no == number)).one()
    return {
        "node_no": row.node_no,
        "key_id": row.key_id,
        "secret": base64.b64encode(codes.mask(key_of(code), signature, bytes(row.secret))).decode(),
        "authority": codes.print_of(authority(data)),
        "seal": seals.public(session().connection()),
        "space_uid": row.space_uid.hex,
        "space": row.name,
        "scopes": list(reach.scopes(row.space_uid)),
    }


def prepare(code: Row[Any]) -> int:
    """Make the machine that a code is for, if it is not made yet; the code is not spent by that."""
    if code.node_no is not None:
        return int(code.node_no)
    number = (session().scalar(select(func.max(node.c.node_no))) or 0) + 1
    key = {"key_id": f"n{number}-{secrets.token_hex(4)}", "secret": secrets.token_bytes(32)}
    about = {"space_uid": code.space_uid, "code": code.code, "name": code.name}
    session().execute(insert(node).values(node_no=number, **about, **key, enrolled_at=clock.now_ms()))
    known = update(enrol_code).where(enrol_code.c.code_id == code.code_id)
    session().execute(known.values(node_no=number))
    return number


def enrolled() -> ColumnElement[bool]:
    """Return the condition that a machine has its key; one whose file was never done has none."""
    unspent = select(enrol_code.c.node_no).where(enrol_code.c.used_by.is_(None))
    return node.c.node_no.not_in(unspent.where(enrol_code.c.node_no.is_not(None)))


def _spend(code: Row[Any], number: int, asked: Asked) -> None:
    lost = lost_by(code, asked)
    used = update(enrol_code).where(enrol_code.c.code_id == code.code_id)
    session().execute(used.values(used_by=asked.stream))
    if lost is not None:
        revoke(lost)
        session().execute(update(node).where(node.c.node_no == lost).values(replaced_by=number))
    left = update(stream).where(stream.c.stream_uid == asked.stream, stream.c.node_no != number)
    session().execute(left.values(left_at=clock.now_ms()))


def lost_by(code: Row[Any], asked: Asked) -> int | None:
    """Return the machine whose place is taken, None for a machine more. Raises Unclear."""
    if not asked.replace:
        if code.replaces is not None:
            raise Unclear("replace")
        return None
    if code.replaces is not None:
        return int(code.replaces)
    live = select(node.c.node_no).where(node.c.space_uid == code.space_uid, node.c.revoked_at.is_(None))
    found = list(session().scalars(live.where(enrolled())))
    if len(found) > 1:
        raise Unclear("which")
    return found[0] if found else None


def say_settled(node_no: int) -> None:
    """Believe that only the machine heard last still uses this key: the copies were put away.

    Raises NotFound for a machine that does not exist.
    """
    machine(node_no)
    mine = stream.c.node_no == node_no
    newest = select(stream.c.stream_uid).where(mine).order_by(stream.c.last_seen.desc()).limit(1)
    others = mine & (stream.c.stream_uid != session().scalar(newest)) & stream.c.left_at.is_(None)
    session().execute(update(stream).where(others).values(left_at=clock.now_ms()))


def machine(node_no: int) -> Row[Any]:
    """Return an enrolled machine, its key withdrawn or not. Raises NotFound."""
    found = session().execute(select(node).where(node.c.node_no == node_no)).first()
    if found is None:
        raise NotFound(msg("Ce kiosque n’existe pas."))
    return found


def by_key(key_id: str) -> Row[Any] | None:
    """Return the machine that holds a key or was offered it, withdrawn or not, with the key so named."""
    others = [column for column in node.c if column.name not in ("key_id", "secret")]
    secret = case((node.c.key_id == key_id, node.c.secret), else_=node.c.next_secret)
    query: Any = select(*others, literal(key_id).label("key_id"), secret.label("secret"))
    named = or_(node.c.key_id == key_id, node.c.next_key_id == key_id)
    found: Row[Any] | None = session().execute(query.where(named)).first()
    return found


def key_of(row: Row[Any]) -> Key:
    """Return the signing key of a machine or of a code."""
    return Key(getattr(row, "key_id", None) or row.code_id, bytes(row.secret))


def revoke(node_no: int) -> None:
    """Withdraw a machine's key: what it sends from now on goes to quarantine.

    Raises NotFound for a machine that does not exist.
    """
    machine(node_no)
    here = node.c.node_no == node_no
    session().execute(update(node).where(here, node.c.revoked_at.is_(None)).values(revoked_at=clock.now_ms()))


def allow_again(node_no: int) -> None:
    """Give a withdrawn key back: the undo of `revoke`; raises NotFound as it does."""
    machine(node_no)
    session().execute(update(node).where(node.c.node_no == node_no).values(revoked_at=None))
