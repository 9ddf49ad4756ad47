"""Machines and their keys: codes, enrolment, withdrawal."""

import base64
import secrets
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from kiosk.central import distribute, seals
from kiosk.central.models import enrol_code, node, quarantine
from kiosk.language import msg
from kiosk.storage import Refusal, clock, session
from kiosk.sync import code as codes
from kiosk.sync.code import Code
from kiosk.sync.signature import Key

AUTHORITY_FILE = "ca.pem"
_DAYS = 7
_DAY_MS = 86_400_000
_QUARANTINE_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Place:
    """The space a code is made for."""

    uid: uuid.UUID
    code: str
    name: str


def make_code(place: Place, data: Path) -> Code:
    """Make a one-time code for a machine of that space, good for seven days.

    It pins the certificate authority in `ca.pem` of the data directory, where there is one.
    """
    now = clock.now_ms()
    code = codes.new(authority(data))
    key = code.key
    session().execute(delete(enrol_code).where(enrol_code.c.expires_at < now - 30 * _DAY_MS))
    dates = {"made_at": now, "expires_at": now + _DAYS * _DAY_MS}
    about = {"space_uid": place.uid, "code": place.code, "name": place.name}
    session().execute(insert(enrol_code).values(code_id=key.key_id, secret=key.secret, **about, **dates))
    return code


def authority(data: Path) -> str:
    """Return the PEM text of the centre's own certificate authority, '' without one."""
    path = data / AUTHORITY_FILE
    return path.read_text(encoding="ascii") if path.exists() else ""


def code_named(code_id: str, lock: bool = False) -> Row[Any] | None:
    """Return the code's row, used or not, None if unknown or too old by the centre's clock.

    `lock` keeps it for this transaction: of two machines with one code, one waits.
    """
    now = clock.now_ms()
    query = select(enrol_code).where(enrol_code.c.code_id == code_id, enrol_code.c.expires_at >= now)
    return session().execute(query.with_for_update() if lock else query).first()


def grant(code: Row[Any], stream: uuid.UUID, signature: str, data: Path) -> dict[str, Any] | None:
    """Enrol the machine that knows the code; None when another one used it.

    The same machine asking again (its answer was lost) gets the same key. The key
    travels masked for the `signature` of its request.
    """
    if code.used_by is not None and code.used_by != stream:
        return None
    number = code.node_no or _new_node(code, stream)
    row = session().execute(select(node).where(node.c.node_no == number)).one()
    return {
        "node_no": row.node_no,
        "key_id": row.key_id,
        "secret": base64.b64encode(codes.mask(key_of(code), signature, bytes(row.secret))).decode(),
        "authority": codes.print_of(authority(data)),
        "seal": seals.public(session().connection()),
        "space_uid": row.space_uid.hex,
        "space": row.name,
        "scopes": list(distribute.scopes(row.space_uid)),
    }


def _new_node(code: Row[Any], stream: uuid.UUID) -> int:
    number = (session().scalar(select(func.max(node.c.node_no))) or 0) + 1
    key = {"key_id": f"n{number}-{secrets.token_hex(4)}", "secret": secrets.token_bytes(32)}
    about = {"space_uid": code.space_uid, "code": code.code, "name": code.name}
    session().execute(insert(node).values(node_no=number, **about, **key, enrolled_at=clock.now_ms()))
    used = update(enrol_code).where(enrol_code.c.code_id == code.code_id)
    session().execute(used.values(used_by=stream, node_no=number))
    return number


def by_key(key_id: str) -> Row[Any] | None:
    """Return the machine that holds a key, withdrawn or not."""
    return session().execute(select(node).where(node.c.key_id == key_id)).first()


def key_of(row: Row[Any]) -> Key:
    """Return the signing key of a machine or of a code."""
    return Key(getattr(row, "key_id", None) or row.code_id, bytes(row.secret))


def revoke(node_no: int) -> None:
    """Withdraw a machine's key: what it sends from now on goes to quarantine.

    Raises Refusal for a machine that does not exist.
    """
    here = node.c.node_no == node_no
    if session().execute(select(node.c.node_no).where(here)).first() is None:
        raise Refusal(msg("Ce kiosque n’existe pas."))
    session().execute(update(node).where(here, node.c.revoked_at.is_(None)).values(revoked_at=clock.now_ms()))


def allow_again(node_no: int) -> None:
    """Give a withdrawn key back: the undo of `revoke`."""
    session().execute(update(node).where(node.c.node_no == node_no).values(revoked_at=None))


def put_aside(connection: Connection, node_no: int, body: bytes) -> None:
    """Keep a frame of a withdrawn machine for a person to look at, within bounds."""
    size = func.coalesce(func.sum(func.length(quarantine.c.body)), 0)
    mine = quarantine.c.node_no == node_no
    known = select(quarantine.c.id).where(mine, quarantine.c.body == body).limit(1)
    full = (connection.scalar(select(size).where(mine)) or 0) + len(body) > _QUARANTINE_BYTES
    if not full and connection.scalar(known) is None:
        row = {"node_no": node_no, "recv_ms": clock.now_ms(), "body": body}
        connection.execute(insert(quarantine).values(**row))
