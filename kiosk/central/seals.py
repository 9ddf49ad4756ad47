"""The centre's sealing pair: what kiosks close their copies with, and only the centre opens."""

import base64

from sqlalchemy import Connection, insert, select

from kiosk.central.models import centre_seal
from kiosk.storage import clock
from kiosk.sync.bundle import seal


def public(connection: Connection) -> str:
    """Return the public half in use (base64), made on first use; '' where nothing can be sealed."""
    if not seal.is_there():
        return ""
    newest = select(centre_seal.c.private).order_by(centre_seal.c.made_at.desc(), centre_seal.c.key_id)
    private = connection.scalar(newest.limit(1)) or _new(connection)
    return base64.b64encode(seal.public_of(bytes(private))).decode()


def _new(connection: Connection) -> bytes:
    private = seal.new_private()
    row = {"key_id": seal.name_of(seal.public_of(private)), "private": private, "made_at": clock.now_ms()}
    connection.execute(insert(centre_seal).values(**row))
    return private


def private(connection: Connection, name: str) -> bytes | None:
    """Return the private half of the pair of that name, used now or before."""
    found = connection.scalar(select(centre_seal.c.private).where(centre_seal.c.key_id == name))
    return bytes(found) if found is not None else None
