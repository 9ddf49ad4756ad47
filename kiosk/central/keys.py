"""Renewing a machine's key without a person: the new one is offered, the old one goes when the new is used.

The offer stands until a request signed with the new key proves that the machine has it,
whatever dies in between. While two machines speak with one key nothing is renewed: the
one that missed the offer would be locked out, and its people with it.
"""

import base64
import secrets
from typing import Any

from sqlalchemy import Row, select, update

from kiosk.central import queries
from kiosk.central.models import node
from kiosk.storage import clock, session
from kiosk.sync import code as codes
from kiosk.sync.signature import Key

RENEW_DAYS = 365
"""A key older than this is renewed. A centre whose clock jumped renews one early: no harm."""
ASKED = 0


def is_offered(row: Row[Any]) -> bool:
    """Tell whether the machine was found by a key that is offered and not proven yet."""
    return bool(row.key_id == row.next_key_id)


def proven(row: Row[Any]) -> None:
    """Let the offered key take the old one's place: a request was signed with it. In a transaction."""
    here = (node.c.node_no == row.node_no) & (node.c.next_key_id == row.key_id)
    new = {"key_id": row.key_id, "secret": bytes(row.secret), "renewed_at": clock.now_ms()}
    session().execute(update(node).where(here).values(**new, next_key_id=None, next_secret=None))


def offer(node_no: int) -> tuple[str, str] | None:
    """Return the new key for a machine, its secret masked by the old one; None while the old one will do.

    The same again until it is proven. In a transaction.
    """
    row = session().execute(select(node).where(node.c.node_no == node_no)).one()
    key_id, secret = row.next_key_id, row.next_secret
    if key_id is None:
        if not _is_due(row):
            return None
        key_id, secret = f"n{node_no}-{secrets.token_hex(4)}", secrets.token_bytes(32)
        offered = {"next_key_id": key_id, "next_secret": secret}
        session().execute(update(node).where(node.c.node_no == node_no).values(**offered))
    masked = codes.mask_next(Key(row.key_id, bytes(row.secret)), key_id, bytes(secret))
    return key_id, base64.b64encode(masked).decode()


def _is_due(row: Row[Any]) -> bool:
    since = row.enrolled_at if row.renewed_at is None else row.renewed_at
    if clock.now_ms() - since < RENEW_DAYS * clock.DAY_MS:
        return False
    return not queries.has_twins(row.node_no)


def renew(node_no: int) -> None:
    """Ask for a new key at the machine's next exchange. In a transaction."""
    session().execute(update(node).where(node.c.node_no == node_no).values(renewed_at=ASKED))
